package org.retailhub.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.retailhub.simulator.erp.ErpControl;
import org.retailhub.trade.HubClient;
import org.retailhub.trade.Installation;
import org.retailhub.trade.Masters;
import org.retailhub.trade.Onboarding;

/** {@code ./retail bench}: measures the hub of this installation, which must run and do nothing else meanwhile. */
public final class Bench {
    private static final String POSTINGS = "erp.postings.idempiere";
    private static final String VERDICTS = "erp.events.order";
    private static final String INBOUND = "channel.inbound";
    private static final String COMMANDS = "order.commands";
    private static final String STOCK_COMMANDS = "inventory.commands";
    private static final String STOCK_ANSWERS = "inventory.events.order";
    private static final List<String> QUEUES =
            List.of(INBOUND, COMMANDS, STOCK_COMMANDS, STOCK_ANSWERS, POSTINGS, VERDICTS);
    private static final Duration PROFILE = Duration.ofSeconds(20);
    private static final int CONNECTIONS_TOGETHER = 128;
    private static final int CONNECTIONS_ALONE = 256;
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final Duration DRAIN_PATIENCE = Duration.ofMinutes(10);
    /** Half a second's worth of messages in each queue that an order goes through: postings and events. */
    private static final double BACKLOG_SECONDS = 1.0;

    /** A webhook's order also goes through those of payloads and of commands. */
    private static final double BACKLOG_SECONDS_WEBHOOK = 2.0;

    /** Stock is looked for five times a second, then asked for and answered through two queues more. */
    private static final double BACKLOG_SECONDS_SOURCED = 3.0;

    private static final int LEAST_BACKLOG = 500;
    private static final int LATE_MILLIS = 500;
    private static final double LEAST_RATE = 100;

    /** What checks and counts a call, in the module called and in the one that answers it. */
    private static final Set<String> GATE = Set.of(
            "org.retailhub.platform.runtime.rest.ApiKeyGate",
            "org.retailhub.platform.runtime.rest.KnownKeys",
            "org.retailhub.platform.runtime.rest.Quotas",
            "org.retailhub.platform.runtime.rest.QuotaHand",
            "org.retailhub.partner.PartnerDirectoryBean");

    private final Settings settings;
    private final Path folder;
    private final Installation installation;
    private final Postgres postgres;
    private final Management management;
    private final Processes processes;
    private final ErpControl erp;
    private final RawLimit raw;
    private final Figures figures = new Figures();
    private final AtomicLong numbers = new AtomicLong();
    private final String run =
            "B" + Long.toString(System.currentTimeMillis() / 1000, 36).toUpperCase(Locale.ROOT) + "-";
    private @Nullable String key;
    private @Nullable HubClient hub;
    private double rate = 200;
    private double residentMiB;

