package org.retailhub.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.Secrets;
import org.retailhub.database.Settings;
import org.retailhub.simulator.erp.ErpConnections;
import org.retailhub.simulator.erp.ErpControl;
import org.retailhub.simulator.erp.ErpSimulator;

/**
 * A whole hub in a folder of its own on free ports: PostgreSQL with durable settings and the roles of production, WildFly
 * configured by the scripts of production, the EAR, the ERP simulator. Ends with the JVM at the latest.
 */
final class Hub implements AutoCloseable {
    private static final Path CHECKOUT = path("retail.checkout");
    private static final Path TARGET = path("retail.target");
    private static final String ADMIN_PASSWORD = "admin-of-tests";
    private static final Duration BOOT = Duration.ofSeconds(240);
    private static Hub shared;

    /**
     * How a hub differs from the one in production.
     *
     * @param name of its folder
     * @param configuration changes standalone-full.xml
     * @param rules further fault rules
     * @param options of its JVM, after those of all hubs
     */
    record Variant(String name, UnaryOperator<String> configuration, String rules, List<String> options) {
        static final Variant NORMAL = new Variant("normal", text -> text, "");

        Variant(String name, UnaryOperator<String> configuration, String rules) {
            this(name, configuration, rules, List.of());
        }
    }

    private final Path home;
    /** Of the server, in {@link #home}. */
    private final Path base;

    private final String node;
    private final List<String> options;
    private final Broker broker;
    private final Hub first;
    private final Settings settings;
    private final LocalPostgres postgres;
    private final int httpPort;
    private final int managementPort;
    private final FaultInjection faults;
    private final Books books;
    private final Map<String, String> more = new ConcurrentHashMap<>();
    private volatile int heapMebibytes = 640;
    private ErpSimulator simulator;
    private ErpControl erp;
    private volatile ProcessHandle server;
    private volatile boolean ended;
    private volatile Instant lastStart = Instant.now();
    private volatile long logBefore;
    private Process shell;

