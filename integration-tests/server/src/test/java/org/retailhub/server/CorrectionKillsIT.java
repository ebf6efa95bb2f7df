package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * The kill matrix of what comes after posting: the server's JVM ends at a point in the life of a change or cancellation of an order that the
 * ERP has made its document of, of its further documents, or of the ERP's verdict on them; it is started again and recovers. Then the ERP's
 * documents of each order say together what it is in the end, to the piece and the cent, none of them is there twice, and nothing is left
 * prepared.
 */
class CorrectionKillsIT {
    private static final String TABLE = "correction-kill";
    private static final String HEADER =
            "flow\tpoint\torders\tdocuments\tdoubled\tpartial\tout of order\tprepared left\tverdict\n";
    private static final List<String> FLOWS =
            List.of("http ", "drain-erp.postings.idempiere ", "erp-verdicts-idempiere ", "drain-erp.events.order ");
    private static final int ORDERS = 4;
    private static final int MOST_BURSTS = 3;
    private static int serial;

    @Tag("deep")
    @TestFactory
    Stream<DynamicTest> survivesAKillAt() {
        World world = World.shared();
        Set<String> found = discover(world);
        List<String> points = KillMatrix.choose(found, System.getProperty("retail.kill"));
        FLOWS.forEach(flow -> assertFalse(
                found.stream().noneMatch(point -> point.startsWith(flow)), "no point of " + flow + "among " + found));
        KillMatrix.begin(TABLE, HEADER, found);
        return points.stream().map(point -> DynamicTest.dynamicTest(point, () -> kill(world, point)));
    }

    /** Until correcting reaches no point that was not known. */
    private static Set<String> discover(World world) {
        Set<String> known = new TreeSet<>();
        boolean more = true;
        while (more) {
            CorrectionBurst burst = burst(world);
            burst.sell();
            world.hub().faults().forget();
            burst.correct();
            more = known.addAll(world.hub().faults().points().stream()
                    .filter(point -> FLOWS.stream().anyMatch(point::startsWith))
                    .toList());
        }
        return known;
    }

    @SuppressWarnings("try")
    private static void kill(World world, String point) {
        Hub hub = world.hub();
        List<CorrectionBurst> bursts = new ArrayList<>();
        String verdict = "good";
        try (Hub.Keeper keeper = hub.keepRunning()) {
            while (bursts.size() < MOST_BURSTS && !hub.faults().fired()) {
                CorrectionBurst burst = burst(world);
                bursts.add(burst);
                try {
                    burst.sell();
                    hub.faults().halt(point, 1);
                    burst.correct();
                } catch (AssertionError e) {
                    verdict = "not done: " + e.getMessage();
                }
            }
            if (!hub.faults().fired()) {
                verdict = "not reached";
            }
            hub.faults().disarm();
            Probe.happens(Duration.ofSeconds(30), () -> hub.books().preparedLeft() == 0);
        }
        List<String> faults = new ArrayList<>();
        List<Integer> counts = new ArrayList<>(List.of(0, 0, 0, 0, 0, 0));
        for (CorrectionBurst burst : bursts) {
            Books.Audit audit = burst.audit();
            faults.addAll(audit.faults());
            List<Integer> its = List.of(
                    audit.acknowledged(),
                    audit.documents(),
                    audit.doubled(),
                    audit.partial(),
                    audit.outOfOrder(),
                    audit.preparedLeft());
            for (int i = 0; i < counts.size(); i++) {
                counts.set(i, counts.get(i) + its.get(i));
            }
        }
        if (verdict.equals("good") && !faults.isEmpty()) {
            verdict = String.join("; ", faults);
        }
        KillMatrix.row(TABLE, point, counts, verdict);
        if (!verdict.equals("good")) {
            throw new AssertionError(point + ": " + verdict + " " + faults);
        }
    }

    private static CorrectionBurst burst(World world) {
        return new CorrectionBurst(world, "c" + ++serial, ORDERS);
    }
}
