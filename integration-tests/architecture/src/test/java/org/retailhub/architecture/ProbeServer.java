package org.retailhub.architecture;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** WildFly as the product's scripts configure it, in a folder of its own on free ports, without database. Ends with the JVM. */
final class ProbeServer implements AutoCloseable {
    private static final Duration BOOT = Duration.ofSeconds(120);

    private final Path home;
    private final int httpPort;
    private final int managementPort;
    private Process server;

    private ProbeServer(Path home, int httpPort, int managementPort) {
        this.home = home;
        this.httpPort = httpPort;
        this.managementPort = managementPort;
    }

    static ProbeServer start(Path home) throws IOException, InterruptedException {
        Files.createDirectories(home);
        ProbeServer started = new ProbeServer(home.toAbsolutePath(), freePort(), freePort());
        started.run(List.of(Checkout.ROOT.resolve("wildfly-config/provision.sh").toString()), "provision.log");
        started.keepJobsInMemory();
        started.boot();
        return started;
    }

    /** The repository of jobs connects when the server boots, and here is no database. */
    private void keepJobsInMemory() throws IOException, InterruptedException {
        Path script = home.resolve("jobs-in-memory.cli");
        Files.writeString(script, """
                embed-server --server-config=standalone-full.xml --std-out=discard
                if (outcome != success) of /subsystem=batch-jberet/in-memory-job-repository=memory:read-resource
                  /subsystem=batch-jberet/in-memory-job-repository=memory:add
                  /subsystem=batch-jberet:write-attribute(name=default-job-repository,value=memory)
                  /subsystem=batch-jberet/jdbc-job-repository=inventory:remove
                end-if
                stop-embedded-server
                """);
        run(
                List.of(
                        home.resolve("wildfly/bin/jboss-cli.sh").toString(),
                        "--no-color-output",
                        "-Djboss.server.base.dir=" + home.resolve("server"),
                        "--file=" + script),
                "jobs.log");
    }

    private void boot() throws IOException, InterruptedException {
        Path wildfly = home.resolve("wildfly");
        ProcessBuilder java = builder(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Djboss.home.dir=" + wildfly,
                        "-Djboss.server.base.dir=" + home.resolve("server"),
                        "-jar",
                        wildfly.resolve("jboss-modules.jar").toString(),
                        "-mp",
                        wildfly.resolve("modules").toString(),
                        "org.jboss.as.standalone",
                        "-c",
                        "standalone-full.xml"),
                "server.log");
        server = java.start();
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "probe-server-end"));
        long deadline = System.nanoTime() + BOOT.toNanos();
        while (!booted()) {
            if (!server.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("WildFly does not start: " + home.resolve("server.log"));
            }
            server.waitFor(200, TimeUnit.MILLISECONDS);
        }
    }

    /** The health check answers, well or not, once the boot is over. */
    private boolean booted() {
        try {
            return status(managementPort, "/health/ready").code() != 404;
        } catch (IOException e) {
            return false;
        }
    }

    void deploy(List<Path> ears) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                home.resolve("wildfly/bin/jboss-cli.sh").toString(),
                "--no-color-output",
                "--connect",
                "--controller=remote+http://127.0.0.1:" + managementPort));
        command.add("--commands="
                + String.join(
                        ",", ears.stream().map(ear -> "deploy --force " + ear).toList()));
        run(command, "deploy.log");
    }

    /** @param body identity of the class if the code is 200 */
    record Answer(int code, String body) {}

    /** Asks the probe in one WAR for a class. */
    Answer ask(String contextRoot, String className) throws IOException {
        return status(httpPort, contextRoot + "/class-probe?name=" + className);
    }

    private static Answer status(int port, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(20_000);
        int code = connection.getResponseCode();
        try (var body = code < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(code, body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private void run(List<String> command, String log) throws IOException, InterruptedException {
        Process process = builder(command, log).start();
        if (!process.waitFor(180, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new AssertionError(command.get(0) + " failed:\n" + Files.readString(home.resolve(log)));
        }
    }

    private ProcessBuilder builder(List<String> command, String log) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.redirectErrorStream(true).redirectOutput(home.resolve(log).toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("RETAIL_HOME", home.toString());
        environment.put("RETAIL_HTTP_PORT", Integer.toString(httpPort));
        environment.put("RETAIL_MANAGEMENT_PORT", Integer.toString(managementPort));
        environment.put("RETAIL_NODE", "class-probe");
        // The configuration wants passwords; there is no database that they would open.
        Checkout.modules()
                .forEach(module -> environment.put(
                        "RETAIL_DB_" + module.name().toUpperCase(java.util.Locale.ROOT) + "_APP_PASSWORD", "unused"));
        environment.put("RETAIL_DB_RETAILHUB_IF_PASSWORD", "unused");
        environment.put("RETAIL_POSTGRES_PORT", "1");
        return builder;
    }

    @Override
    public void close() {
        if (server != null && server.isAlive()) {
            server.destroy();
            try {
                if (!server.waitFor(20, TimeUnit.SECONDS)) {
                    server.destroyForcibly();
                }
            } catch (InterruptedException e) {
                server.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
