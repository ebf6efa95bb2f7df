package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.DriftDesk.Decided;
import org.retailhub.inventory.Drifts.Drift;
import org.retailhub.inventory.SnapshotIntake.Taken;
import org.retailhub.inventory.Snapshots.Known;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.SnapshotHeader;
import org.retailhub.inventory.canonical.SnapshotLine;
import org.retailhub.inventory.domain.Cause;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.testkit.Hands;

/** Counts against the ledger: kept, compared as of their time, corrected, decided by a person; on the migrated schema as the application role. */
class SnapshotIT {
    private static final Instant NOON = Fixtures.NOON;
    private static final Instant TEN = NOON.minus(Duration.ofHours(2));
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    /** Before anything is counted: what is told now is told in time. */
    private final Hands clock = new Hands(TEN.minus(Duration.ofHours(1)));

    private SnapshotHub hub;
    private String tenant;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        dataSource = Fixtures.application(postgres);
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void tenantOfItsOwn(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
        hub = new SnapshotHub(dataSource, clock, tenant);
    }

    @AfterEach
    void end() {
        hub.close();
    }

    private void told(String feed, long number, MovementKind kind, String sku, String quantity, Instant at) {
        hub.record(SnapshotHub.told(tenant, feed, number, kind, sku, quantity, at));
    }

    @Test
    void whatHappenedOrWasRecordedAfterTheCountIsNoDrift() {
        told("wms", 1, MovementKind.RECEIPT, "MUG", "10", TEN.minusSeconds(60));
        told("wms", 2, MovementKind.RECEIPT, "CUP", "10", TEN.minusSeconds(60));
        told("pos", 1, MovementKind.SALE, "MUG", "-3", TEN.plusSeconds(60));
        // Tills that were cut off: sold before the count, told two days later.
        clock.forward(Duration.ofDays(2));
        told("pos", 2, MovementKind.SALE, "MUG", "-2", TEN.minusSeconds(30));
        told("pos", 3, MovementKind.SALE, "CUP", "-2", TEN.minusSeconds(30));
        Known known = hub.count(hub.send("1", TEN, "MUG,berlin-1,8", "CUP,berlin-1,10", "POT,berlin-1,0"));
        assertEquals(new Snapshots.Tally(3, 0, 3, 0, 0, 0, 0), known.tally());
        assertEquals("done", known.state());
        assertEquals(List.of(), hub.drift(""));
        assertEquals(
                "0",
                hub.one(
                        "select count(*)::text from snapshot_piece p join snapshot s using (snapshot_id) where s.tenant = ?"));
    }

