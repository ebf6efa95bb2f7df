package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.api.MarkKnownToErp;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.StockMoved;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.messaging.InventoryCommands;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.testkit.Hands;

/** What the ERP is told of movements, and how what it does not know falls, on the migrated schema as the application role. */
class ErpKnowledgeIT {
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final Hands clock = new Hands(Fixtures.NOON);
    private String tenant;
    private int numbers;

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
    }

    @Test
    void tellsTheErpNothingBeforeSomebodySaysWhat() {
        record(movement(MovementKind.RECEIPT, "10", null, false), movement(MovementKind.SALE, "-1", null, false));
        assertEquals(List.of(), told());
    }

    @Test
    void tellsOnceWhatIsSetAndTheErpDoesNotKnow() throws JsonProcessingException {
        set("", "receipt", "adjustment", "sale");
        Telling receipt = movement(MovementKind.RECEIPT, "10", null, false);
        record(
                receipt,
                movement(MovementKind.RECEIPT, "5", null, true),
                movement(MovementKind.COUNT_CORRECTION, "1", null, false),
                movement(MovementKind.SALE, "-2", null, false));
        record(receipt);
        assertEquals(List.of("receipt 10.000", "sale -2.000"), told());
        Envelope first = messages().get(0);
        assertEquals("moved/" + tenant + "/pos-1/#1", first.businessKey());
        assertEquals(1, first.sequence());
        StockMoved moved = StrictJson.mapper().readValue(first.body(), StockMoved.class);
        assertEquals(Fixtures.NOON, moved.occurredAt());
        assertEquals("berlin-1", moved.location());
    }

    @Test
    void whatIsSetForALocationTakesThePlaceOfWhatIsSetForTheTenant() {
        set("", "receipt");
        set("berlin-1", "adjustment");
        record(movement(MovementKind.RECEIPT, "10", null, false), movement(MovementKind.ADJUSTMENT, "-1", null, false));
        assertEquals(List.of("adjustment -1.000"), told());
        set("berlin-1");
        record(movement(MovementKind.ADJUSTMENT, "-1", null, false));
        assertEquals(1, told().size());
        assertEquals(
                List.of(
                        "erp-movements-set berlin-1 none",
                        "erp-movements-set berlin-1 adjustment",
                        "erp-movements-set all receipt"),
                inHub(hub -> hub.rules.deeds(tenant, null, 10).stream()
                        .map(deed -> deed.action() + " " + deed.subject() + " " + deed.detail())
                        .toList()));
    }

    /** The order tells the ERP; but that it did has to be found out, so the movement is told whatever is set. */
    @Test
    void whatLeftForAnOrderIsToldToBeMatchedAndAReturnForAnOrderIsNot() {
        record(
                movement(MovementKind.RECEIPT, "10", null, true),
                movement(MovementKind.SALE, "-1", "order-1", false),
                movement(MovementKind.RETURN, "1", "order-1", false));
        consume("order-2", "SHIP-1", 3);
        assertEquals(List.of("consumption -3.000", "sale -1.000"), told());
        assertEquals("3.000", unknown());
    }

    @Test
    void whatTheErpDoesNotKnowFallsOnceByWhatItLearns() {
        record(
                movement(MovementKind.RECEIPT, "10", null, true),
                movement(MovementKind.SALE, "-4", null, false),
                movement(MovementKind.RETURN, "1", null, false),
                movement(MovementKind.ADJUSTMENT, "-1", null, false));
        consume("order-1", "SHIP-1", 2);
        assertEquals("5.000", unknown());
        assertEquals(List.of("done"), handle(known("pos-1", "#2")));
        assertEquals("1.000", unknown());
        assertEquals(
                List.of("done", "done", "done"),
                handle(known("pos-1", "#2"), known("pos-1", "#3"), known("pos-1", "#4")));
        assertEquals("2.000", unknown());
        String consumption = one("select source_key from movement where kind = 'consumption' and tenant = ?");
        handle(known(":reservations", consumption));
        assertEquals("0.000", unknown());
        assertEquals("4", one("select count(*)::text from known_to_erp where tenant = ?"));
        assertEquals(List.of(), inHub(hub -> new Verification(hub.database, hub.stock, hub.rules)
                .verify(tenant, "")
                .faults()));
    }

    @Test
    void aRebuiltPositionKeepsWhatTheErpKnows() {
        record(movement(MovementKind.SALE, "-4", null, false), movement(MovementKind.SALE, "-3", null, false));
        handle(known("pos-1", "#1"));
        assertEquals(List.of(), inHub(hub -> new Verification(hub.database, hub.stock, hub.rules)
                .rebuild("op", tenant, "")));
        inHub(hub -> hub.database.update("update position set unknown_to_erp = 99 where tenant = ?", tenant));
        inHub(hub -> new Verification(hub.database, hub.stock, hub.rules).rebuild("op", tenant, ""));
        assertEquals("3.000", unknown());
    }

    @Test
    void nobodyIsToldThatTheErpKnowsAndWhatIsNotThereWaits() {
        record(movement(MovementKind.SALE, "-4", null, false));
        long before = Long.parseLong(one("select event_sequence::text from position where tenant = ?"));
        handle(known("pos-1", "#1"));
        assertEquals(before, Long.parseLong(one("select event_sequence::text from position where tenant = ?")));
        assertEquals(List.of("hold INV-2030"), handle(known("pos-1", "#99")));
    }

    private Telling movement(MovementKind kind, String quantity, @Nullable String reference, boolean erpKnows) {
        return new Telling(
                tenant,
                new MovementDocument(
                        "pos-1",
                        (long) ++numbers,
                        null,
                        null,
                        kind,
                        "MUG",
                        "berlin-1",
                        new BigDecimal(quantity).setScale(3),
                        "EA",
                        Fixtures.NOON,
                        reference,
                        null,
                        null,
                        erpKnows),
                Fixtures.TRACE);
    }

    private void record(Telling... tellings) {
        inHub(hub -> hub.movementIntake.write(List.of(tellings), true));
    }

    private void set(String location, String... kinds) {
        clock.forward(Duration.ofSeconds(1));
        inHub(hub -> {
            new ErpMovementKinds(hub.database, hub.stock, hub.rules).set("op", tenant, location, Arrays.asList(kinds));
            return null;
        });
    }

    private void consume(String reference, String shipment, int pieces) {
        BigDecimal quantity = new BigDecimal(pieces).setScale(3);
        inHub(hub -> {
            ReservationDocument wanted = new ReservationDocument(
                    reference,
                    null,
                    false,
                    Fixtures.NOON.plusSeconds(600),
                    List.of(new ReservationDocument.Line("1", "MUG", "berlin-1", quantity, List.of())));
            hub.reservationIntake.write(
                    List.of(new Reserving.Request(tenant, wanted, Fixtures.TRACE, "", false)), true);
            return null;
        });
        inHub(hub -> hub.settlingIntake.write(
                List.of(new Settling.Step(
                        tenant,
                        "",
                        reference,
                        Settling.Kind.CONSUME,
                        new StepDocument(shipment, List.of()),
                        Fixtures.TRACE,
                        "")),
                true));
    }

    private Envelope known(String feed, String sourceKey) {
        return new Envelope(
                new Ulid(clock).next(),
                MarkKnownToErp.TYPE,
                tenant,
                MarkKnownToErp.businessKey(tenant, feed, sourceKey),
                1,
                Fixtures.TRACE,
                "cause",
                "",
                StockEvents.json(new MarkKnownToErp(feed, sourceKey, "idempiere", "1000017")));
    }

    private List<String> handle(Envelope... batch) {
        return inHub(hub -> {
            InventoryCommands commands = hub.commands(clock);
            InventoryCommands.Facts facts = commands.load(List.of(batch));
            List<String> verdicts = new ArrayList<>();
            List<BatchHandler.Decided<InventoryCommands.Effect>> good = new ArrayList<>();
            for (Envelope message : batch) {
                Verdict<InventoryCommands.Effect> verdict = commands.decide(message, facts);
                if (verdict instanceof Verdict.Handle<InventoryCommands.Effect> handle) {
                    good.add(new BatchHandler.Decided<>(message, handle.effect()));
                    verdicts.add("done");
                } else {
                    verdicts.add("hold "
                            + assertInstanceOf(Verdict.Hold.class, verdict)
                                    .code()
                                    .code());
                }
            }
            if (!good.isEmpty()) {
                commands.write(good, facts);
            }
            return verdicts;
        });
    }

    private interface Work<T> {
        T with(Fixtures.Hub hub);
    }

    private <T> T inHub(Work<T> work) {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, clock)) {
            T done = work.with(hub);
            hub.connection.commit();
            return done;
        }
    }

    /** By their keys: each movement has its own, so that there is no order among them. */
    private List<Envelope> messages() {
        return inHub(hub -> hub.database.query(
                "select message_id, business_key, sequence, body from sent_message where type = 'StockMoved.v1' and tenant = ? order by business_key",
                row -> new Envelope(
                        row.getString(1),
                        StockMoved.TYPE,
                        tenant,
                        row.getString(2),
                        row.getLong(3),
                        "",
                        "",
                        "",
                        row.getString(4)),
                tenant));
    }

    private List<String> told() {
        return messages().stream()
                .map(message -> StrictJson.readMessage(message.body(), StockMoved.class))
                .map(moved -> moved.kind() + " " + moved.quantity().setScale(3).toPlainString())
                .toList();
    }

    private String unknown() {
        return one("select unknown_to_erp::text from position where tenant = ?");
    }

    private String one(String sql) {
        return inHub(hub ->
                hub.database.queryOne(sql, row -> row.getString(1), tenant).orElseThrow());
    }
}
