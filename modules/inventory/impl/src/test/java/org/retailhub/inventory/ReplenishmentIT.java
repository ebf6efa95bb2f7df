package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.Reserving.Request;
import org.retailhub.inventory.Reserving.Reserved;
import org.retailhub.inventory.Settling.Kind;
import org.retailhub.inventory.Settling.Step;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.ReplenishmentNeeded;
import org.retailhub.inventory.canonical.ExpectationDocument;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Line;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.ReorderPoint;
import org.retailhub.platform.runtime.rest.StrictJson;

/** A place that falls to its reorder point is told once, in the transaction by which it falls, and again after it was above. */
class ReplenishmentIT {
    private static final Clock CLOCK = Clock.fixed(Fixtures.NOON, ZoneOffset.UTC);
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private String tenant;
    private Fixtures.Hub hub;
    private Replenishment replenishment;
    private long told;

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
    void tenOfThem(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
        hub = new Fixtures.Hub(dataSource, CLOCK);
        replenishment = new Replenishment(hub.database, hub.stock, hub.rules, hub.sender);
        move(MovementKind.RECEIPT, "10");
        set("4", "20");
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private PositionKey mug() {
        return new PositionKey(tenant, "MUG", "berlin-1");
    }

    private Optional<ReorderPoint> set(String point, String target) {
        Optional<ReorderPoint> before = replenishment.set(
                "operator", mug(), new ReorderPoint(new BigDecimal(point), new BigDecimal(target)), Fixtures.TRACE);
        hub.connection.commit();
        return before;
    }

    private void move(MovementKind kind, String quantity) {
        hub.movementIntake.write(List.of(Fixtures.telling(tenant, ++told, kind, "MUG", quantity)), true);
        hub.connection.commit();
    }

    private List<ReplenishmentNeeded> signals() {
        return hub.broker.sent.stream()
                .filter(each -> ReplenishmentNeeded.TYPE.equals(each.get("type")))
                .map(each -> StrictJson.read(
                        ((String) each.get("body")).getBytes(StandardCharsets.UTF_8), ReplenishmentNeeded.class))
                .toList();
    }

    private static void assertNumber(String expected, BigDecimal number) {
        assertEquals(0, new BigDecimal(expected).compareTo(number), number::toPlainString);
    }

    @Test
    void fallingToThePointIsToldOnceWithWhatIsThereAndSuggested() {
        move(MovementKind.SALE, "-5");
        assertEquals(List.of(), signals(), "five are above four");
        move(MovementKind.SALE, "-1");
        move(MovementKind.SALE, "-1");
        assertEquals(1, signals().size());
        ReplenishmentNeeded signal = signals().get(0);
        assertEquals("MUG", signal.sku());
        assertEquals("berlin-1", signal.location());
        assertNumber("4", signal.onHand());
        assertNumber("0", signal.reserved());
        assertNumber("4", signal.availableToSell());
        assertNumber("0", signal.expected());
        assertNumber("16", signal.suggested());
    }

    @Test
    void itIsArmedAgainByRisingAboveThePoint() {
        move(MovementKind.SALE, "-6");
        move(MovementKind.RECEIPT, "1");
        move(MovementKind.SALE, "-1");
        assertEquals(2, signals().size());
        assertEquals(
                List.of(1L, 2L),
                hub.broker.sent.stream()
                        .filter(each -> ReplenishmentNeeded.TYPE.equals(each.get("type")))
                        .map(each -> each.get("sequence"))
                        .toList());
    }

    @Test
    void whatIsReservedCountsAndWhatIsGivenBackArms() {
        Reserved held = reserve("o-1", "7");
        assertEquals(1, signals().size());
        assertNumber("7", signals().get(0).reserved());
        hub.settlingIntake.write(
                List.of(new Step(
                        tenant,
                        ((Reserved.Held) held).reservation().id(),
                        "",
                        Kind.RELEASE,
                        new StepDocument("cancelled", List.of()),
                        Fixtures.TRACE,
                        "")),
                true);
        hub.connection.commit();
        reserve("o-2", "6");
        assertEquals(2, signals().size());
    }

    private Reserved reserve(String reference, String quantity) {
        Reserved reserved = hub.reservationIntake
                .write(
                        List.of(new Request(
                                tenant,
                                new ReservationDocument(
                                        reference,
                                        null,
                                        false,
                                        null,
                                        List.of(new Line(
                                                "1",
                                                "MUG",
                                                "berlin-1",
                                                new BigDecimal(quantity).setScale(3),
                                                List.of()))),
                                Fixtures.TRACE,
                                "",
                                false)),
                        true)
                .get(0);
        hub.connection.commit();
        return reserved;
    }

    @Test
    void fallAndRiseInOneTransactionIsNone() {
        hub.movementIntake.write(
                List.of(
                        Fixtures.telling(tenant, ++told, MovementKind.SALE, "MUG", "-8"),
                        Fixtures.telling(tenant, ++told, MovementKind.RECEIPT, "MUG", "8")),
                true);
        hub.connection.commit();
        assertEquals(List.of(), signals());
    }

    @Test
    void whatIsToComeIsNotSuggestedAgain() {
        new ExpectedReceipts(hub.database, CLOCK)
                .take(
                        tenant,
                        List.of(new ExpectationDocument(
                                "erp",
                                ExpectationDocument.Kind.PURCHASE_ORDER,
                                "PO-1",
                                "",
                                1,
                                "MUG",
                                "berlin-1",
                                new BigDecimal("12"),
                                Fixtures.NOON.plus(Duration.ofDays(3)),
                                null,
                                null)),
                        Fixtures.TRACE);
        move(MovementKind.SALE, "-7");
        assertNumber("12", signals().get(0).expected());
        assertNumber("5", signals().get(0).suggested());
    }

    @Test
    void raisedSafetyStockAndARaisedPointLetItFallAsWell() {
        hub.rules.setSafety("operator", mug(), new BigDecimal("6"), Fixtures.TRACE);
        hub.connection.commit();
        assertEquals(1, signals().size());
        assertNumber("6", signals().get(0).safety());
        hub.rules.setSafety("operator", mug(), new BigDecimal("0"), Fixtures.TRACE);
        set("10", "20");
        assertEquals(2, signals().size());
    }

    @Test
    void withoutAPointNothingIsTold() {
        assertTrue(replenishment.set("operator", mug(), null, Fixtures.TRACE).isPresent());
        hub.connection.commit();
        move(MovementKind.SALE, "-10");
        assertEquals(List.of(), signals());
        assertEquals(List.of(), replenishment.of(tenant, null, 10));
    }

    @Test
    void eachVersionIsKeptAndAuditedAndTheSameAgainChangesNothing() {
        set("4.000", "20");
        assertEquals(
                "4", set("5", "30").orElseThrow().point().stripTrailingZeros().toPlainString());
        assertEquals(
                2,
                hub.database
                        .queryOne("select count(*) from reorder_version where tenant = ?", row -> row.getInt(1), tenant)
                        .orElseThrow());
        assertEquals(
                List.of("reorder-point-set", "reorder-point-set"),
                hub.rules.deeds(tenant, null, 10).stream()
                        .map(Rules.Deed::action)
                        .toList());
        assertEquals(1, replenishment.of(tenant, null, 10).size());
        assertEquals(List.of(), replenishment.of(tenant, mug(), 10));
    }

    @Test
    void rolledBackFallIsNotTold() {
        hub.movementIntake.write(List.of(Fixtures.telling(tenant, ++told, MovementKind.SALE, "MUG", "-8")), true);
        hub.connection.rollback();
        assertEquals(
                0,
                hub.database
                        .queryOne(
                                "select count(*) from sent_message where tenant = ? and type = ?",
                                row -> row.getInt(1),
                                tenant,
                                ReplenishmentNeeded.TYPE)
                        .orElseThrow());
        hub.connection.commit();
        move(MovementKind.SALE, "-8");
        assertEquals(2, signals().size(), "the recording broker keeps what was rolled back");
        assertEquals(
                1,
                hub.database
                        .queryOne(
                                "select max(sequence) from sent_message where tenant = ? and type = ?",
                                row -> row.getInt(1),
                                tenant,
                                ReplenishmentNeeded.TYPE)
                        .orElseThrow());
    }
}
