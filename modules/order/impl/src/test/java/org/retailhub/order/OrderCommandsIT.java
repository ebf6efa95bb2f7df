package org.retailhub.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.order.api.CancelOrder;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.order.api.ChangeOrder;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.api.PlaceOrder;
import org.retailhub.order.canonical.WireOrder;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.Placements;
import org.retailhub.order.messaging.OrderCommands;
import org.retailhub.order.messaging.OrderCommands.Effect;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.OneConnection;
import org.retailhub.platform.testkit.RecordingBroker;

/** What connectors want done, on the migrated schema as the application role. The way to the ERP is in the server's tests. */
class OrderCommandsIT {
    private static final Clock CLOCK = Clock.fixed(Fixtures.NOON, ZoneOffset.UTC);
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final RecordingBroker broker = new RecordingBroker();
    private final Set<String> knownSkus = new HashSet<>(Set.of("MUG", "CUP"));
    private final Ulid ids = new Ulid(CLOCK);
    private String tenant;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("order_app"));
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
    void placesAnOrderOnceWhateverIsSaidTwice() {
        handle(PlaceOrder.TYPE, "1", "MUG");
        handle(PlaceOrder.TYPE, "1", "MUG");

        assertEquals(OrderStatus.POSTING, view("1").status());
        assertEquals(1, broker.sent.size());
        assertEquals(1, count("select count(*) from orders where tenant = ?"));
    }

    @Test
    void parksAnotherContentUnderTheSameNumberWithWhatDiffers() {
        handle(PlaceOrder.TYPE, "1", "MUG");

        Verdict.Park<Effect> parked = assertInstanceOf(Verdict.Park.class, decide(PlaceOrder.TYPE, "1", "CUP"));
        assertEquals(OrderError.CONTENT_DIFFERS, parked.code());
        assertTrue(parked.detail().contains("lines[0].sku"), parked.detail());
    }

    @Test
    void placesWhatWasChangedBeforeItCame() {
        handle(ChangeOrder.TYPE, "1", "MUG");
        assertEquals(OrderStatus.POSTING, view("1").status());
    }

    @Test
    void keepsWhatWasCancelledBeforeItCameAndNeverPostsIt() {
        handle(CancelOrder.TYPE, "1", "MUG");

        assertEquals(OrderStatus.CANCELLED, view("1").status());
        assertEquals("changed my mind", view("1").reason());
        assertEquals(List.of(), broker.sent);
        assertInstanceOf(
                Effect.Nothing.class,
                assertInstanceOf(Verdict.Handle.class, decide(CancelOrder.TYPE, "1", "MUG"))
                        .effect());
        assertEquals(OrderError.TOO_LATE, parked(decide(ChangeOrder.TYPE, "1", "MUG")));
    }

    @Test
    void holdsAChangeToAnUnknownSkuUntilItIsKnown() {
        handle(PlaceOrder.TYPE, "1", "MUG");
        Verdict.Hold<Effect> held = assertInstanceOf(Verdict.Hold.class, decide(ChangeOrder.TYPE, "1", "NEW"));
        assertEquals(OrderError.UNMAPPED_CHANGE, held.code());

        knownSkus.add("NEW");
        assertInstanceOf(Verdict.Handle.class, decide(ChangeOrder.TYPE, "1", "NEW"));
    }

    @Test
    void parksAChangeThatMovesTheTimeOfPlacing() {
        handle(PlaceOrder.TYPE, "1", "MUG");
        Envelope change = message(ChangeOrder.TYPE, "1", "CUP");
        assertEquals(
                OrderError.ANOTHER_ORDER,
                parked(decide(with(change, change.businessKey(), change.body().replace("10:00:00", "10:00:01")))));
    }

    @Test
    void takesAChangeOfAWaitingOrderWithUnknownSkus() {
        handle(PlaceOrder.TYPE, "1", "NEW");
        assertEquals(OrderStatus.AWAITING_MAPPING, view("1").status());
        Verdict.Handle<Effect> change = assertInstanceOf(Verdict.Handle.class, decide(ChangeOrder.TYPE, "1", "OTHER"));
        assertEquals(Set.of("OTHER"), ((Effect.Change) change.effect()).unknown());
    }

    @Test
    void leavesAnOrderThatSomebodyElseHoldsForLater() {
        try (OneConnection other = new OneConnection(dataSource)) {
            OrderCommands.Facts facts =
                    handler(new Database(other)).load(List.of(message(PlaceOrder.TYPE, "1", "MUG")));
            assertEquals(Set.of(), facts.inDoubt());

            Verdict.Hold<Effect> held = assertInstanceOf(Verdict.Hold.class, decide(PlaceOrder.TYPE, "1", "MUG"));
            assertEquals(RuntimeError.KEY_IN_DOUBT, held.code());
        }
        assertInstanceOf(Verdict.Handle.class, decide(PlaceOrder.TYPE, "1", "MUG"));
    }

    @Test
    void parksWhatIsNoCommand() {
        assertEquals(RuntimeError.UNKNOWN_MESSAGE_TYPE, parked(decide("PlaceOrder.v9", "1", "MUG")));
        Envelope good = message(PlaceOrder.TYPE, "1", "MUG");
        assertEquals(
                RuntimeError.MALFORMED_MESSAGE,
                parked(decide(with(good, tenant + "/another/1", good.body()))),
                "of another order than its key says");
        assertEquals(OrderError.INVALID_ORDER, parked(decide(with(good, good.businessKey(), "{}"))));
        assertEquals(RuntimeError.MALFORMED_JSON, parked(decide(with(good, good.businessKey(), "{"))));
        assertEquals(
                OrderError.INVALID_ORDER,
                parked(decide(with(good, good.businessKey(), good.body().replaceFirst("12\\.30", "12.31")))),
                "sums that do not add up");
        assertEquals(
                OrderError.INVALID_CANCELLATION,
                parked(decide(with(
                        message(CancelOrder.TYPE, "1", "MUG"),
                        good.businessKey(),
                        good.body().replace("changed my mind", " ")))));
    }

    /** What others fill in is what the door reads: same names, part by part. */
    @Test
    void apiAndDoorKnowTheSameDocument() {
        assertEquals(shape(CanonicalOrder.class), shape(WireOrder.class));
    }

    private static Map<String, Object> shape(Class<?> type) {
        Map<String, Object> shape = new TreeMap<>();
        for (RecordComponent part : type.getRecordComponents()) {
            Class<?> inner = part.getType().isRecord() ? part.getType() : elementOf(part);
            shape.put(part.getName(), inner == null ? "value" : shape(inner));
        }
        return shape;
    }

    private static Class<?> elementOf(RecordComponent part) {
        return Arrays.stream(part.getDeclaringRecord().getDeclaredClasses())
                .filter(inner -> part.getGenericType().getTypeName().contains("$" + inner.getSimpleName() + ">"))
                .findFirst()
                .orElseGet(() -> Arrays.stream(
                                part.getDeclaringRecord().getEnclosingClass() == null
                                        ? new Class<?>[0]
                                        : part.getDeclaringRecord()
                                                .getEnclosingClass()
                                                .getDeclaredClasses())
                        .filter(inner ->
                                part.getGenericType().getTypeName().contains("$" + inner.getSimpleName() + ">"))
                        .findFirst()
                        .orElse(null));
    }

    private Envelope message(String type, String number, String sku) {
        String body = """
                {"order":{"channel":"shop-eu","channelOrderId":"%s","placedAt":"2026-11-23T10:00:00+01:00","currency":"EUR",
                 "test":false,"customer":null,"lines":[{"lineId":"1","sku":"%s","quantity":1,"unitPrice":"12.30"}],"charges":[],
                 "totals":{"goods":"12.30","grand":"12.30"},"metadata":{"name":"#1001"}},"reason":"changed my mind"}""".formatted(number, sku);
        return new Envelope(
                ids.next(),
                type,
                tenant,
                CanonicalOrder.businessKey(tenant, "shop-eu", number),
                1,
                Fixtures.TRACE,
                "",
                "shop-eu",
                body);
    }

    private static Envelope with(Envelope message, String businessKey, String body) {
        return new Envelope(
                message.messageId(),
                message.type(),
                message.tenant(),
                businessKey,
                1,
                message.traceparent(),
                "",
                message.channel(),
                body);
    }

    private Verdict<Effect> decide(String type, String number, String sku) {
        return decide(message(type, number, sku));
    }

    private Verdict<Effect> decide(Envelope message) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            OrderCommands handler = handler(new Database(transaction));
            return handler.decide(message, handler.load(List.of(message)));
        }
    }

    private void handle(String type, String number, String sku) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            OrderCommands handler = handler(new Database(transaction));
            Envelope message = message(type, number, sku);
            OrderCommands.Facts facts = handler.load(List.of(message));
            Verdict.Handle<Effect> verdict = assertInstanceOf(Verdict.Handle.class, handler.decide(message, facts));
            handler.write(List.of(new BatchHandler.Decided<>(message, verdict.effect())), facts);
            transaction.commit();
        }
    }

    private OrderCommands handler(Database database) {
        Assembly parts = new Assembly(database, broker, CLOCK);
        Reception reception = parts.reception(Fixtures.knowing(knownSkus));
        return new OrderCommands(
                new Placements(database), parts.book, reception, null, parts.shipmentCommands(), parts.trace, CLOCK);
    }

    private static ErrorCode parked(Verdict<Effect> verdict) {
        return assertInstanceOf(Verdict.Park.class, verdict).code();
    }

    private OrderView view(String number) {
        return new OrderBook(new Database(dataSource))
                .byChannelOrderId(tenant, "shop-eu", Set.of(number))
                .get(number);
    }

    private int count(String sql) {
        return new Database(dataSource)
                .queryOne(sql, row -> row.getInt(1), tenant)
                .orElseThrow();
    }
}
