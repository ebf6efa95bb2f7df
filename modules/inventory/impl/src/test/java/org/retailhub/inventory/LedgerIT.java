package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.Movements.Recorded;
import org.retailhub.inventory.Movements.Telling;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.RecordMovement;
import org.retailhub.inventory.api.StockChanged;
import org.retailhub.inventory.canonical.WireMovement;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.messaging.InventoryCommands;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.testkit.Hands;

/** Movements into ledger, position and feed, on the migrated schema as the application role. */
class LedgerIT {
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final Hands clock = new Hands(Fixtures.NOON);
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
    }

    @Test
    void numbersTheMovementsOfAPositionAndSaysWhereEachLeftIt() {
        List<Recorded> answers = record(
                told(1, MovementKind.RECEIPT, "10"),
                told(2, MovementKind.SALE, "-3"),
                told(3, MovementKind.RETURN, "1"));
        assertEquals(
                List.of("1: 10", "2: 7", "3: 8"),
                answers.stream().map(LedgerIT::written).toList());
        assertEquals(
                "8.000 0 2.000 3",
                one(
                        "select on_hand || ' ' || reserved || ' ' || unknown_to_erp || ' ' || number from position where tenant = ?"));
    }

    @Test
    void recordsTheSameOnceAndNamesWhatDiffers() {
        record(told(1, MovementKind.RECEIPT, "10"));
        assertTrue(((Recorded.Written)
                        record(told(1, MovementKind.RECEIPT, "10.0")).get(0))
                .replayed());
        Recorded.Differs differs = assertInstanceOf(
                Recorded.Differs.class,
                record(Fixtures.telling(tenant, 1, MovementKind.ADJUSTMENT, "CUP", "-1"))
                        .get(0));
        assertEquals(List.of("kind", "sku", "quantity"), differs.fields());
        assertEquals("1", one("select count(*)::text from movement where tenant = ?"));
        assertEquals(
                "1 1 1", one("select movements || ' ' || duplicates || ' ' || conflicts from feed where tenant = ?"));
    }

    @Test
    void showsGapsReorderingsAndLateOnesOfAFeed() {
        record(told(1, MovementKind.RECEIPT, "10"), told(5, MovementKind.SALE, "-1"));
        assertEquals(List.of(new Feeds.Gap(2, 4, Fixtures.NOON)), feed().gaps());
        clock.forward(Duration.ofDays(3));
        record(told(3, MovementKind.SALE, "-1"));
        Feeds.Account feed = feed();
        assertEquals(
                List.of(2L, 2L, 4L, 4L),
                feed.gaps().stream()
                        .flatMap(gap -> List.of(gap.from(), gap.to()).stream())
                        .toList());
        assertEquals(
                List.of(1L, 5L, 3L, 1L, 1L, 2L),
                List.of(
                        feed.firstSequence(),
                        feed.highestSequence(),
                        feed.movements(),
                        feed.reordered(),
                        feed.late(),
                        feed.missing()));
        record(told(2, MovementKind.SALE, "-1"), told(4, MovementKind.SALE, "-1"));
        assertEquals(List.of(), feed().gaps());
        assertEquals("6", position());
    }

    @Test
    void countsAPositionInOneUnit() {
        record(told(1, MovementKind.RECEIPT, "10"));
        Telling inKilos = told(2, MovementKind.RECEIPT, "1");
        var movement = inKilos.movement();
        Recorded refused = record(new Telling(
                        tenant,
                        new org.retailhub.inventory.canonical.MovementDocument(
                                movement.feed(),
                                movement.sequence(),
                                null,
                                null,
                                movement.kind(),
                                movement.sku(),
                                movement.location(),
                                movement.quantity(),
                                "KG",
                                movement.occurredAt(),
                                null,
                                null,
                                null,
                                false),
                        Fixtures.TRACE))
                .get(0);
        assertEquals(new Recorded.OtherUnit("EA"), refused);
        assertEquals("10", position());
        assertFalse(((Recorded.Written) record(inKilos).get(0)).replayed(), "its number was not used up");
    }

    @Test
    void mayGoBelowZeroSinceWhatWasSoldElsewhereWasSold() {
        record(told(1, MovementKind.SALE, "-4"));
        assertEquals("-4", position());
    }

    @Test
    void tellsEachPositionOnceATransactionInItsSequence() {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, clock)) {
            hub.movementIntake.write(
                    List.of(told(1, MovementKind.RECEIPT, "10"), told(2, MovementKind.SALE, "-3")), true);
            hub.movementIntake.write(List.of(told(3, MovementKind.SALE, "-1")), true);
            hub.connection.commit();
            assertEquals(
                    List.of(Map.of("1", "7.000"), Map.of("2", "6.000")),
                    hub.broker.sent.stream()
                            .map(sent -> Map.of(
                                    sent.get("sequence").toString(),
                                    sent.get("body").toString().replaceAll(".*\"onHand\":([0-9.]+).*", "$1")))
                            .toList());
            assertEquals(
                    StockChanged.businessKey(tenant, "MUG", "berlin-1"),
                    hub.broker.sent.get(0).get("businessKey"));
        }
    }

    @Test
    void whatIsInTheLedgerStaysAsItIs() {
        record(told(1, MovementKind.RECEIPT, "10"));
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, clock)) {
            for (String sql : List.of("update movement set on_hand_change = 1", "delete from movement")) {
                RetailException refused = assertThrows(RetailException.class, () -> hub.database.update(sql));
                assertTrue(refused.detail().contains("permission denied"), refused::detail);
                hub.connection.rollback();
            }
        }
    }

    /** Two writers on one feed and SKU: the second waits for the first, and none is lost. */
    @Test
    void writersOfOnePositionFollowEachOther() throws InterruptedException {
        record(told(1, MovementKind.RECEIPT, "1"));
        try (Fixtures.Hub first = new Fixtures.Hub(dataSource, clock)) {
            first.movementIntake.write(List.of(told(2, MovementKind.RECEIPT, "10")), true);
            Thread second = new Thread(() -> record(told(3, MovementKind.RECEIPT, "100")));
            second.start();
            while (one("select count(*)::text from pg_locks where not granted and ? <> ''")
                    .equals("0")) {
                Thread.onSpinWait();
            }
            first.connection.commit();
            second.join();
        }
        assertEquals("111", position());
        assertEquals(
                "1 2 3", one("select string_agg(number::text, ' ' order by number) from movement where tenant = ?"));
    }

    /** A branch that a crash left prepared holds its rows; what needs them comes later, what does not goes on. */
    @Test
    void leavesWhatIsInDoubtForLaterAndGoesOnWithTheRest() throws SQLException {
        record(told(1, MovementKind.RECEIPT, "1"));
        record(Fixtures.telling(tenant, "pos-2", 1, MovementKind.RECEIPT, "CUP", "berlin-1", "1"));
        String branch = "in-doubt-" + tenant;
        try (Connection crashed = dataSource.getConnection();
                Statement statement = crashed.createStatement()) {
            statement.execute("begin");
            statement.execute("select from position where tenant = '" + tenant + "' and sku = 'MUG' for update");
            statement.execute("prepare transaction '" + branch + "'");
            try {
                while (one("select count(*)::text from pg_prepared_xacts"
                                + " where prepared < clock_timestamp() - interval '1 second' and ? <> ''")
                        .equals("0")) {
                    Thread.onSpinWait();
                }
                List<Recorded> answers = record(
                        told(2, MovementKind.RECEIPT, "1"),
                        Fixtures.telling(tenant, "pos-2", 2, MovementKind.RECEIPT, "CUP", "berlin-1", "1"));
                assertNull(answers.get(0));
                assertEquals("2: 2", written(answers.get(1)));
            } finally {
                statement.execute("rollback prepared '" + branch + "'");
            }
        }
        assertEquals("2: 2", written(record(told(2, MovementKind.RECEIPT, "1")).get(0)));
    }

    @Test
    void takesTheSameByCommandAndParksWhatDiffers() {
        assertInstanceOf(Verdict.Handle.class, handle(message("4711", "-2")));
        assertInstanceOf(Verdict.Handle.class, handle(message("4711", "-2")));
        assertEquals("1 1", one("select movements || ' ' || duplicates from feed where tenant = ?"));
        Verdict.Park<?> parked = assertInstanceOf(Verdict.Park.class, handle(message("4711", "-3")));
        assertEquals(InventoryError.MOVEMENT_DIFFERS, parked.code());
        assertTrue(parked.detail().endsWith("differs: quantity"), parked.detail());
    }

    @Test
    void parksWhatIsNoCommand() {
        Envelope good = message("1", "-2");
        assertEquals(
                RuntimeError.UNKNOWN_MESSAGE_TYPE,
                parked(with(good, "RecordMovement.v9", good.businessKey(), good.body())));
        assertEquals(RuntimeError.MALFORMED_MESSAGE, parked(with(good, good.type(), tenant + "/x/#1", good.body())));
        assertEquals(RuntimeError.MALFORMED_JSON, parked(with(good, good.type(), good.businessKey(), "{")));
        assertEquals(InventoryError.INVALID_MOVEMENT, parked(with(good, good.type(), good.businessKey(), "{}")));
        assertEquals(InventoryError.INVALID_MOVEMENT, parked(message("2", "2")));
    }

    private Object parked(Envelope message) {
        return assertInstanceOf(Verdict.Park.class, handle(message)).code();
    }

    private Envelope message(String sequence, String quantity) {
        String body = "{\"movement\":"
                + WireMovement.EXAMPLE.replace("4711", sequence).replace("\"-2\"", "\"" + quantity + "\"") + "}";
        return new Envelope(
                new Ulid(clock).next(),
                RecordMovement.TYPE,
                tenant,
                tenant + "/pos-berlin-1/#" + sequence + "/1",
                1,
                Fixtures.TRACE,
                "",
                "",
                body);
    }

    private static Envelope with(Envelope message, String type, String key, String body) {
        return new Envelope(message.messageId(), type, message.tenant(), key, 1, message.traceparent(), "", "", body);
    }

    private Verdict<InventoryCommands.Effect> handle(Envelope message) {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, clock)) {
            InventoryCommands handler = hub.commands(clock);
            InventoryCommands.Facts facts = handler.load(List.of(message));
            Verdict<InventoryCommands.Effect> verdict = handler.decide(message, facts);
            if (verdict instanceof Verdict.Handle<InventoryCommands.Effect> good) {
                handler.write(List.of(new BatchHandler.Decided<>(message, good.effect())), facts);
            }
            hub.connection.commit();
            return verdict;
        }
    }

    private Telling told(long sequence, MovementKind kind, String quantity) {
        return Fixtures.telling(tenant, sequence, kind, "MUG", quantity);
    }

    private List<@Nullable Recorded> record(Telling... tellings) {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, clock)) {
            List<@Nullable Recorded> answers = hub.movementIntake.write(Arrays.asList(tellings), true);
            hub.connection.commit();
            return answers;
        }
    }

    private static String written(Recorded recorded) {
        Recorded.Written written = assertInstanceOf(Recorded.Written.class, recorded);
        return written.row().number() + ": " + plain(written.row().onHandAfter());
    }

    private Feeds.Account feed() {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, clock)) {
            return new Feeds(hub.database).of(tenant, "", 10).get(0);
        }
    }

    private String position() {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, clock)) {
            return plain(new Ledger(hub.database)
                    .of(new PositionKey(tenant, "MUG", "berlin-1"), 0, 1)
                    .get(0)
                    .onHandAfter());
        }
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    private String one(String sql) {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, clock)) {
            return hub.database.queryOne(sql, row -> row.getString(1), tenant).orElseThrow();
        }
    }
}
