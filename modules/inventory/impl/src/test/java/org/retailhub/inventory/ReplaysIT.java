package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.inventory.Replays.Planned;
import org.retailhub.inventory.Replays.Replay;
import org.retailhub.inventory.Replays.State;
import org.retailhub.inventory.Replays.Wanted;
import org.retailhub.inventory.Reserving.Request;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.StockChanged;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Line;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sent.SentMessages;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.RecordingBroker;

/** What was told is told once more to one subscriber: as it was, as far as it is wanted, and nothing else changes. */
class ReplaysIT {
    private static final Clock CLOCK = Clock.fixed(Fixtures.NOON, ZoneOffset.UTC);
    private static final String PROBE = "inventory.events.probe";
    private static final Instant BEFORE = Fixtures.NOON.minusSeconds(60);
    private static final Instant AFTER = Fixtures.NOON.plusSeconds(60);
    private static final Set<String> EXCEPTED = Set.of("audit_entry", "trace_hop", "inbox", "replay");
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final RecordingBroker probe = new RecordingBroker();
    private final List<String> queues = new ArrayList<>(List.of(PROBE, "inventory.events.order"));
    private Optional<Map<String, Long>> handled = Optional.empty();
    private String tenant;
    private Fixtures.Hub hub;
    private Replays replays;

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
    void aDayOfStock(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName().toLowerCase(java.util.Locale.ROOT);
        hub = new Fixtures.Hub(dataSource, CLOCK);
        Ulid ids = new Ulid(CLOCK);
        replays = new Replays(hub.database, new Subscribers(new Probe()), hub.rules, hub.stock, ids);
        receive(1, "MUG", "10");
        receive(2, "MUG", "5");
        receive(3, "POT", "7");
        hub.reservationIntake.write(
                List.of(new Request(
                        tenant,
                        new ReservationDocument(
                                "order-1",
                                null,
                                false,
                                null,
                                List.of(new Line(
                                        "1", "MUG", "berlin-1", new java.math.BigDecimal("2.000"), List.of()))),
                        Fixtures.TRACE,
                        "",
                        false)),
                true);
        hub.connection.commit();
    }

    @AfterEach
    void close() {
        hub.database.update("update replay set state = 'done' where state = 'running'");
        hub.connection.commit();
        hub.close();
    }

    /** A subscriber whose queue is read here. */
    private final class Probe implements Subscribers.Outside {
        @Override
        public List<String> queues() {
            return queues;
        }

        @Override
        public SentMessages sender(String queue) {
            MessageSender sender = new MessageSender(
                    hub.database, probe.factory(), Map.of(InventoryQueues.EVENTS, probe.queue), CLOCK);
            return new SentMessages(hub.database, sender, Bodies.NONE, transactions(), new Trace(hub.database, CLOCK));
        }

        @Override
        public Insight insight(String module) {
            return handled.isEmpty()
                    ? null
                    : (Insight) Proxy.newProxyInstance(
                            ReplaysIT.class.getClassLoader(),
                            new Class<?>[] {Insight.class},
                            (proxy, method, arguments) -> method.getName().equals("handled") ? handled : null);
        }
    }

