package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The kill matrix of stock: the server's JVM ends at a point in the life of a movement, a reservation, its consumption, release or expiry,
 * or of the drain of {@code inventory.commands}; it is started again and recovers. Then ledger and positions agree, nothing is oversold,
 * each reservation is held once and each command handled once. The broker stands alone, so that commands come while the server is down.
 */
class StockKillsIT {
    private static final String TABLE = "stock-kill";
    private static final String HEADER =
            "flow\tpoint\treservations\tcommands\toversold\tdoubled\tnot handled\tprepared left\tverdict\n";
    private static final List<String> FLOWS = List.of(
            "intake-movements ",
            "intake-reservations ",
            "intake-steps ",
            "reservation-expiry ",
            "drain-inventory.commands ");
    private static final int MOST_BURSTS = 3;
    private static Hub hub;
    private static int serial;

    @AfterAll
    static void end() {
        if (hub != null) {
            hub.close();
        }
    }

    @TestFactory
    @Tag("deep")
    Stream<DynamicTest> survivesAKillAt() {
        hub = Hub.ofNodes("stock-kills");
        hub.broker().start();
        hub.startServer();
        World world = World.on(hub, "acme");
        Set<String> found = discover(world);
        List<String> points = KillMatrix.choose(found, System.getProperty("retail.kill"));
        FLOWS.forEach(
                flow -> assertFalse(found.stream().noneMatch(point -> point.startsWith(flow)), "no point of " + flow));
        KillMatrix.begin(TABLE, HEADER, found);
        return points.stream().map(point -> DynamicTest.dynamicTest(point, () -> kill(world, point)));
    }

    /** Until a piece of work reaches no point that was not known. */
    private static Set<String> discover(World world) {
        world.warehouse();
        hub.faults().forget();
        Set<String> known = new TreeSet<>();
        boolean more = true;
        while (more) {
            StockBurst burst = new StockBurst(world, name());
            burst.run();
            more = known.addAll(hub.faults().points().stream()
                    .filter(point -> FLOWS.stream().anyMatch(point::startsWith))
                    .toList());
        }
        return known;
    }

    @SuppressWarnings("try")
    private static void kill(World world, String point) {
        List<StockBurst> bursts = new ArrayList<>();
        String verdict = "good";
        try (Hub.Keeper keeper = hub.keepRunning()) {
            hub.faults().halt(point, 1);
            while (bursts.size() < MOST_BURSTS && !hub.faults().fired()) {
                StockBurst burst = new StockBurst(world, name());
                bursts.add(burst);
                try {
                    burst.run();
                } catch (AssertionError | java.util.concurrent.CompletionException e) {
                    verdict = "not done: " + e.getMessage();
                }
            }
            if (!hub.faults().fired()) {
                verdict = "not reached";
            }
            hub.faults().disarm();
            Probe.happens(
                    Duration.ofSeconds(30),
                    () -> hub.books().preparedLeft() == 0
                            && hub.broker().prepared().isEmpty());
        }
        List<String> faults = new ArrayList<>();
        if (!hub.broker().prepared().isEmpty()) {
            faults.add("branches are left prepared at the broker");
        }
        List<Integer> sums = new ArrayList<>(List.of(0, 0, 0, 0, 0, 0));
        for (StockBurst burst : bursts) {
            StockBurst.Audit audit = burst.audit();
            faults.addAll(audit.faults());
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, sums.get(i) + audit.counts().get(i));
            }
        }
        if (verdict.equals("good") && !faults.isEmpty()) {
            verdict = String.join("; ", faults);
        }
        KillMatrix.row(TABLE, point, sums, verdict);
        if (!verdict.equals("good")) {
            throw new AssertionError(point + ": " + verdict + " " + faults);
        }
    }

    private static String name() {
        return "s" + ++serial;
    }
}