    @Test
    void aLineThatCannotBeUsedIsInTheReportAndTheRestGoesOn() {
        told("wms", 1, MovementKind.RECEIPT, "MUG", "10", TEN);
        Known known = hub.count(hub.intake.take(
                new SnapshotIntake.Coming(
                        tenant, new SnapshotHeader("wms-1", "1", "wms", NOON), "csv", "partner", Fixtures.TRACE),
                new java.io.ByteArrayInputStream(
                        "sku,location,quantity,unit\nMUG,berlin-1,10,\nCUP,berlin-1,many,\n\nMUG,berlin-1,11,\nPOT,x y,1,EA\nMUG,hamburg-2,0,\nMUG,berlin-1"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8))));
        assertEquals(
                List.of("3 quantity", "5 sku", "6 location", "8 line"),
                hub.snapshots.faults(known.id(), 0, 100).stream()
                        .map(fault -> fault.line() + " " + fault.field())
                        .toList());
        assertEquals(
                "was counted at this location in line 2 already",
                hub.snapshots.faults(known.id(), 3, 1).get(0).message());
        assertEquals(new Snapshots.Tally(2, 4, 2, 0, 0, 0, 0), known.tally());
        assertEquals(8, known.lines());
        assertEquals(8, known.doneLine());
    }

    @Test
    void aCountInAnotherUnitIsAFault() {
        told("wms", 1, MovementKind.RECEIPT, "MUG", "10", TEN);
        Taken taken = hub.intake.take(
                new SnapshotIntake.Coming(
                        tenant, new SnapshotHeader("wms-1", "1", "wms", NOON), "json", "partner", Fixtures.TRACE),
                List.of(new org.retailhub.inventory.canonical.SnapshotFormat.Wire(
                        "MUG", "berlin-1", "10", "KG", null)));
        assertEquals(1, hub.count(taken).tally().faulty());
    }

    @Test
    void passesOverCorrectsOrQueuesByTheRules() {
        for (String sku : List.of("A", "B", "C", "D")) {
            told("wms", sku.charAt(0), MovementKind.RECEIPT, sku, "100", TEN);
        }
        hub.tolerate("1", "2", "10");
        Known known = hub.count(hub.send("1", TEN, "A,berlin-1,99", "B,berlin-1,98", "C,berlin-1,90", "D,berlin-1,89"));
        assertEquals(new Snapshots.Tally(4, 0, 0, 2, 1, 1, 0), known.tally());
        assertEquals("90.000", onHand("C"));
        assertEquals("100.000", onHand("D"));
        Drift corrected = hub.drift("corrected").get(0);
        assertEquals(
                "C -10.000 2", corrected.position().sku() + " " + corrected.corrected() + " " + corrected.movement());
        assertEquals(
                "count-correction -10.000 :snapshots",
                hub.one(
                        "select kind || ' ' || on_hand_change || ' ' || feed from movement where tenant = ? and sku = 'C' and number = 2"));
        assertEquals(
                List.of("D"),
                hub.drift("queued").stream().map(each -> each.position().sku()).toList());
        // What was corrected is right as of then, for whoever counts it again.
        assertEquals(
                new Snapshots.Tally(1, 0, 1, 0, 0, 0, 0),
                hub.count(hub.send("2", TEN.plusSeconds(1), "C,berlin-1,90")).tally());
    }

    @Test
    void theSameSnapshotAgainIsTheSameAndAnotherUnderItsNameIsRefused() {
        Taken first = hub.send("1", TEN, "MUG,berlin-1,0");
        assertFalse(first.replayed());
        Taken again = hub.send("1", TEN, "MUG,berlin-1,0");
        assertTrue(again.replayed());
        assertEquals(first.snapshot().id(), again.snapshot().id());
        RetailException other = assertThrows(RetailException.class, () -> hub.send("1", NOON, "MUG,berlin-1,1"));
        assertEquals(InventoryError.SNAPSHOT_DIFFERS, other.code());
        assertEquals(
                List.of("takenAt", "lines"),
                other.violations().stream()
                        .map(RetailException.Violation::field)
                        .toList());
        assertNotEquals(
                first.snapshot().id(),
                hub.send("pos-1", "pos", "1", TEN, "MUG,berlin-1,0").snapshot().id());
        hub.count(first);
        assertTrue(hub.send("1", TEN, "MUG,berlin-1,0").replayed());
        assertEquals("2", hub.one("select count(*)::text from snapshot where tenant = ?"));
    }

    @Test
    void aHeadThatCannotBeReadOrABodyThatBreaksOffLeavesNothing() {
        RetailException head = assertThrows(
                RetailException.class,
                () -> hub.intake.take(
                        new SnapshotIntake.Coming(
                                tenant, new SnapshotHeader("wms-1", "1", "wms", NOON), "csv", "p", Fixtures.TRACE),
                        new java.io.ByteArrayInputStream("sku;place\nA;b\n".getBytes())));
        assertEquals(InventoryError.INVALID_SNAPSHOT, head.code());
        InputStream broken = new InputStream() {
            private int come;

            @Override
            public int read() throws IOException {
                if (come++ > 600_000) {
                    throw new IOException("connection reset");
                }
                return "sku,location,quantity\n".charAt(come <= 22 ? come - 1 : 21);
            }
        };
        assertThrows(
                RetailException.class,
                () -> hub.intake.take(
                        new SnapshotIntake.Coming(
                                tenant, new SnapshotHeader("wms-1", "1", "wms", NOON), "csv", "p", Fixtures.TRACE),
                        broken));
        assertEquals("0", hub.one("select count(*)::text from snapshot where tenant = ?"));
    }

    @Test
    void goesOnAtTheBrokenLineAndTakesNoLineTwice() {
        String[] lines = IntStream.range(0, 95)
                .mapToObj(i -> i % 9 == 0 ? "SKU-" + i + ",berlin-1,x" : "SKU-" + i + ",berlin-1," + i)
                .toArray(String[]::new);
        Taken taken = hub.send("1", TEN, lines);
        String id = taken.snapshot().id();
        hub.process(id);
        for (int chunk = 0; chunk < 3; chunk++) {
            hub.chunk(id);
        }
        // Two runs that began at the same line: the slower one takes nothing.
        SnapshotReader slower =
                new SnapshotReader(hub.snapshots, hub.snapshots.of(id).orElseThrow());
        List<SnapshotLine> inHand = SnapshotHub.read(slower);
        hub.hub.connection.rollback();
        hub.chunk(id);
        RetailException late = assertThrows(
                RetailException.class,
                () -> hub.transactions.call(() -> {
                    hub.counting.take(slower.snapshot(), inHand, "node-2");
                    return true;
                }));
        assertTrue(late.detail().contains("taken in by another run"), late::detail);
        // A chunk that is rolled back at its end is as if it had not been.
        SnapshotReader reader =
                new SnapshotReader(hub.snapshots, hub.snapshots.of(id).orElseThrow());
        hub.counting.take(reader.snapshot(), SnapshotHub.read(reader), "node-1");
        hub.hub.connection.rollback();
        Known known = hub.count(taken);
        assertEquals(84, known.tally().counted());
        assertEquals(11, known.tally().faulty());
        assertEquals(
                IntStream.range(0, 95)
                        .filter(i -> i % 9 != 0)
                        .mapToObj(i -> i + 2L)
                        .collect(Collectors.toSet()),
                Set.copyOf(hub.hub.database.query(
                        "select line from snapshot_count where snapshot_id = ?", row -> row.getLong(1), id)));
        assertEquals(84, hub.drift("queued").size());
    }

    @Test
    void startsAJobForWhatWasReceivedAndAgainWhereItBrokeOff() {
        class Jobs implements SnapshotRuns.Jobs {
            final List<String> started = new ArrayList<>();
            final Set<Long> atWork = new java.util.HashSet<>();

            @Override
            public long start(String snapshot, Long brokenOff) {
                started.add(snapshot + " " + brokenOff);
                atWork.add((long) started.size());
                return started.size();
            }

            @Override
            public boolean runs(long job) {
                return atWork.contains(job);
            }

            @Override
            public void stop(long job) {
                atWork.remove(job);
            }
        }
        hub.hub.database.update("update snapshot set state = 'done' where tenant <> ?", tenant);
        hub.hub.connection.commit();
        Jobs jobs = new Jobs();
        SnapshotRuns runs = hub.runs("node-1", jobs);
        runs.step();
        assertEquals(List.of(), jobs.started);
        String id = hub.send("1", TEN, "MUG,berlin-1,0").snapshot().id();
        runs.step();
        runs.step();
        assertEquals(List.of(id + " null"), jobs.started, "it runs once");
        jobs.atWork.clear();
        runs.step();
        assertEquals(1, jobs.started.size(), "not at once after an error");
        clock.forward(Duration.ofSeconds(2));
        runs.step();
        assertEquals(id + " 1", jobs.started.get(1));
        // The server is killed, and starts again; another one leaves it alone meanwhile.
        clock.forward(Duration.ofSeconds(90));
        Jobs others = new Jobs();
        hub.runs("node-2", others).step();
        assertEquals(List.of(), others.started);
        Jobs anew = new Jobs();
        hub.runs("node-1", anew).step();
        assertEquals(List.of(id + " 2"), anew.started);
        clock.forward(Duration.ofMinutes(3));
        hub.runs("node-2", others).step();
        assertEquals(List.of(id + " 1"), others.started, "of a server that is silent");
    }

    @Test
    void acceptingBooksTheDifferenceOnceAndIsAudited() {
        told("wms", 1, MovementKind.RECEIPT, "MUG", "10", TEN.minusSeconds(9));
        hub.count(hub.send("1", TEN, "MUG,berlin-1,4"));
        Drift drift = hub.drift("queued").get(0);
        assertEquals("-6.000", drift.drift().toPlainString());
        Decided.Done done = assertInstanceOf(Decided.Done.class, accept(drift));
        assertEquals(
                "accepted -6.000 2 operator",
                done.drift().state() + " " + done.drift().corrected() + " "
                        + done.drift().movement() + " " + done.drift().decidedBy());
        assertTrue(assertInstanceOf(Decided.Done.class, accept(drift)).replayed());
        assertEquals("4.000", onHand("MUG"));
        assertEquals("drift-accepted", hub.one("select string_agg(action, ' ') from audit_entry where tenant = ?"));
        assertInstanceOf(Decided.Otherwise.class, reject(drift));
        assertInstanceOf(
                Decided.Unknown.class,
                hub.transactions.call(
                        () -> hub.desk.accept("operator", "strangers", drift.id(), null, Fixtures.TRACE)));
    }

    @Test
    void rejectingBooksNothingAndKeepsTheReason() {
        told("wms", 1, MovementKind.RECEIPT, "MUG", "10", TEN.minusSeconds(9));
        hub.count(hub.send("1", TEN, "MUG,berlin-1,4"));
        Drift drift = hub.drift("queued").get(0);
        Drift rejected = assertInstanceOf(Decided.Done.class, reject(drift)).drift();
        assertEquals("rejected the shelf was counted twice", rejected.state() + " " + rejected.reason());
        assertEquals("10.000", onHand("MUG"));
        assertInstanceOf(Decided.Otherwise.class, accept(drift));
    }

    @Test
    void aDifferenceThatIsNotAnyMoreWhatItWasIsNotBooked() {
        told("wms", 1, MovementKind.RECEIPT, "MUG", "10", TEN.minusSeconds(9));
        hub.count(hub.send("1", TEN, "MUG,berlin-1,4"));
        Drift drift = hub.drift("queued").get(0);
        // It comes late, and happened before the count.
        clock.forward(Duration.ofDays(1));
        told("pos", 1, MovementKind.SALE, "MUG", "-2", TEN.minusSeconds(5));
        Decided.Changed changed = assertInstanceOf(Decided.Changed.class, accept(drift));
        assertEquals(
                "queued -4.000", changed.drift().state() + " " + changed.drift().drift());
        told("pos", 2, MovementKind.SALE, "MUG", "-4", TEN.minusSeconds(4));
        assertEquals(
                "superseded",
                assertInstanceOf(Decided.Changed.class, accept(drift)).drift().state());
        assertEquals("4.000", onHand("MUG"));
    }

    @Test
    void whatIsCountedLaterTakesThePlaceOfWhatWaitsAndNothingIsBookedTwice() {
        told("wms", 1, MovementKind.RECEIPT, "MUG", "10", TEN.minusSeconds(9));
        hub.count(hub.send("1", TEN, "MUG,berlin-1,7"));
        hub.count(hub.send("pos-1", "pos", "1", TEN.plusSeconds(1), "MUG,berlin-1,7"));
        hub.count(hub.send("2", TEN.plusSeconds(60), "MUG,berlin-1,7"));
        assertEquals(
                List.of("pos-1 queued", "wms-1 queued", "wms-1 superseded"),
                hub.drift("").stream()
                        .map(each -> each.source() + " " + each.state())
                        .sorted()
                        .toList());
        // An old one that comes late, of the same source.
        assertEquals(
                1,
                hub.count(hub.send("0", TEN.minusSeconds(1), "MUG,berlin-1,6"))
                        .tally()
                        .superseded());
        accept(hub.drift("queued").stream()
                .filter(each -> each.source().equals("wms-1"))
                .findFirst()
                .orElseThrow());
        assertEquals(List.of(), hub.drift("queued"), "what was counted before is done with it");
        assertEquals("7.000", onHand("MUG"));
        assertEquals(
                1,
                hub.count(hub.send("pos-1", "pos", "0", TEN.plusSeconds(2), "MUG,berlin-1,6"))
                        .tally()
                        .superseded(),
                "older than what was booked");
    }

    @Test
    void theErpIsForgivenWhatItHasNotBeenTold() {
        told("wms", 1, MovementKind.RECEIPT, "MUG", "10", TEN.minusSeconds(90));
        told("pos", 1, MovementKind.SALE, "MUG", "-2", TEN.minusSeconds(60));
        told("pos", 2, MovementKind.SALE, "MUG", "-1", TEN.minusSeconds(30));
        hub.count(hub.send("erp", "erp", "1", TEN, "MUG,berlin-1,10"));
        assertEquals(
                Cause.Kind.UNKNOWN_TO_ERP, hub.drift("queued").get(0).cause().kind());
    }

    @Test
    void aFeedThatIsExpectedAndSilentIsASignalUntilItSpeaks() {
        told("pos", 1, MovementKind.RECEIPT, "MUG", "10", TEN);
        hub.transactions.call(() -> {
            hub.expectations.set("operator", tenant, "pos", Duration.ofHours(1));
            hub.expectations.set("operator", tenant, "wms-1", Duration.ofHours(2));
            return true;
        });
        assertEquals(List.of(), silent());
        clock.forward(Duration.ofMinutes(61));
        assertEquals(List.of(tenant + "/pos"), silent());
        assertTrue(hub.feeds.of(tenant, "", 10).get(0).freshness().isSilent(clock.instant()));
        // Told before: it speaks.
        told("pos", 1, MovementKind.RECEIPT, "MUG", "10", TEN);
        assertEquals(List.of(), silent());
        clock.forward(Duration.ofMinutes(60));
        assertEquals(List.of(tenant + "/wms-1"), silent());
        hub.send("1", TEN, "MUG,berlin-1,10");
        assertEquals(List.of(), silent());
        clock.forward(Duration.ofDays(1));
        hub.transactions.call(() -> hub.expectations.remove("operator", tenant, "pos"));
        assertEquals(List.of(tenant + "/wms-1"), silent());
        assertEquals(
                "feed-expected feed-expected feed-not-expected",
                hub.one("select string_agg(action, ' ' order by entry_id) from audit_entry where tenant = ?"));
    }

    private List<String> silent() {
        return hub.expectations.silent().stream()
                .map(signal -> signal.subject())
                .filter(subject -> subject.startsWith(tenant + "/"))
                .toList();
    }

    private Decided accept(Drift drift) {
        return hub.transactions.call(
                () -> hub.desk.accept("operator", tenant, drift.id(), "counted again", Fixtures.TRACE));
    }

    private Decided reject(Drift drift) {
        return hub.transactions.call(
                () -> hub.desk.reject("operator", tenant, drift.id(), "the shelf was counted twice"));
    }

    private String onHand(String sku) {
        return hub.one("select on_hand::text from position where tenant = ? and sku = '" + sku + "'");
    }
}
