package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
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
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Component;
import org.retailhub.inventory.canonical.ReservationDocument.Line;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.messaging.InventoryCommands;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;

/**
 * Many at once, each with a connection of its own, want more than there is: by the use case of the doors, on the migrated schema as the
 * application role. The control takes lock and guard away from the same code and must oversell.
 */
class NeverOversoldIT {
    private static final int BUYERS = 24;
    private static final Clock CLOCK = Clock.fixed(Fixtures.NOON, ZoneOffset.UTC);
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

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
    void oneUnitIsHeldByOneOfMany() {
        receive("MUG", "1");
        List<Reserved> answers = race(n -> hub -> reserve(hub, document("r" + n, line("MUG", "1"))));
        assertEquals(1, held(answers));
        assertEquals("1/1", balance("MUG"));
        assertEquals(List.of(), faults());
    }

    @Test
    void twinLinesAreOneWish() {
        receive("MUG", "7");
        List<Reserved> answers = race(n -> hub -> reserve(hub, document("r" + n, line("MUG", "1"), line("MUG", "1"))));
        assertEquals(3, held(answers));
        assertEquals("7/6", balance("MUG"));
        assertEquals(List.of(), faults());
    }

    @Test
    void bundlesAndSinglesShareTheirParts() {
        receive("MUG", "20");
        receive("POT", "4");
        List<Reserved> answers = race(n -> hub -> reserve(
                hub,
                n % 2 == 0
                        ? document("r" + n, bundle("1"))
                        // The other way round: whoever locked in the order of the lines would lock the others out.
                        : document("r" + n, line("POT", "1"), line("MUG", "1"))));
        assertTrue(held(answers) >= 4, "each part is wanted");
        assertEquals("4/4", balance("POT"));
        String[] mugs = balance("MUG").split("/");
        assertTrue(Integer.parseInt(mugs[1]) <= 20, mugs[1]);
        assertEquals(List.of(), faults());
    }

    @Test
    void whatIsGivenBackIsHeldByAnotherAndNeverByTwo() {
        receive("MUG", "1");
        List<Settled> cancelled = new ArrayList<>();
        List<Reserved> answers = race(n -> hub -> {
            Reserved mine = reserve(hub, document("r" + n, line("MUG", "1")));
            if (mine instanceof Reserved.Held one && n % 2 == 0) {
                Settled back = settle(hub, one.reservation().id(), Kind.RELEASE, "cancelled");
                synchronized (cancelled) {
                    cancelled.add(back);
                }
                return reserve(hub, document("again" + n, line("MUG", "1")));
            }
            return mine;
        });
        assertTrue(cancelled.stream().allMatch(Settled.Done.class::isInstance), cancelled::toString);
        assertTrue(held(answers) <= 1 + cancelled.size());
        assertTrue(List.of("1/0", "1/1").contains(balance("MUG")), balance("MUG"));
        assertEquals(List.of(), faults());
    }

    /** Half of them command it, half of them ask over HTTP: the same rows, by two kinds of batches that lock in one order. */
    @Test
    void bothDoorsAtOnceHoldNoMoreThanThereIs() {
        receive("MUG", "9");
        receive("POT", "6");
        race(n -> hub -> n % 2 == 0
                ? reserve(hub, document("r" + n, line("POT", "1"), line("MUG", "1")))
                : command(hub, document("r" + n, line("MUG", "1"), line("POT", "1"))));
        assertEquals("6/6", balance("POT"));
        assertEquals("9/6", balance("MUG"));
        assertEquals(List.of(), faults());
    }

    @Test
    void sameReferenceIsOneReservationHoweverManySendIt() {
        receive("MUG", "100");
        List<Reserved> answers = race(n -> hub -> reserve(hub, document("same", line("MUG", "1"))));
        assertEquals(BUYERS, held(answers));
        assertEquals(
                BUYERS - 1,
                answers.stream()
                        .filter(each -> each instanceof Reserved.Held one && one.replayed())
                        .count());
        assertEquals("100/1", balance("MUG"));
    }

