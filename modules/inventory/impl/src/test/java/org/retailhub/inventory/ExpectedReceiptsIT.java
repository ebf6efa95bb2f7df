package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.ExpectedReceipts.Taken;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.ExpectationDocument;
import org.retailhub.inventory.canonical.ExpectationDocument.Kind;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.domain.PositionKey;

/** What is to come is what was told last, less what has come of it. */
class ExpectedReceiptsIT {
    private static final Clock CLOCK = Clock.fixed(Fixtures.NOON, ZoneOffset.UTC);
    private static final Instant MONDAY = Fixtures.NOON.plus(Duration.ofDays(7));
    private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private String tenant;
    private Fixtures.Hub hub;
    private ExpectedReceipts expected;
    private long receipts;

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
    void open(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
        hub = new Fixtures.Hub(dataSource, CLOCK);
        expected = new ExpectedReceipts(hub.database, CLOCK);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private static ExpectationDocument order(String line, long version, String quantity, Instant at) {
        return new ExpectationDocument(
                "erp",
                Kind.PURCHASE_ORDER,
                "PO-1",
                line,
                version,
                "MUG",
                "berlin-1",
                new BigDecimal(quantity),
                at,
                null,
                null);
    }

    private static ExpectationDocument advice(long version, String quantity, Instant at) {
        return new ExpectationDocument(
                "wms", Kind.ADVICE, "ASN-1", "", version, "MUG", "berlin-1", new BigDecimal(quantity), at, "PO-1", "1");
    }

    private List<Taken> take(ExpectationDocument... told) {
        List<Taken> taken = expected.take(tenant, List.of(told), Fixtures.TRACE);
        hub.connection.commit();
        return taken;
    }

    private void receive(String reference, String quantity) {
        hub.movementIntake.write(
                List.of(new Telling(
                        tenant,
                        new MovementDocument(
                                "wms",
                                ++receipts,
                                null,
                                null,
                                MovementKind.RECEIPT,
                                "MUG",
                                "berlin-1",
                                new BigDecimal(quantity),
                                "EA",
                                Fixtures.NOON,
                                reference,
                                null,
                                null,
                                false),
                        Fixtures.TRACE)),
                true);
        hub.connection.commit();
    }

    /** Such as {@code "100 of PO-1 at <time>"}, the next first. */
    private List<String> open() {
        return expected
                .open(List.of(new PositionKey(tenant, "MUG", "berlin-1")))
                .getOrDefault(new PositionKey(tenant, "MUG", "berlin-1"), List.of())
                .stream()
                .map(each -> each.quantity().stripTrailingZeros().toPlainString() + " of " + each.document() + " at "
                        + each.expectedAt())
                .toList();
    }

    @Test
    void sameVersionAgainChangesNothingAndAnotherContentOfItIsRefused() {
        assertEquals(List.of(new Taken.Written(true)), take(order("1", 1, "100", MONDAY)));
        assertEquals(List.of(new Taken.Unchanged()), take(order("1", 1, "100.000", MONDAY)));
        assertEquals(List.of(new Taken.Differs(List.of("quantity", "expectedAt"))), take(order("1", 1, "90", TUESDAY)));
        assertEquals(List.of("100 of PO-1 at " + MONDAY), open());
    }

    @Test
    void newerVersionTakesTheOldersPlaceAndTheOlderComesTooLate() {
        take(order("1", 1, "100", MONDAY));
        assertEquals(List.of(new Taken.Written(false)), take(order("1", 3, "80", TUESDAY)));
        assertEquals(List.of(new Taken.Superseded(3)), take(order("1", 2, "90", MONDAY)));
        assertEquals(List.of("80 of PO-1 at " + TUESDAY), open());
        take(order("1", 4, "0", TUESDAY));
        assertEquals(List.of(), open());
    }

    @Test
    void versionsOfOneRequestFollowEachOther() {
        List<Taken> taken = take(
                order("1", 1, "100", MONDAY),
                order("2", 1, "5", MONDAY),
                order("1", 2, "60", MONDAY),
                order("1", 1, "100", MONDAY));
        assertEquals(
                List.of(
                        new Taken.Written(true),
                        new Taken.Written(true),
                        new Taken.Written(false),
                        new Taken.Superseded(2)),
                taken);
        assertEquals(List.of("60 of PO-1 at " + MONDAY, "5 of PO-1 at " + MONDAY), open());
    }

    @Test
    void receiptThatNamesTheDocumentReducesWhatIsExpectedTheNextFirst() {
        take(order("1", 1, "100", TUESDAY), order("2", 1, "50", MONDAY));
        receive("PO-1", "60");
        assertEquals(List.of("90 of PO-1 at " + TUESDAY), open());
        receive("another", "10");
        assertEquals(List.of("90 of PO-1 at " + TUESDAY), open());
        receive("PO-1", "200");
        assertEquals(List.of(), open());
    }

    @Test
    void receiptThatCameBeforeItsOrderWasToldCountsAllTheSame() {
        receive("PO-1", "30");
        take(order("1", 1, "100", MONDAY));
        assertEquals(List.of("70 of PO-1 at " + MONDAY), open());
    }

    @Test
    void whatIsOnItsWayIsNotExpectedTwice() {
        take(order("1", 1, "100", TUESDAY));
        take(advice(1, "40", MONDAY));
        assertEquals(List.of("40 of ASN-1 at " + MONDAY, "60 of PO-1 at " + TUESDAY), open());
        receive("ASN-1", "40");
        assertEquals(List.of("60 of PO-1 at " + TUESDAY), open());
        take(advice(2, "0", MONDAY));
        assertInstanceOf(Taken.Superseded.class, take(advice(1, "40", MONDAY)).get(0));
    }

    @Test
    void whatIsMonthsLateIsNotCountedOn() {
        take(order("1", 1, "100", Fixtures.NOON.minus(Duration.ofDays(89))));
        assertEquals(1, open().size());
        take(order("1", 2, "100", Fixtures.NOON.minus(Duration.ofDays(91))));
        assertEquals(List.of(), open());
    }

    @Test
    void tenantsAndPlacesAreKeptApart() {
        take(order("1", 1, "100", MONDAY));
        assertEquals(
                0,
                expected.open(List.of(new PositionKey("other", "MUG", "berlin-1")))
                        .size());
        assertEquals(
                0,
                expected.open(List.of(new PositionKey(tenant, "MUG", "hamburg-2")))
                        .size());
        assertEquals(
                Set.of(new PositionKey(tenant, "MUG", "berlin-1")),
                expected.open(List.of(new PositionKey(tenant, "MUG", ""))).keySet());
    }

    @Test
    void otherModulesAreToldInBulk() {
        take(order("1", 1, "100", TUESDAY), order("2", 1, "50", MONDAY));
        Availability.Place berlin = new Availability.Place("MUG", "berlin-1");
        Availability.Place hamburg = new Availability.Place("MUG", "hamburg-2");
        var told = new AvailabilityBean(hub.questions, expected).expected(tenant, Set.of(berlin, hamburg));
        assertEquals(Set.of(berlin), told.keySet());
        assertEquals(
                List.of(MONDAY, TUESDAY),
                told.get(berlin).stream().map(Availability.Expected::at).toList());
    }
}