    private Bench(Settings settings, Installation installation, Path folder) {
        this.settings = settings;
        this.folder = folder;
        this.installation = installation;
        this.postgres = new Postgres(installation.postgresPort(), installation.secret("RETAIL_DB_POSTGRES_PASSWORD"));
        this.management =
                new Management(installation.managementPort(), "admin", installation.secret("RETAIL_ADMIN_PASSWORD"));
        this.processes = new Processes(installation.home());
        this.erp = new ErpControl(installation.erpPort());
        this.raw = new RawLimit(postgres, settings.raw(), folder);
    }

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Settings.USAGE);
            return;
        }
        Settings settings;
        try {
            settings = Settings.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage() + "\n" + Settings.USAGE);
            System.exit(2);
            return;
        }
        Path folder = Path.of("target");
        Files.createDirectories(folder);
        Bench bench = new Bench(settings, Installation.ofEnvironment(), folder);
        boolean reached;
        try {
            reached = bench.run();
        } finally {
            bench.figures.write(folder.resolve("bench.tsv"));
        }
        System.out.println(
                reached
                        ? "All targets reached."
                        : "Some figures are short; target/profile-*.txt say where the time goes.");
    }

    /** Whatever happens, the queue and the ERP's import go on afterwards. */
    private boolean run() throws Exception {
        boolean reached;
        try {
            reached = measure();
        } catch (Exception e) {
            try {
                goOn();
            } catch (IOException | RuntimeException other) {
                e.addSuppressed(other);
            }
            throw e;
        }
        goOn();
        return reached;
    }

    private void goOn() throws IOException {
        management.resume(POSTINGS);
        erp.normal();
    }

    private boolean measure() throws Exception {
        postgres.checkDurable();
        provision();
        System.out.printf(
                Locale.ROOT,
                "Raw limit by %s. %d processors. Warm-up %d s.%n",
                raw.how(),
                Runtime.getRuntime().availableProcessors(),
                settings.warmUp().toSeconds());
        stock();
        if (settings.sellsOrders()) {
            warmUp();
        }
        if (settings.runs("lone")) {
            lone();
        }
        if (settings.runs("together")) {
            together();
        }
        if (settings.runs("webhook")) {
            webhook();
        }
        if (settings.runs("sourced")) {
            sourced();
        }
        if (settings.runs("alone")) {
            long orders = alone();
            if (settings.runs("posting")) {
                posting(orders);
            }
            management.resume(POSTINGS);
        }
        figures.atMost("server memory, resident, highest", residentMiB, "MiB", 1024);
        profiles();
        return figures.allReached();
    }

    private void provision() {
        Onboarding.Partner partner = new Onboarding(installation).partner(BenchOrders.PARTNER, "Bench");
        key = partner.key();
        hub = partner.hub();
        Masters masters = new Masters(partner.hub(), erp);
        masters.inErp(BenchOrders.products());
        masters.partnerInErp(BenchOrders.ERP_PARTNER, "Bench", List.of(BenchOrders.place()));
        masters.accountInHub(BenchOrders.CHANNEL, BenchOrders.ERP_PARTNER);
        List<Masters.Product> products = new ArrayList<>(BenchOrders.products());
        products.add(BenchOrders.sickProduct());
        masters.inHub(products);
    }

    private void stock() throws Exception {
        StockBench stock = new StockBench(
                settings,
                figures,
                postgres,
                Objects.requireNonNull(hub, "the partner is there before its stock"),
                "127.0.0.1:" + installation.httpPort(),
                Objects.requireNonNull(key, "the partner is there before its stock"),
                run,
                (requests, connections) -> load(requests, connections, 0));
        if (settings.runs("lookups")) {
            System.out.println(
                    "Lookups of what can be sold, " + settings.alone().toSeconds() + " s");
            Requests lookups = stock.warmLookups();
            watched("lookups", () -> stock.lookups(lookups));
        }
        if (settings.runs("reservations")) {
            System.out.println(
                    "Reservations of one hot SKU, " + settings.alone().toSeconds() + " s");
            Requests reservations = stock.warmReservations();
            watched("reservations", () -> stock.reservations(reservations));
        }
    }

    /** Something that is measured. */
    private interface Part {
        void run() throws Exception;
    }

    private void watched(String part, Part measured) throws Exception {
        Watch watch = watch();
        try {
            measured.run();
        } finally {
            watch.close();
        }
        keep(part, watch);
        watch.load().forEach((name, share) -> figures.tell(part + ": processors used by " + name, share, "cores"));
    }

    private Load load(int connections, double perSecond, boolean oneSick) {
        return load(orders(BenchOrders.bodies(BenchOrders.CHANNEL, run, oneSick)), connections, perSecond);
    }

    private OrderTemplates orders(List<String> bodies) {
        return new OrderTemplates(
                "127.0.0.1:" + installation.httpPort(),
                "/api/order/v1/orders",
                Objects.requireNonNull(key, "the partner is there before its orders"),
                bodies);
    }

    private Load load(Requests requests, int connections, double perSecond) {
        return new Load("127.0.0.1", installation.httpPort(), requests, connections, perSecond, numbers);
    }

    private Watch watch() throws IOException, SQLException {
        return new Watch(this::waiting, processes, postgres);
    }

    /** Messages, and orders whose stock is to be looked for. */
    private long waiting() throws IOException, SQLException {
        return management.depth(QUEUES) + postgres.ordersToBeSourced();
    }

    /** What was seen while a figure was taken: the memory counts, the rest goes into the part's profile. */
    private void keep(String part, Watch watch) throws IOException {
        residentMiB = Math.max(residentMiB, watch.residentMiB());
        Files.writeString(profile(part), watch.report());
        System.out.println("    processors used: "
                + watch.load().entrySet().stream()
                        .map(each -> each.getKey() + " " + Figures.number(each.getValue()))
                        .reduce((a, b) -> a + ", " + b)
                        .orElse(""));
    }

    private Path profile(String part) {
        return folder.resolve("profile-" + part + ".txt");
    }

    /** Finds the pace at which intake and drains go together, while the server's compiler does its work. */
    private void warmUp() throws Exception {
        Load.Result result;
        try (Watch watch = watch()) {
            result = paced(load(WARM_UP_CONNECTIONS, rate, false), settings.warmUp(), watch);
        }
        tellOthers(result);
        drained();
    }

    private Load.Result paced(Load load, Duration duration, Watch watch) throws Exception {
        return paced(load, duration, watch, BACKLOG_SECONDS);
    }

    /**
     * Keeps about as many seconds' worth of messages waiting. What the hub bears is found slowly, by a few percent a second; what waits
     * too much or too little is answered at once, but only for the moment: a pace that itself ran up and down would find a hub that is
     * idle half of the time.
     */
    private Load.Result paced(Load load, Duration duration, Watch watch, double backlogSeconds) throws Exception {
        Thread pacer = new Thread(
                () -> {
                    try {
                        long accepted = load.acceptedSoFar();
                        double usual = 0;
                        double waiting = watch.depth();
                        while (!Thread.currentThread().isInterrupted()) {
                            Thread.sleep(1_000);
                            long now = load.acceptedSoFar();
                            usual = usual == 0 ? now - accepted : 0.8 * usual + 0.2 * (now - accepted);
                            accepted = now;
                            double wanted = Math.max(LEAST_BACKLOG, rate * backlogSeconds);
                            // The ERP's import and its verdicts come in bursts.
                            waiting = 0.5 * waiting + 0.5 * watch.depth();
                            boolean doorIsTheLimit = load.late().toMillis() > LATE_MILLIS;
                            double room = doorIsTheLimit ? -1 : (wanted - waiting) / wanted;
                            rate = Math.max(LEAST_RATE, rate * (1 + between(-0.03, 0.03 * room, 0.02)));
                            rate = Math.min(rate, Math.max(400, 1.5 * usual));
                            load.pace(rate * (1 + between(-0.6, 0.25 * room, 0.1)));
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                "bench-pace");
        pacer.setDaemon(true);
        pacer.start();
        try {
            return load.run(duration);
        } finally {
            pacer.interrupt();
            pacer.join();
        }
    }

    private static double between(double least, double value, double most) {
        return Math.max(least, Math.min(most, value));
    }

    private void tellOthers(Load.Result result) {
        result.otherAnswers().forEach((kind, count) -> System.out.println("    " + count + " × " + kind));
    }

    /** @return seconds until the queues were empty */
    private double drained() throws Exception {
        long begin = System.nanoTime();
        while (waiting() > 0) {
            if (System.nanoTime() - begin > DRAIN_PATIENCE.toNanos()) {
                throw new IllegalStateException("the queues are not empty after " + DRAIN_PATIENCE);
            }
            Thread.sleep(100);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void imported() throws Exception {
        long begin = System.nanoTime();
        while (postgres.erpRowsWaiting() > 0) {
            if (System.nanoTime() - begin > DRAIN_PATIENCE.toNanos()) {
                throw new IllegalStateException("the ERP has not imported all after " + DRAIN_PATIENCE);
            }
            Thread.sleep(500);
        }
        drained();
    }

    private void lone() throws Exception {
        System.out.println("One lone request at a time");
        Load.Result result = load(1, 0, false).run(Duration.ofMinutes(2), settings.loneRequests());
        tellOthers(result);
        figures.atMost("lone request, p50", result.latencies().quantile(0.5), "ms", 10);
        figures.tell("lone request, p99", result.latencies().quantile(0.99), "ms");
        drained();
    }

    private void together() throws Exception {
        double ratio = withAllDrains("together", load(CONNECTIONS_TOGETHER, rate, false), 0.3, Load.Result::orders);
        figures.atLeast("together: accepted / raw, the best peer's without ERP", ratio, "ratio", 0.46);
    }

    /** From a shop's signed webhook to the ERP's document: door, payload, translation, command, order, posting, import, verdict. */
    private void webhook() throws Exception {
        String begin = "6" + String.format(Locale.ROOT, "%08d", System.currentTimeMillis() / 1000 % 100_000_000);
        try (ShopConnection shop = new ShopConnection(installation)) {
            Requests webhooks = shop.webhooks(begin);
            // Its own way is compiled and its own pace is found first.
            try (Watch watch = watch()) {
                rate = Math.max(LEAST_RATE, rate / 2);
                tellOthers(paced(
                        load(webhooks, WARM_UP_CONNECTIONS, rate), settings.warmUp(), watch, BACKLOG_SECONDS_WEBHOOK));
            }
            drained();
            imported();
            Identities warmUp = postgres.orders(BenchOrders.CHANNEL, begin);
            withAllDrains("webhook", load(webhooks, CONNECTIONS_TOGETHER, rate), 0.25, result -> {
                Identities all = postgres.orders(BenchOrders.CHANNEL, begin);
                return all.without(warmUp);
            });
        }
    }

    /** From our own door to the ERP's document, the stock of each line held first: accepted, sourced, reserved, posted, imported. */
    private void sourced() throws Exception {
        HubClient partner = Objects.requireNonNull(hub, "the partner is there before its stock");
        new StockedChannel(installation, partner, run).open();
        Requests orders = orders(BenchOrders.bodies(StockedChannel.CHANNEL, run, false));
        try (Watch watch = watch()) {
            rate = Math.max(LEAST_RATE, rate / 3);
            tellOthers(
                    paced(load(orders, WARM_UP_CONNECTIONS, rate), settings.warmUp(), watch, BACKLOG_SECONDS_SOURCED));
        }
        drained();
        imported();
        long before = postgres.unitsHeld(StockedChannel.LOCATION);
        long[] units = new long[1];
        withAllDrains("sourced", load(orders, CONNECTIONS_TOGETHER, rate), 0.08, result -> {
            units[0] = postgres.unitsOrdered(result.orders());
            return result.orders();
        });
        figures.atMost(
                "sourced: units ordered against units held",
                Math.abs(postgres.unitsHeld(StockedChannel.LOCATION) - before - units[0]),
                "units",
                0);
    }

    /** How the hub's ids of what was sent are known. */
    private interface Sent {
        Identities orders(Load.Result result) throws SQLException;
    }

    /** @return accepted / raw */
    private double withAllDrains(String part, Load load, double target, Sent sent) throws Exception {
        System.out.println("Intake (" + part + ") with all drains, "
                + settings.together().toSeconds() + " s"
                + (settings.erpAsleep() ? ", the ERP's import asleep" : ", the ERP's import running"));
        if (settings.erpAsleep()) {
            erp.stopped();
        }
        double rawBefore = raw.measure();
        Postgres.Written before = postgres.written();
        Load.Result result;
        Watch watch = watch();
        try {
            result = paced(load, settings.together(), watch, backlogSeconds(part));
        } finally {
            watch.close();
        }
        keep(part, watch);
        double drainSeconds = drained();
        Postgres.Written written = postgres.written().since(before);
        double rawAfter = raw.measure();
        double limit = (rawBefore + rawAfter) / 2;
        erp.normal();
        imported();
        tellOthers(result);
        Postgres.Found found = postgres.documents(sent.orders(result), BenchOrders.LINES);
        figures.tell(part + ": raw before", rawBefore, "orders/s");
        figures.tell(part + ": raw after", rawAfter, "orders/s");
        figures.tell(part + ": accepted", result.perSecond(), "orders/s");
        figures.atLeast(part + ": accepted / raw", result.perSecond() / limit, "ratio", target);
        figures.tell(
                part + ": booked / raw, until nothing waits",
                result.accepted() / (result.seconds() + drainSeconds) / limit,
                "ratio");
        figures.tell(part + ": queues at work, mean", watch.meanDepth(), "messages");
        figures.atMost(
                part + ": growth of the backlog / accepted",
                Math.max(0, watch.growth()) / result.accepted(),
                "ratio",
                0.01);
        figures.tell(part + ": queues empty after", drainSeconds, "s");
        figures.tell(
                part + ": p50 at 128 connections, from intended time",
                result.latencies().quantile(0.5),
                "ms");
        figures.tell(
                part + ": p99 at 128 connections, from intended time",
                result.latencies().quantile(0.99),
                "ms");
        answers(part, result);
        counted(part, result, found);
        watch.load().forEach((name, share) -> figures.tell(part + ": processors used by " + name, share, "cores"));
        rows(part, written, result.accepted());
        return result.perSecond() / limit;
    }

    private static double backlogSeconds(String part) {
        return switch (part) {
            case "webhook" -> BACKLOG_SECONDS_WEBHOOK;
            case "sourced" -> BACKLOG_SECONDS_SOURCED;
            default -> BACKLOG_SECONDS;
        };
    }

    private void answers(String part, Load.Result result) {
        figures.atMost(part + ": answers other than taken", result.sent() - result.accepted(), "answers", 0);
    }

    private void counted(String part, Load.Result result, Postgres.Found found) {
        figures.atMost(part + ": accepted, but not in the ERP", result.accepted() - found.orders(), "orders", 0);
        figures.atMost(part + ": doubled in the ERP", found.doubled(), "orders", 0);
        figures.atMost(part + ": partial in the ERP", found.partial(), "orders", 0);
    }

    private void rows(String part, Postgres.Written written, long orders) {
        figures.tell(part + ": rows written in the hub's database", (double) written.hubRows() / orders, "per order");
        figures.tell(part + ": rows written in the ERP's database", (double) written.erpRows() / orders, "per order");
        figures.tell(part + ": WAL", (double) written.walBytes() / orders, "B/order");
    }

    /** Leaves what it sent on the queue. */
    private long alone() throws Exception {
        System.out.println("Intake alone (the postings' queue is paused), "
                + settings.alone().toSeconds() + " s");
        management.pause(POSTINGS);
        erp.stopped();
        double rawBefore = raw.measure();
        Postgres.Written before = postgres.written();
        Watch watch = watch();
        Load.Result result;
        try {
            result = load(CONNECTIONS_ALONE, 0, false).run(settings.alone());
        } finally {
            watch.close();
        }
        keep("alone", watch);
        Postgres.Written written = postgres.written().since(before);
        double rawAfter = raw.measure();
        double limit = (rawBefore + rawAfter) / 2;
        tellOthers(result);
        figures.tell("alone: raw before", rawBefore, "orders/s");
        figures.tell("alone: raw after", rawAfter, "orders/s");
        figures.tell("alone: accepted", result.perSecond(), "orders/s");
        figures.atLeast("alone: accepted / raw", result.perSecond() / limit, "ratio", 0.6);
        figures.tell("alone: p50 at 256 connections", result.latencies().quantile(0.5), "ms");
        figures.atMost("alone: p99 at 256 connections", result.latencies().quantile(0.99), "ms", 250);
        answers("alone", result);
        watch.load().forEach((name, share) -> figures.tell("alone: processors used by " + name, share, "cores"));
        rows("alone", written, result.accepted());
        return result.accepted();
    }

    /** Works off what is on the queue, then the same with sick ones among it. */
    private void posting(long orders) throws Exception {
        System.out.println("Posting " + orders + " orders from the full queue, without and with 1 % sick ones");
        double healthy = worksOff("posting", orders);
        management.pause(POSTINGS);
        Load.Result sent = load(CONNECTIONS_ALONE, 0, true).run(Duration.ofMinutes(10), orders);
        tellOthers(sent);
        double withSick = worksOff("posting-sick", sent.accepted());
        figures.tell("posting: without sick ones", healthy, "orders/s");
        figures.tell("posting: with 1 % sick ones", withSick, "orders/s");
        figures.atLeast("posting: with 1 % sick ones / without", withSick / healthy, "ratio", 0.5);
        Postgres.Found found = postgres.interfaceRows(sent.orders(), BenchOrders.LINES);
        figures.tell("posting: sick ones kept back", sent.accepted() - found.orders(), "orders");
        figures.atMost("posting: partial in the ERP", found.partial(), "orders", 0);
        erp.normal();
        imported();
    }

    private double worksOff(String part, long orders) throws Exception {
        Postgres.Written before = postgres.written();
        Watch watch = watch();
        double seconds;
        try {
            management.resume(POSTINGS);
            seconds = drained();
        } finally {
            watch.close();
        }
        keep(part, watch);
        rows(part, postgres.written().since(before), orders);
        watch.load().forEach((name, share) -> figures.tell(part + ": processors used by " + name, share, "cores"));
        return orders / seconds;
    }

    /** After the figures, since a recording takes time and a tenth of the memory: the same loads again, recorded. */
    private void profiles() throws Exception {
        if (!settings.profile()) {
            return;
        }
        System.out.println("Profiles, recorded apart from the figures");
        if (settings.runs("together")) {
            Recording recording = record("together");
            try (Watch watch = watch()) {
                paced(load(CONNECTIONS_TOGETHER, rate, false), PROFILE, watch);
            }
            keep("together", recording);
            drained();
        }
        if (settings.runs("alone")) {
            management.pause(POSTINGS);
            Recording recording = record("alone");
            load(CONNECTIONS_ALONE, 0, false).run(PROFILE);
            keep("alone", recording);
            figures.atMost(
                    "alone: key and quota checks / the server's processor time", recording.share(GATE), "ratio", 0.05);
            Recording drains = record("posting");
            management.resume(POSTINGS);
            drained();
            keep("posting", drains);
        }
    }

    private Recording record(String part) throws Exception {
        Recording recording = new Recording(processes.server(), folder.resolve("profile-" + part + ".jfr"));
        recording.start();
        return recording;
    }

    private void keep(String part, Recording recording) throws Exception {
        recording.stop();
        Files.writeString(
                profile(part), "\n" + recording.summary(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