    @Test
    void safetyStockIsNeverPromised() {
        receive("MUG", "5");
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, CLOCK)) {
            hub.rules.setSafety(
                    "operator", new PositionKey(tenant, "MUG", "berlin-1"), new BigDecimal("3.000"), Fixtures.TRACE);
            hub.connection.commit();
        }
        assertEquals(2, held(race(n -> hub -> reserve(hub, document("r" + n, line("MUG", "1"))))));
        assertEquals("5/2", balance("MUG"));
    }

    /** The database says no as well: to code that reads more than there is, and does not look again. */
    @Test
    void ledgerTakesNoReservationOfWhatIsNotThere() {
        receive("MUG", "1");
        try (Connection owner = DriverManager.getConnection(postgres.url("inventory_app"));
                Statement statement = owner.createStatement()) {
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> statement.execute(
                            "insert into movement select tenant, sku, location, 2, 'reservation', 0, 2, 1, 2, unit, feed, 'x', null,"
                                    + " null, null, now(), now(), null, null, null, true, '' from movement where tenant = '"
                                    + tenant
                                    + "'"));
            assertTrue(refused.getMessage().contains("movement_never_oversold"), refused::getMessage);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The same code without its lock and its guards, on a schema without the constraints behind them. */
    @Test
    void withoutLockAndGuardItOversells() throws SQLException {
        try (TemporaryPostgres other = LocalPostgres.startTemporary(Path.of("target"));
                Connection owner = DriverManager.getConnection(other.url("inventory_owner"));
                Statement statement = owner.createStatement()) {
            statement.execute("alter table movement drop constraint movement_pkey");
            statement.execute("alter table movement drop constraint movement_never_oversold");
            statement.execute("alter table sent_message drop constraint sent_message_pkey");
            PGSimpleDataSource its = Fixtures.application(other);
            DataSource unguarded =
                    rewriting(its, sql -> sql.replace(Positions.GUARD, "").replace(" for update of p", ""));
            int most = 0;
            for (int round = 0; round < 20 && most < 2; round++) {
                // What one round has sold, the next could not sell twice.
                String sku = "MUG-" + round;
                receive(its, sku, "1");
                most = held(race(unguarded, n -> hub -> reserve(hub, document(sku + "-" + n, line(sku, "1")))));
            }
            assertTrue(most > 1, "nothing was oversold: the race is none");
        }
    }

    /** What one buyer does. */
    private interface Deed {
        Reserved by(Fixtures.Hub hub);
    }

    private interface Deeds {
        Deed of(int buyer);
    }

    private List<Reserved> race(Deeds deeds) {
        return race(dataSource, deeds);
    }

    /** All connected before the first begins. */
    private List<Reserved> race(DataSource source, Deeds deeds) {
        ExecutorService buyers = Executors.newFixedThreadPool(BUYERS);
        CyclicBarrier begin = new CyclicBarrier(BUYERS);
        try {
            List<Callable<Reserved>> all = new ArrayList<>();
            for (int n = 0; n < BUYERS; n++) {
                Deed deed = deeds.of(n);
                all.add(() -> {
                    try (Fixtures.Hub hub = new Fixtures.Hub(source, CLOCK)) {
                        begin.await(30, TimeUnit.SECONDS);
                        return deed.by(hub);
                    }
                });
            }
            List<Reserved> answers = new ArrayList<>();
            for (Future<Reserved> each : buyers.invokeAll(all)) {
                answers.add(each.get());
            }
            return answers;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            buyers.shutdownNow();
        }
    }

    /** A name that somebody else has in hand is tried again, as the batcher does. */
    private Reserved reserve(Fixtures.Hub hub, ReservationDocument document) {
        while (true) {
            Reserved answer = reserveOnce(hub, document);
            if (answer != null) {
                return answer;
            }
            Thread.onSpinWait();
        }
    }

    /** As the drain does it. */
    private Reserved command(Fixtures.Hub hub, ReservationDocument document) {
        InventoryCommands handler = hub.commands(CLOCK);
        String lines = document.lines().stream()
                .map(line ->
                        "{\"lineId\":\"1\",\"sku\":\"" + line.sku() + "\",\"location\":\"berlin-1\",\"quantity\":1}")
                .collect(Collectors.joining(","));
        Envelope message = new Envelope(
                "m-" + tenant + document.reference(),
                ReserveStock.TYPE,
                tenant,
                ReserveStock.businessKey(tenant, document.reference()),
                1,
                Fixtures.TRACE,
                "",
                "",
                "{\"reservation\":{\"reference\":\"" + document.reference() + "\",\"lines\":[" + lines + "]}}");
        InventoryCommands.Facts facts = handler.load(List.of(message));
        Verdict.Handle<InventoryCommands.Effect> good =
                assertInstanceOf(Verdict.Handle.class, handler.decide(message, facts));
        handler.write(List.of(new BatchHandler.Decided<>(message, good.effect())), facts);
        hub.connection.commit();
        return new Reserved.OutOfStock(List.of());
    }

    private Reserved reserveOnce(Fixtures.Hub hub, ReservationDocument document) {
        Reserved answer = hub.reservationIntake
                .write(List.of(new Request(tenant, document, Fixtures.TRACE, "", false)), true)
                .get(0);
        hub.connection.commit();
        return answer;
    }

    private Settled settle(Fixtures.Hub hub, String id, Kind kind, String document) {
        Settled answer = hub.settlingIntake
                .write(
                        List.of(new Step(
                                tenant, id, "", kind, new StepDocument(document, List.of()), Fixtures.TRACE, "")),
                        true)
                .get(0);
        hub.connection.commit();
        return answer;
    }

    private static int held(List<Reserved> answers) {
        return (int) answers.stream().filter(Reserved.Held.class::isInstance).count();
    }

    private void receive(String sku, String quantity) {
        receive(dataSource, sku, quantity);
    }

    private void receive(DataSource source, String sku, String quantity) {
        try (Fixtures.Hub hub = new Fixtures.Hub(source, CLOCK)) {
            hub.movementIntake.write(
                    List.of(Fixtures.telling(tenant, "of-" + sku, 1, MovementKind.RECEIPT, sku, "berlin-1", quantity)),
                    true);
            hub.connection.commit();
        }
    }

    private static ReservationDocument document(String reference, Line... lines) {
        return new ReservationDocument(reference, null, false, null, List.of(lines));
    }

    private static Line line(String sku, String quantity) {
        return new Line("1", sku, "berlin-1", new BigDecimal(quantity).setScale(3), List.of());
    }

    private static Line bundle(String quantity) {
        return new Line(
                "1",
                "SET",
                "berlin-1",
                new BigDecimal(quantity).setScale(3),
                List.of(new Component("MUG", new BigDecimal("4.000")), new Component("POT", new BigDecimal("1.000"))));
    }

    /** On hand, held. */
    private String balance(String sku) {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, CLOCK)) {
            return hub.database
                    .queryOne(
                            "select trim_scale(on_hand) || '/' || trim_scale(reserved) from position where tenant = ? and sku = ?",
                            row -> row.getString(1),
                            tenant,
                            sku)
                    .orElseThrow();
        }
    }

    private List<Verification.Fault> faults() {
        try (Fixtures.Hub hub = new Fixtures.Hub(dataSource, CLOCK)) {
            return new Verification(hub.database, hub.stock, hub.rules)
                    .verify(tenant, "")
                    .faults();
        }
    }

    /** A datasource whose statements are written otherwise. */
    private static DataSource rewriting(DataSource source, UnaryOperator<String> other) {
        return proxy(DataSource.class, source, other);
    }

    private static <T> T proxy(Class<T> type, Object target, UnaryOperator<String> other) {
        return type.cast(Proxy.newProxyInstance(
                NeverOversoldIT.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")) {
                        arguments[0] = other.apply((String) arguments[0]);
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return method.getName().equals("getConnection")
                                ? proxy(Connection.class, result, other)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
