package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The server's JVM ends at a point in the life of a transaction; it is started again, recovers, and drains everything. Then each
 * order that was acknowledged has exactly one whole document in the ERP, postings follow their sequence, and nothing is left
 * prepared. The points are those that a thread with work reaches in a run before.
 */
class KillMatrixIT {
    private static final int ORDERS = 16;
    private static final int MOST_BURSTS = 3;
    /**
     * A census is a message about messages: losing one loses no order. These drains get nothing else by these bursts; the tests of stock,
     * shipments and masters kill there.
     */
    private static final List<String> ELSEWHERE =
            List.of("census-", "drain-inventory.", "drain-order.events.", "drain-masterdata.");

    private static int serial;

    @TestFactory
    Stream<DynamicTest> survivesAKillAt() {
        World world = World.shared();
        Set<String> found = discover(world);
        List<String> points = KillMatrix.choose(found, System.getProperty("retail.kill"));
        assertTrue(points.size() >= 1, "no points to kill at");
        KillMatrix.begin(found);
        return points.stream().map(point -> DynamicTest.dynamicTest(point, () -> kill(world, point)));
    }

    /** Trades until a burst reaches no point that was not known. */
    private static Set<String> discover(World world) {
        // Connecting the shop is no part of a burst.
        world.webhookShop();
        world.hub().faults().forget();
        Set<String> known = new TreeSet<>();
        boolean more = true;
        while (more) {
            new Burst(world, name(), ORDERS).run();
            more = known.addAll(world.hub().faults().points().stream()
                    .filter(point -> ELSEWHERE.stream().noneMatch(point::startsWith))
                    .toList());
        }
        return known;
    }

    @SuppressWarnings("try")
    private static void kill(World world, String point) {
        Hub hub = world.hub();
        List<Books.Expected> expected = new ArrayList<>();
        int sent = 0;
        String verdict = "good";
        try (Hub.Keeper keeper = hub.keepRunning()) {
            hub.faults().halt(point, 1);
            for (int i = 0; i < MOST_BURSTS && !hub.faults().fired(); i++) {
                Burst burst = new Burst(world, name(), ORDERS);
                try {
                    burst.run();
                } catch (AssertionError e) {
                    verdict = "not drained: " + e.getMessage();
                }
                expected.addAll(burst.expected());
                sent += burst.sent();
            }
            if (!hub.faults().fired()) {
                verdict = "not reached";
            }
            hub.faults().disarm();
            Probe.happens(Duration.ofSeconds(30), () -> hub.books().preparedLeft() == 0);
        }
        Books.Audit audit = hub.books().audit(sent, expected);
        if (!audit.good() && verdict.equals("good")) {
            verdict = String.join("; ", audit.faults());
        }
        KillMatrix.row(point, audit, verdict);
        if (!verdict.equals("good")) {
            throw new AssertionError(point + ": " + verdict + " " + audit);
        }
    }

    private static String name() {
        return "k" + ++serial;
    }
}
