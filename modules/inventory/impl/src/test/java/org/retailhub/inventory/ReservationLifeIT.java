package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
import org.retailhub.inventory.Reserving.Request;
import org.retailhub.inventory.Reserving.Reserved;
import org.retailhub.inventory.Settling.Kind;
import org.retailhub.inventory.Settling.Settled;
import org.retailhub.inventory.Settling.Step;
import org.retailhub.inventory.api.ConsumeStock;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.ReleaseStock;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Line;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.Reservation;
import org.retailhub.inventory.messaging.InventoryCommands;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.testkit.Hands;

/** The life of a reservation, on the migrated schema as the application role. */
class ReservationLifeIT {
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final Hands clock = new Hands(Fixtures.NOON);
    private String tenant;
    private Fixtures.Hub hub;

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
        hub = new Fixtures.Hub(dataSource, clock);
        hub.movementIntake.write(List.of(Fixtures.telling(tenant, 1, MovementKind.RECEIPT, "MUG", "10")), true);
        hub.broker.sent.clear();
    }

    @AfterEach
    void end() {
        hub.close();
    }

    @Test
    void holdsConsumesAndGivesBackByDocuments() {
        Reservation held = held(reserve(document("o-1", "6"), false));
        assertEquals("10/6", balance());
        assertEquals(Fixtures.NOON.plus(Duration.ofMinutes(30)), held.expiresAt());

        assertDone(false, settle(held.id(), Kind.CONSUME, "SHIP-1", "4"));
        assertEquals("6/2", balance());
        assertDone(true, settle(held.id(), Kind.CONSUME, "SHIP-1", "4"));
        assertEquals("6/2", balance());
        assertInstanceOf(Settled.Differs.class, settle(held.id(), Kind.CONSUME, "SHIP-1", "1"));
        assertInstanceOf(Settled.NotHeld.class, settle(held.id(), Kind.CONSUME, "SHIP-2", "3"));

        assertDone(false, settle(held.id(), Kind.RELEASE, "CANCEL-1", null));
        assertEquals("6/0", balance());
        assertEquals(Reservation.State.CONSUMED, stored(held.id()).state());
        assertInstanceOf(Settled.NotHeld.class, settle(held.id(), Kind.CONSUME, "SHIP-3", null));
        assertDone(true, settle(held.id(), Kind.RELEASE, "CANCEL-2", null));
        assertEquals(
                List.of(ReservationChanged.RESERVED, ReservationChanged.CONSUMED, ReservationChanged.RELEASED),
                told("o-1", "type"));
        assertEquals(List.of("1", "2", "3"), told("o-1", "sequence"));
        assertEquals(List.of(), faults());
    }

    @Test
    void sameReferenceGetsTheSameAndAnotherContentIsNamed() {
        Reservation held = held(reserve(document("o-1", "6"), false));
        Reserved.Held again = assertInstanceOf(Reserved.Held.class, reserve(document("o-1", "6"), false));
        assertTrue(again.replayed());
        assertEquals(held.id(), again.reservation().id());
        Reserved.Differs differs = assertInstanceOf(Reserved.Differs.class, reserve(document("o-1", "7"), false));
        assertEquals(List.of("lines[0].quantity"), differs.fields());
        assertEquals("10/6", balance());
    }

    @Test
    void sameReferenceGetsTheSameAlsoWhenItsTimeIsOver() {
        ReservationDocument soon = new ReservationDocument(
                "o-1",
                null,
                false,
                Fixtures.NOON.plus(Duration.ofMinutes(5)),
                document("o-1", "2").lines());
        held(reserve(soon, false));
        clock.forward(Duration.ofMinutes(5));
        assertTrue(assertInstanceOf(Reserved.Held.class, reserve(soon, false)).replayed());
        assertInstanceOf(
                Reserved.TooLate.class,
                reserve(new ReservationDocument("o-2", null, false, soon.expiresAt(), soon.lines()), false));
        assertEquals("10/2", balance());
    }

    @Test
    void refusesByHttpWithoutATraceAndByCommandWithAnEvent() {
        Reserved.OutOfStock refused =
                assertInstanceOf(Reserved.OutOfStock.class, reserve(document("o-1", "11"), false));
        assertEquals(
                "10",
                refused.shortages().get(0).available().stripTrailingZeros().toPlainString());
        assertTrue(hub.reservations.find(tenant, "o-1").isEmpty());

        reserve(document("o-1", "11"), true);
        assertEquals(
                Reservation.State.REFUSED,
                hub.reservations.find(tenant, "o-1").orElseThrow().state());
        hub.movementIntake.write(List.of(Fixtures.telling(tenant, 2, MovementKind.RECEIPT, "MUG", "1")), true);
        held(reserve(document("o-1", "11"), true));
        assertEquals(List.of(ReservationChanged.REFUSED, ReservationChanged.RESERVED), told("o-1", "type"));
        assertEquals(List.of("1", "2"), told("o-1", "sequence"));
        assertEquals("11/11", balance());
    }

    @Test
    void holdsWhatThereIsIfThatIsEnough() {
        ReservationDocument document = new ReservationDocument(
                "o-1", null, true, null, document("o-1", "12").lines());
        Reservation some = held(reserve(document, false));
        assertEquals(false, some.isComplete());
        assertEquals("10/10", balance());
        assertInstanceOf(
                Reserved.OutOfStock.class,
                reserve(new ReservationDocument("o-2", null, true, null, document.lines()), false));
    }

    @Test
    void giveBackWhatNobodyFetchedInTime() {
        Reservation soon = held(reserve(document("o-1", "6"), false));
        held(reserve(
                new ReservationDocument(
                        "o-2",
                        null,
                        false,
                        Fixtures.NOON.plus(Duration.ofHours(1)),
                        document("o-2", "3").lines()),
                false));
        ExpirySweep sweep = new ExpirySweep(hub.reservations, hub.settlingIntake, null, null, clock);
        assertEquals(0, sweep.sweep());
        clock.forward(Duration.ofMinutes(30));
        assertEquals(1, sweep.sweep());
        assertEquals("10/3", balance());
        assertEquals(Reservation.State.EXPIRED, stored(soon.id()).state());
        assertEquals(0, sweep.sweep());
        assertInstanceOf(Settled.NotHeld.class, settle(soon.id(), Kind.CONSUME, "SHIP-1", null));
        assertEquals(List.of(ReservationChanged.RESERVED, ReservationChanged.EXPIRED), told("o-1", "type"));
        clock.forward(Duration.ofMinutes(30));
        assertEquals(1, sweep.sweep());
        String first = told("o-1", "traceparent").get(1);
        String second = told("o-2", "traceparent").get(1);
        assertTrue(first.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), first);
        assertNotEquals(first, second, "a trace of its own for each run");
    }

    @Test
    void holdsForAChannelFromItsPoolOnly() {
        hub.rules.set(
                "operator",
                tenant,
                "shop-eu",
                "",
                new ChannelRule(0, BigDecimal.TEN, null, BigDecimal.ZERO, Set.of("hamburg-2")));
        ReservationDocument forShop = new ReservationDocument(
                "o-1", "shop-eu", false, null, document("o-1", "6").lines());
        assertEquals(new Reserved.OutsidePool(0, "berlin-1"), reserve(forShop, false));
        hub.rules.set(
                "operator",
                tenant,
                "shop-eu",
                "",
                new ChannelRule(0, BigDecimal.TEN, null, BigDecimal.ZERO, Set.of("berlin-1")));
        held(reserve(forShop, false));
    }

    /** In one batch: decided in the order of arrival, one write and one message for the row. */
    @Test
    void batchWritesItsRowOnce() {
        hub.broker.sent.clear();
        List<Reserved> answers = hub.reservationIntake.write(
                List.of(
                        request(document("a", "6"), false),
                        request(document("b", "6"), false),
                        request(document("c", "4"), false)),
                true);
        assertInstanceOf(Reserved.Held.class, answers.get(0));
        assertInstanceOf(Reserved.OutOfStock.class, answers.get(1));
        assertInstanceOf(Reserved.Held.class, answers.get(2));
        assertEquals("10/10", balance());
        assertEquals(
                1,
                hub.broker.sent.stream()
                        .filter(sent -> sent.get("type").equals("StockChanged.v1"))
                        .count());
        int before = hub.connection.statements();
        hub.reservationIntake.write(List.of(request(document("d", "1"), false)), true);
        int one = hub.connection.statements() - before;
        before = hub.connection.statements();
        hub.reservationIntake.write(
                IntStream.range(0, 100)
                        .mapToObj(n -> request(document("e" + n, "1"), false))
                        .toList(),
                true);
        assertTrue(hub.connection.statements() - before <= one + 4, "a number of statements whatever the size");
    }

    @Test
    void doesTheSameByCommand() {
        handled(ReserveStock.TYPE, "{\"reservation\":" + wire("6") + "}");
        handled(ReserveStock.TYPE, "{\"reservation\":" + wire("6") + "}");
        assertEquals("10/6", balance());
        assertEquals(
                InventoryError.RESERVATION_DIFFERS, parked(ReserveStock.TYPE, "{\"reservation\":" + wire("5") + "}"));
        handled(
                ConsumeStock.TYPE,
                "{\"reference\":\"o-1\",\"document\":\"S-1\",\"items\":[{\"sku\":\"MUG\",\"location\":\"berlin-1\",\"quantity\":4}]}");
        handled(ReleaseStock.TYPE, "{\"reference\":\"o-1\",\"document\":\"C-1\",\"items\":null}");
        assertEquals("6/0", balance());
        assertEquals(
                InventoryError.NOT_HELD, parked(ConsumeStock.TYPE, "{\"reference\":\"o-1\",\"document\":\"S-2\"}"));
        assertEquals(InventoryError.INVALID_STEP, parked(ConsumeStock.TYPE, "{\"reference\":\"o-1\"}"));
        assertEquals(List.of(), faults());
    }

    @Test
    void parksWhatIsDoneWithAReservationThatNobodyMade() {
        assertEquals(
                InventoryError.RESERVATION_NOT_FOUND,
                parked(ReleaseStock.TYPE, "{\"reference\":\"o-1\",\"document\":\"C-1\"}"));
    }

    /** Name and row of another one's transaction are left for later. */
    @Test
    void leavesANameThatIsInAnotherHandForLater() {
        hub.connection.commit();
        try (Fixtures.Hub other = new Fixtures.Hub(dataSource, clock)) {
            other.reservationIntake.write(List.of(request(document("o-1", "1"), false)), true);
            assertNull(reserve(document("o-1", "1"), false));
        }
    }

    private Reserved reserve(ReservationDocument document, boolean isCommand) {
        return hub.reservationIntake
                .write(List.of(request(document, isCommand)), true)
                .get(0);
    }

    private Request request(ReservationDocument document, boolean isCommand) {
        return new Request(tenant, document, Fixtures.TRACE, "", isCommand);
    }

    private static ReservationDocument document(String reference, String quantity) {
        return new ReservationDocument(
                reference,
                null,
                false,
                null,
                List.of(new Line("1", "MUG", "berlin-1", new BigDecimal(quantity).setScale(3), List.of())));
    }

    private static Reservation held(Reserved reserved) {
        return assertInstanceOf(Reserved.Held.class, reserved).reservation();
    }

    private Settled settle(String id, Kind kind, String document, String quantity) {
        List<StepDocument.Item> items = quantity == null
                ? List.of()
                : List.of(new StepDocument.Item("MUG", "berlin-1", new BigDecimal(quantity).setScale(3)));
        return hub.settlingIntake
                .write(
                        List.of(new Step(tenant, id, "", kind, new StepDocument(document, items), Fixtures.TRACE, "")),
                        true)
                .get(0);
    }

    private static void assertDone(boolean replayed, Settled settled) {
        assertEquals(replayed, assertInstanceOf(Settled.Done.class, settled).replayed());
    }

    private Reservation stored(String id) {
        return hub.reservations.find(id).orElseThrow();
    }

    private List<String> told(String reference, String property) {
        return hub.broker.sent.stream()
                .filter(sent -> sent.get("businessKey").equals(ReserveStock.businessKey(tenant, reference)))
                .map(sent -> sent.get(property).toString())
                .toList();
    }

    private String balance() {
        return hub.database
                .queryOne(
                        "select trim_scale(on_hand) || '/' || trim_scale(reserved) from position where tenant = ?",
                        row -> row.getString(1),
                        tenant)
                .orElseThrow();
    }

    private List<Verification.Fault> faults() {
        return new Verification(hub.database, hub.stock, hub.rules)
                .verify(tenant, "")
                .faults();
    }

    private static String wire(String quantity) {
        return "{\"reference\":\"o-1\",\"channel\":null,\"partial\":false,\"expiresAt\":null,\"lines\":[{\"lineId\":\"1\",\"sku\":\"MUG\","
                + "\"location\":\"berlin-1\",\"quantity\":" + quantity + ",\"components\":null}]}";
    }

    private void handled(String type, String body) {
        Verdict<InventoryCommands.Effect> verdict = handle(type, body);
        assertInstanceOf(Verdict.Handle.class, verdict, verdict::toString);
    }

    private Object parked(String type, String body) {
        return assertInstanceOf(Verdict.Park.class, handle(type, body)).code();
    }

    private Verdict<InventoryCommands.Effect> handle(String type, String body) {
        Envelope message = new Envelope(
                new Ulid(clock).next(),
                type,
                tenant,
                ReserveStock.businessKey(tenant, "o-1"),
                1,
                Fixtures.TRACE,
                "",
                "",
                body);
        InventoryCommands handler = hub.commands(clock);
        InventoryCommands.Facts facts = handler.load(List.of(message));
        Verdict<InventoryCommands.Effect> verdict = handler.decide(message, facts);
        if (verdict instanceof Verdict.Handle<InventoryCommands.Effect> good) {
            handler.write(List.of(new BatchHandler.Decided<>(message, good.effect())), facts);
        }
        return verdict;
    }
}