    private static Transactions transactions() {
        return new Transactions(
                (UserTransaction) Proxy.newProxyInstance(
                        ReplaysIT.class.getClassLoader(),
                        new Class<?>[] {UserTransaction.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("getStatus") ? Status.STATUS_NO_TRANSACTION : null),
                10);
    }

    private void receive(long number, String sku, String quantity) {
        hub.movementIntake.write(List.of(Fixtures.telling(tenant, number, MovementKind.RECEIPT, sku, quantity)), true);
    }

    private Wanted all() {
        return wanted(PROBE, "", "");
    }

    private Wanted wanted(String subscriber, String sku, String location) {
        return new Wanted(tenant, "INC-1", subscriber, BEFORE, AFTER, sku, location);
    }

    private Replay plan(Wanted wanted) {
        Planned planned = replays.plan("operator", wanted, replays.look(wanted));
        hub.connection.commit();
        return assertInstanceOf(Planned.Made.class, planned).replay();
    }

    private Replay run(Replay replay, Long canary, Long most, int rate) {
        replays.run("operator", tenant, replay.id(), canary, most, rate);
        hub.connection.commit();
        return now(replay);
    }

    /** As the loop does it, and as if no time had to pass between pages. */
    private Replay work(Replay replay) {
        for (int page = 0; page < 20 && now(replay).state() == State.RUNNING; page++) {
            hub.database.update("update replay set due_at = ?", Fixtures.NOON);
            replays.step();
            hub.connection.commit();
        }
        return now(replay);
    }

    private Replay now(Replay replay) {
        return replays.find(tenant, replay.id()).orElseThrow();
    }

    private String mug() {
        return StockChanged.businessKey(tenant, "MUG", "berlin-1");
    }

    /** A checksum of each table of the module. */
    private Map<String, String> tables() {
        Map<String, String> sums = new TreeMap<>();
        for (String table : hub.database.query(
                "select table_name from information_schema.tables where table_schema = 'inventory' and table_type = 'BASE TABLE'",
                row -> row.getString(1))) {
            if (!EXCEPTED.contains(table) && !table.startsWith("flyway")) {
                sums.put(
                        table,
                        hub.database
                                .queryOne(
                                        "select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') from "
                                                + table + " t",
                                        row -> row.getString(1))
                                .orElseThrow());
            }
        }
        return sums;
    }

    @Test
    void dryRunSaysWhatWouldBeSentAndTouchesNothing() {
        Map<String, String> before = tables();
        assertTrue(before.containsKey("position") && before.containsKey("sent_message"), before::toString);
        ReplayPlan plan = plan(all()).plan();
        assertEquals(before, tables());
        assertEquals(List.of(), probe.sent);
        assertEquals(5, plan.messages());
        assertEquals(3, plan.keys());
        assertEquals(Map.of("StockChanged.v1", 4L, "StockReserved.v1", 1L), plan.types());
        assertEquals(
                List.of(mug(), StockChanged.businessKey(tenant, "POT", "berlin-1"), tenant + "/order-1"),
                plan.someKeys());
        assertEquals(1, plan.first().sequence());
        assertEquals(Fixtures.NOON, plan.last().at());
        assertEquals(null, plan.handled());
    }

    @Test
    void dryRunSaysWhatTheSubscriberHasHandled() {
        handled = Optional.of(Map.of(mug(), 2L, tenant + "/order-1", 1L));
        ReplayPlan plan = replays.look(all());
        assertEquals(3, plan.handled());
        assertEquals(0, plan.waiting());
        // Its third message alone would wait for the first two.
        handled = Optional.of(Map.of());
        hub.database.update(
                "update sent_message set sent_at = ? where business_key = ? and sequence < 3",
                BEFORE.minusSeconds(1),
                mug());
        assertEquals(1, replays.look(all()).waiting());
        hub.connection.rollback();
    }

    @Test
    void runSendsTheOldMessagesAsTheyWereAndTouchesNothing() {
        List<Map<String, Object>> told = new ArrayList<>(hub.broker.sent);
        Replay replay = plan(all());
        Map<String, String> before = tables();
        run(replay, null, null, 100);
        Replay after = work(replay);
        assertEquals(State.DONE, after.state());
        assertEquals(5, after.sent());
        assertEquals(before, tables());
        assertEquals(Set.copyOf(told), Set.copyOf(probe.sent));
        assertEquals(told.size(), probe.sent.size());
        assertEquals(
                List.of(1L, 2L, 3L),
                probe.sent.stream()
                        .filter(each -> mug().equals(each.get("businessKey")))
                        .map(each -> each.get("sequence"))
                        .toList());
    }

    @Test
    void canaryPausesAndGoesOnWhereItWas() {
        Replay replay = plan(all());
        run(replay, 2L, null, 100);
        Replay canary = work(replay);
        assertEquals(State.PAUSED, canary.state());
        assertEquals("canary", canary.reason());
        assertEquals(2, probe.sent.size());
        run(replay, null, null, 100);
        assertEquals(State.DONE, work(replay).state());
        assertEquals(5, probe.sent.size());
        assertEquals(5, Set.copyOf(probe.sent).size(), "none is sent twice");
    }

    @Test
    void limitIsNeverPassed() {
        Replay replay = plan(all());
        run(replay, null, 3L, 100);
        assertEquals("limit", work(replay).reason());
        run(replay, null, 3L, 100);
        assertEquals("limit", work(replay).reason());
        assertEquals(3, probe.sent.size());
    }

    @Test
    void rateBoundsAPageAndTheWayToTheNext() {
        Replay replay = plan(all());
        run(replay, null, null, 2);
        assertEquals(Optional.of(Duration.ofSeconds(1)), replays.step());
        assertEquals(2, probe.sent.size());
        assertEquals(Optional.empty(), replays.step(), "the next is due in a second");
        hub.connection.commit();
    }

    @Test
    void stoppedOneSendsNothingMore() {
        Replay replay = plan(all());
        run(replay, null, null, 2);
        replays.step();
        replays.stop("operator", tenant, replay.id());
        hub.connection.commit();
        assertEquals("stopped by operator", work(replay).reason());
        assertEquals(2, probe.sent.size());
        assertEquals(Optional.empty(), replays.stop("operator", "somebody-else", replay.id()));
    }

    @Test
    void sameWishIsOneReplayAndAnotherOneIsRefused() {
        Replay first = plan(all());
        Planned again = replays.plan("operator", all(), replays.look(all()));
        assertEquals(
                first.id(), assertInstanceOf(Planned.Made.class, again).replay().id());
        Wanted other = wanted(PROBE, "MUG", "");
        assertEquals(
                List.of("sku"),
                assertInstanceOf(Planned.Differs.class, replays.plan("operator", other, replays.look(other)))
                        .fields());
        run(first, null, null, 100);
        work(first);
        run(first, null, null, 100);
        assertEquals(State.DONE, now(first).state(), "what is done is not begun anew");
        assertEquals(5, probe.sent.size());
        hub.connection.commit();
    }

    @Test
    void oneSkuAtOneLocationIsPositionsAndReservationsOfIt() {
        assertEquals(4, replays.look(wanted(PROBE, "MUG", "")).messages());
        assertEquals(4, replays.look(wanted(PROBE, "MUG", "berlin-1")).messages());
        assertEquals(0, replays.look(wanted(PROBE, "MUG", "hamburg-2")).messages());
        assertEquals(1, replays.look(wanted(PROBE, "POT", "berlin-1")).messages());
    }

    @Test
    void subscriberGetsOnlyWhatItIsFedWith() {
        ReplayPlan plan = replays.look(wanted("inventory.events.order", "", ""));
        assertEquals(Map.of("StockReserved.v1", 1L), plan.types());
    }

    @Test
    void timeHasAnEndThatIsNotInIt() {
        assertEquals(
                0,
                replays.look(new Wanted(tenant, "INC-1", PROBE, BEFORE, Fixtures.NOON, "", ""))
                        .messages());
        assertEquals(
                5,
                replays.look(new Wanted(tenant, "INC-1", PROBE, Fixtures.NOON, AFTER, "", ""))
                        .messages());
    }

    @Test
    void subscriberThatIsGonePausesIt() {
        Replay replay = plan(all());
        run(replay, null, null, 100);
        queues.remove(PROBE);
        Replay after = work(replay);
        assertEquals("there is no queue " + PROBE, after.reason());
        assertEquals(List.of(), probe.sent);
    }

    @Test
    void messageThatIsNotWhatItWasIsNotSentAndPausesIt() {
        Replay replay = plan(all());
        hub.database.update("update sent_message set body = '{}' where business_key = ? and sequence = 2", mug());
        hub.connection.commit();
        run(replay, null, null, 100);
        Replay after = work(replay);
        assertEquals(State.PAUSED, after.state());
        assertTrue(after.reason().startsWith("RUN-4009"), after::reason);
        assertEquals(4, probe.sent.size());
        run(replay, null, null, 100);
        assertEquals(State.DONE, work(replay).state());
    }

    @Test
    void eachDeedIsAudited() {
        Replay replay = plan(all());
        run(replay, 1L, null, 100);
        work(replay);
        run(replay, null, null, 100);
        work(replay);
        assertEquals(
                List.of("replay-done", "replay-planned", "replay-started", "replay-started"),
                hub.rules.deeds(tenant, null, 10).stream()
                        .map(Rules.Deed::action)
                        .sorted()
                        .toList());
        assertNotEquals(0, probe.sent.size());
    }
}