    private Hub(Variant variant, boolean nodes) throws IOException {
        home = TARGET.resolve("hubs").resolve(variant.name());
        base = home.resolve("server");
        node = "retail-test";
        options = variant.options();
        first = null;
        clear();
        httpPort = freePort();
        managementPort = freePort();
        settings = new Settings("127.0.0.1", freePort(), home, Secrets.in(home.resolve("secrets")));
        postgres = LocalPostgres.of(settings);
        books = new Books(this);
        faults = new FaultInjection(home.resolve("faults"), variant.rules());
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "hub-end"));
        sharePostgresPrograms();
        Path pristine = pristine(nodes);
        broker = nodes ? new Broker(CHECKOUT, TARGET, home, freePort(), freePort()) : null;
        Files.createSymbolicLink(home.resolve("wildfly"), pristine.resolveSibling("wildfly"));
        configure(pristine, variant.configuration());
    }

    /** A further server of the same hub: its own name, ports and transaction log, the same databases and broker. */
    private Hub(Hub first, String folder, String node) throws IOException {
        this.first = first;
        this.node = node;
        options = first.options;
        home = first.home;
        base = home.resolve(folder);
        settings = first.settings;
        postgres = first.postgres;
        broker = first.broker;
        simulator = first.simulator;
        erp = first.erp;
        httpPort = freePort();
        managementPort = freePort();
        books = new Books(this);
        faults = new FaultInjection(home.resolve("faults-of-" + folder), "");
        killLeftOver();
        delete(base);
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "hub-end"));
        configure(pristine(true), text -> text);
    }

    private void configure(Path pristine, UnaryOperator<String> variant) throws IOException {
        Path configuration = base.resolve("configuration");
        copy(pristine.resolve("configuration"), configuration);
        Path xml = configuration.resolve("standalone-full.xml");
        Files.writeString(xml, variant.apply(forTests(Files.readString(xml))));
        Files.writeString(
                configuration.resolve("mgmt-users.properties"),
                "admin=" + md5("admin:ManagementRealm:" + ADMIN_PASSWORD) + "\n");
    }

    /** The stopped server gets the configuration that has its messages elsewhere, or the one with a broker inside. */
    void configureAnew(boolean external) {
        try {
            delete(base.resolve("configuration"));
            configure(pristine(external), text -> text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A further server, not started yet. */
    Hub next(String folder, String name) {
        try {
            return new Hub(this, folder, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Broker broker() {
        return broker;
    }

    String node() {
        return node;
    }

    /** The one hub that test classes share, booted at the first call. */
    static synchronized Hub shared() {
        if (shared == null) {
            shared = start(Variant.NORMAL);
        }
        if (!shared.serverRuns()) {
            shared.startServer();
        }
        return shared;
    }

    static Hub start(Variant variant) {
        try {
            Hub hub = new Hub(variant, false);
            hub.startAll();
            return hub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All but the server, which is started by {@link #startServer}. */
    static Hub withoutServer(Variant variant) {
        try {
            Hub hub = new Hub(variant, false);
            hub.startDatabases();
            return hub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Databases and ERP of a hub of several servers, and the programs of its broker. Neither broker nor server runs yet. */
    static Hub ofNodes(String name) {
        try {
            Hub hub = new Hub(new Variant(name, text -> text, ""), true);
            hub.startDatabases();
            hub.database("operator-key");
            return hub;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void startAll() {
        startDatabases();
        startServer();
        makeOperatorKey();
    }

    void makeOperatorKey() {
        database("operator-key");
    }

    /** As {@code wildfly-config/tls.sh} does it for an operator; before the server starts. */
    void listenWithTls() {
        run(new ProcessBuilder(
                CHECKOUT.resolve("wildfly-config/tls.sh").toString(),
                home.resolve("wildfly").toString(),
                home.resolve("server").toString()));
    }

    Path home() {
        return home;
    }

    private void startDatabases() {
        database("start", "migrate");
        startErp();
    }

    // --- The parts ------------------------------------------------------------------------------------------------

    /** Returns when the server takes work. */
    void startServer() {
        if (serverRuns()) {
            return;
        }
        ProcessBuilder builder =
                new ProcessBuilder(home.resolve("wildfly/bin/standalone.sh").toString(), "-c", "standalone-full.xml");
        lastStart = Instant.now();
        Path pidFile = pidFile();
        Map<String, String> environment = environment(builder);
        environment.put("JBOSS_PIDFILE", pidFile.toString());
        environment.put("LAUNCH_JBOSS_IN_BACKGROUND", "1");
        environment.put("MALLOC_ARENA_MAX", "2");
        environment.put("GC_LOG", "false");
        environment.put("JAVA_OPTS", String.join(" ", javaOptions()));
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.to(console().toFile()));
        try {
            Files.deleteIfExists(pidFile);
            logBefore = Files.exists(log()) ? Files.size(log()) : 0;
            shell = builder.start();
            shell.getOutputStream().close();
            Probe.until(
                    "the server's process",
                    Duration.ofSeconds(20),
                    () -> pidOf(pidFile) > 0 || !shell.isAlive(),
                    this::lastLines);
            server = ProcessHandle.of(pidOf(pidFile))
                    .orElseThrow(() -> new AssertionError("WildFly ended at once; " + lastLines()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Probe.until("WildFly ready", BOOT, () -> ready() || !serverRuns() || startedWithErrors(), this::lastLines);
        if (!serverRuns()) {
            throw new ServerEnded("WildFly ended while starting; " + lastLines());
        }
        if (!ready() && startedWithErrors()) {
            throw new AssertionError("WildFly started with errors; " + lastLines());
        }
    }

    /** WildFly says so once, in its log. */
    private boolean startedWithErrors() {
        try (InputStream log = Files.newInputStream(log())) {
            log.skipNBytes(logBefore);
            return new String(log.readAllBytes(), StandardCharsets.UTF_8).contains("WFLYSRV0026");
        } catch (IOException e) {
            return false;
        }
    }

    private Path console() {
        return home.resolve(base.getFileName() + "-console.log");
    }

    private Path pidFile() {
        return home.resolve(base.getFileName() + ".pid");
    }

    /** Starts the server again whenever it ends, until closed: what an operating system's service manager does. */
    Keeper keepRunning() {
        return new Keeper();
    }

    final class Keeper implements AutoCloseable {
        private final Thread thread = new Thread(this::keep, "keeper");
        private volatile boolean done;
        private volatile Throwable failure;
        private int restarts;

        private Keeper() {
            thread.start();
        }

        private void keep() {
            int inARow = 0;
            while (!done && !ended) {
                if (serverRuns()) {
                    inARow = 0;
                    Probe.pause();
                    continue;
                }
                try {
                    restarts++;
                    startServer();
                } catch (ServerEnded e) {
                    if (++inARow > 3) {
                        failure = e;
                        return;
                    }
                } catch (RuntimeException | AssertionError e) {
                    failure = e;
                    return;
                }
            }
        }

        int restarts() {
            return restarts;
        }

        @Override
        public void close() {
            done = true;
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (failure != null) {
                throw new AssertionError("the server could not be started again", failure);
            }
        }
    }

    /** The server's process is gone where it should be there. */
    static final class ServerEnded extends RuntimeException {
        ServerEnded(String message) {
            super(message);
        }
    }

    /** As {@code kill -9} does. */
    void kill() {
        if (server != null) {
            server.destroyForcibly();
            awaitEnd();
        }
    }

    void stopServer() {
        if (serverRuns()) {
            server.destroy();
            awaitEnd();
        }
    }

    boolean serverRuns() {
        return server != null && server.isAlive();
    }

    private void awaitEnd() {
        Probe.until("the end of WildFly", Duration.ofSeconds(60), () -> !server.isAlive(), () -> "pid " + server.pid());
    }

    /** What was prepared before belongs to a server that is no more. */
    Instant lastStart() {
        return lastStart;
    }

    boolean ready() {
        HttpURLConnection call = null;
        try {
            call = (HttpURLConnection) URI.create("http://127.0.0.1:" + managementPort + "/health/ready")
                    .toURL()
                    .openConnection();
            call.setConnectTimeout(500);
            call.setReadTimeout(5_000);
            return call.getResponseCode() == 200;
        } catch (IOException e) {
            return false;
        } finally {
            // Left open, a hundred of them would shut the management interface for a minute.
            if (call != null) {
                call.disconnect();
            }
        }
    }

    private void startErp() {
        try {
            simulator = new ErpSimulator(erpConnections("adempiere"), erpConnections("postgres"), 0, 200, 5_000);
            erp = new ErpControl(simulator.port());
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the ERP simulator does not start", e);
        }
    }

    /** As {@code ./retail fence on|off}: nothing is taken in or drained. */
    void fence(boolean up) {
        Path file = base.resolve("data/retail-fence");
        try {
            if (up) {
                Files.writeString(file, "");
            } else {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code ./retail fence sweep|check}. @return what it said */
    String sweep(String command, Instant since) {
        ProcessBuilder builder = new ProcessBuilder(
                java(), CHECKOUT.resolve("wildfly-config/Sweep.java").toString(), command, url(), since.toString());
        builder.environment().put("RETAIL_OPERATOR_KEY", operatorKey());
        return run(builder);
    }

    /** Keeps a copy of what the stopped server has of a store: {@code activemq}, {@code tx-object-store}. */
    void keepCopy(String store) {
        try {
            Path kept = home.resolve("kept").resolve(store);
            delete(kept);
            copy(base.resolve("data").resolve(store), kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The stopped server gets the copy back. */
    void setBack(String store) {
        try {
            Path used = base.resolve("data").resolve(store);
            delete(used);
            copy(home.resolve("kept").resolve(store), used);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As {@code ./retail database migrate}: also gives the roles their rights on a restored database. */
    void migrate() {
        database("migrate");
    }

    void restartPostgres() {
        postgres.stop();
        postgres.start();
    }

    /** Commands of db-migrations, as {@code ./retail} gives them. */
    private void database(String... commands) {
        List<String> line = new ArrayList<>(List.of(
                java(),
                "-Xmx256m",
                "-jar",
                CHECKOUT.resolve("db-migrations/target/db-migrations.jar").toString()));
        line.addAll(List.of(commands));
        ProcessBuilder builder = new ProcessBuilder(line);
        environment(builder);
        run(builder);
    }

    ErpControl erp() {
        return erp;
    }

    FaultInjection faults() {
        return faults;
    }

    Books books() {
        return books;
    }

    Management management() {
        return new Management(managementPort, ADMIN_PASSWORD);
    }

    String url() {
        return "http://127.0.0.1:" + httpPort;
    }

    /** The key of the first operator. */
    String operatorKey() {
        return Secrets.in(home.resolve("secrets")).get("RETAIL_OPERATOR_KEY", "rh_");
    }

    /** Where all this is, in the variables of {@code ./retail}. */
    Map<String, String> variables() {
        return Map.of(
                "RETAIL_HOME", home.toString(),
                "RETAIL_HTTP_PORT", Integer.toString(httpPort),
                "RETAIL_MANAGEMENT_PORT", Integer.toString(managementPort),
                "RETAIL_POSTGRES_PORT", Integer.toString(settings.port()),
                "RETAIL_ERP_PORT", Integer.toString(simulator.port()));
    }

    String jdbcUrl(String database, String role) {
        return settings.url(database) + "?user=" + role + "&password="
                + Secrets.in(home.resolve("secrets")).passwordOf(role);
    }

    private ErpConnections erpConnections(String role) {
        return new ErpConnections(
                settings.url("idempiere"),
                role,
                Secrets.in(home.resolve("secrets")).passwordOf(role));
    }

    // --- Making it --------------------------------------------------------------------------------------------------

    private List<String> javaOptions() {
        List<String> options = new ArrayList<>(List.of(
                "-Xms512m",
                "-Xmx" + heapMebibytes + "m",
                "-XX:MetaspaceSize=160m",
                "-XX:MaxMetaspaceSize=256m",
                "-Xss512k",
                // A server that lives for seconds: quick to start matters more than speed.
                "-XX:TieredStopAtLevel=1",
                "-Djava.net.preferIPv4Stack=true",
                "-Djava.awt.headless=true",
                "-Djboss.server.base.dir=" + base));
        options.addAll(faults.options());
        options.addAll(this.options);
        options.addAll(List.of(System.getProperty("retail.server.options", "").split(" ")));
        return options;
    }

    /** The EAR where Maven made it, and recovery ten times as fast as in production: each kill point waits for it. */
    private static String forTests(String xml) {
        String changed = xml.replaceFirst("(periodicRecoveryPeriod\" value=\")\\d+", "$11")
                .replaceFirst("(recoveryBackoffPeriod\" value=\")\\d+", "$11")
                .replaceFirst("(orphanSafetyInterval\" value=\")\\d+", "$11500")
                // With RETAIL_DISK_FULL_PERCENT.
                .replaceFirst("(global-max-disk-usage=\")\\d+", "$199");
        if (changed.equals(xml)) {
            throw new AssertionError("wildfly-config sets no recovery period any more: the tests lower it");
        }
        return changed.replaceFirst(
                "</server>\\s*$",
                "<deployments><deployment name=\"retail-hub.ear\" runtime-name=\"retail-hub.ear\"><fs-archive path=\""
                        + ear() + "\"/></deployment></deployments></server>\n");
    }

    /** WildFly unpacked and configured once for all hubs. @return the folder of the server, beside it the programs */
    static Path pristine(boolean external) {
        Path home = TARGET.resolve("pristine");
        Path server = home.resolve(external ? "server-external" : "server");
        ProcessBuilder builder = new ProcessBuilder(
                CHECKOUT.resolve("wildfly-config/provision.sh").toString());
        builder.environment().put("RETAIL_HOME", home.toString());
        builder.environment().put("RETAIL_SERVER", server.toString());
        builder.environment().put("RETAIL_BROKER", external ? "external" : "embedded");
        try {
            Files.createDirectories(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(builder);
        return server;
    }

    private void sharePostgresPrograms() throws IOException {
        Files.createDirectories(home.resolve("postgres"));
        List<Path> candidates = new ArrayList<>();
        for (Path folder : List.of(TARGET.resolve("hubs/normal/postgres"), TARGET.resolve("postgres"))) {
            if (Files.isDirectory(folder) && !folder.equals(home.resolve("postgres"))) {
                try (Stream<Path> list = Files.list(folder)) {
                    list.filter(p -> p.getFileName().toString().startsWith("programs-"))
                            .forEach(candidates::add);
                }
            }
        }
        for (Path programs : candidates) {
            Path link = home.resolve("postgres").resolve(programs.getFileName());
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, programs.toRealPath());
            }
        }
    }

    /** Data of an earlier run, and what may still run of it. */
    private void clear() throws IOException {
        Files.createDirectories(home);
        killLeftOver();
        Broker.killLeftOver(home);
        if (Files.exists(home.resolve("postgres/data/postmaster.pid"))) {
            int port = Integer.parseInt(Files.readAllLines(home.resolve("postgres/data/postmaster.pid"))
                    .get(3)
                    .strip());
            LocalPostgres.of(new Settings("127.0.0.1", port, home, Secrets.in(home.resolve("secrets"))))
                    .stop();
        }
        try (Stream<Path> list = Files.list(home)) {
            for (Path each : list.toList()) {
                if (each.getFileName().toString().equals("postgres")) {
                    delete(each.resolve("data"));
                } else {
                    delete(each);
                }
            }
        }
    }

    /** What may still run of an earlier run. */
    private void killLeftOver() {
        killLeftOver(home, pidFile());
    }

    static void killLeftOver(Path home, Path pidFile) {
        long pid = pidOf(pidFile);
        if (pid > 0) {
            ProcessHandle.of(pid)
                    .filter(p -> p.info().commandLine().orElse("").contains(home.toString()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /** A variable for the server from its next start on. */
    void environment(String name, String value) {
        more.put(name, value);
    }

    /** The server's largest heap from its next start on. */
    void heap(int mebibytes) {
        heapMebibytes = mebibytes;
    }

    private Map<String, String> environment(ProcessBuilder builder) {
        Map<String, String> environment = builder.environment();
        environment.putAll(more);
        environment.put("RETAIL_HOME", home.toString());
        environment.put("RETAIL_HTTP_PORT", Integer.toString(httpPort));
        environment.put("RETAIL_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("RETAIL_POSTGRES_PORT", Integer.toString(settings.port()));
        // How full the disk of the machine is that runs the tests is not what they test.
        environment.put("RETAIL_DISK_FULL_PERCENT", "98");
        environment.put("RETAIL_NODE", node);
        secrets().forEach(environment::put);
        if (broker != null) {
            environment.putAll(broker.variables());
        }
        return environment;
    }

    String secret(String name) {
        return secrets().get(name);
    }

    /** As an operator edits the file; a server sees it at its next start. */
    void replaceSecret(String name, String value) {
        Map<String, String> values = secrets();
        if (values.put(name, value) == null) {
            throw new AssertionError("there is no secret " + name);
        }
        try {
            Files.write(
                    home.resolve("secrets"),
                    values.entrySet().stream()
                            .map(each -> each.getKey() + "=" + each.getValue())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The application as it was built. */
    static Path ear() {
        return CHECKOUT.resolve("retail-ear/target/retail-hub.ear");
    }

    Path folder() {
        return home;
    }

    private Map<String, String> secrets() {
        Map<String, String> values = new TreeMap<>();
        Path file = home.resolve("secrets");
        try {
            if (Files.exists(file)) {
                for (String line : Files.readAllLines(file)) {
                    values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
                }
            }
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return what it printed */
    static String run(ProcessBuilder builder) {
        List<String> command = builder.command();
        builder.redirectErrorStream(true);
        try {
            Path log = Files.createTempFile(TARGET, "command", ".log");
            builder.redirectOutput(log.toFile());
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command + " does not end");
            }
            String output = Files.readString(log);
            Files.delete(log);
            if (process.exitValue() != 0) {
                throw new AssertionError(command + " ended with " + process.exitValue() + ": " + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end();
    }

    private void end() {
        ended = true;
        if (serverRuns()) {
            server.destroyForcibly();
        }
        if (first != null) {
            return;
        }
        if (broker != null) {
            broker.kill();
        }
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
        postgres.stop();
    }

    /** The server's log, over all its starts. */
    Path log() {
        return base.resolve("log/server.log");
    }

    /** What the server said last, for messages. */
    String lastLines() {
        try {
            Path log = log();
            Path file = Files.exists(log) ? log : console();
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of("no log");
            List<String> bad = lines.stream()
                    .filter(l -> l.contains("ERROR") || l.contains("FATAL") || l.contains("Caused by"))
                    .toList();
            List<String> shown = bad.isEmpty() ? lines : bad;
            return file + ": " + String.join("\n", shown.subList(Math.max(0, shown.size() - 8), shown.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static long pidOf(Path file) {
        try {
            String text = Files.exists(file)
                    ? Files.readString(file, StandardCharsets.US_ASCII).strip()
                    : "";
            return text.isEmpty() ? 0 : Long.parseLong(text);
        } catch (IOException e) {
            return 0;
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static Path path(String property) {
        return Path.of(System.getProperty(property)).toAbsolutePath().normalize();
    }
}
