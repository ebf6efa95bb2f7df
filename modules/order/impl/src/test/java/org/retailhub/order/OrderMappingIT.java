package org.retailhub.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.masterdata.api.Products;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.domain.Order;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.Placed;
import org.retailhub.order.domain.Placement;
import org.retailhub.order.domain.Placements;
import org.retailhub.order.domain.Waiting;
import org.retailhub.order.messaging.ErpVerdicts;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.testkit.OneConnection;
import org.retailhub.platform.testkit.RecordingBroker;

/** Intake, release, verdicts and the persistence unit on the migrated schema, as the application role. */
class OrderMappingIT {
    private static final Clock CLOCK = Clock.fixed(Fixtures.NOON, ZoneOffset.UTC);
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;
    private static EntityManagerFactory factory;

    private final RecordingBroker broker = new RecordingBroker();
    private final Set<String> knownSkus = new HashSet<>(Set.of("MUG", "CUP"));
    private String tenant;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
        dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("order_app"));
        factory = Persistence.createEntityManagerFactory(
                "order",
                Map.of(
                        "jakarta.persistence.transactionType",
                        "RESOURCE_LOCAL",
                        "jakarta.persistence.nonJtaDataSource",
                        dataSource));
    }

    @AfterAll
    static void stop() {
        factory.close();
        postgres.close();
    }

    @BeforeEach
    void tenantOfItsOwn(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void placesABatchWithItsMessages() {
        List<Placed> placed = place(
                Fixtures.placement(tenant, Fixtures.order("1", "MUG", "12.30")),
                Fixtures.placement(tenant, Fixtures.order("2", "CUP", "0.50")));

        OrderView first = view(placed.get(0));
        assertEquals(OrderStatus.POSTING, first.status());
        assertEquals(new BigDecimal("12.30"), first.grandTotal());
        assertEquals(1, first.version());
        assertEquals("2026-11-23T09:00:00Z", first.placedAt().toString());
        assertEquals(2, broker.sent.size());
        Map<String, Object> message = broker.sent.get(0);
        assertEquals(SalesDocument.POST, message.get("type"));
        assertEquals(first.orderId(), message.get("businessKey"));
        assertEquals(1L, message.get("sequence"));
        assertEquals(tenant, message.get("tenant"));
        assertEquals(
                List.of("accepted posting"),
                trace().of(first.orderId()).stream()
                        .map(h -> h.hop() + " " + h.detail())
                        .toList());
    }

    @Test
    void replaysAnEqualPlacement() {
        Placement placement = Fixtures.placement(tenant, Fixtures.order("1", "MUG", "12.30"));
        Placed.Accepted first = (Placed.Accepted) place(placement).get(0);
        Placed.Accepted again = (Placed.Accepted) place(placement).get(0);

        assertEquals(new Placed.Accepted(first.orderId(), OrderStatus.POSTING, true), again);
        assertEquals(1, broker.sent.size());
    }

    @Test
    void tellsWhatDiffersUnderTheSameNumber() {
        Placed.Accepted first = accept(Fixtures.order("1", "MUG", "12.30"));
        List<Placed> placed = place(
                Fixtures.placement(tenant, Fixtures.order("1", "CUP", "12.40")),
                Fixtures.placement(tenant, Fixtures.order("2", "MUG", "1.00")));

        assertEquals(
                new Placed.Differs(
                        first.orderId(), List.of("lines[0].sku", "lines[0].unitPrice", "totals.goods", "totals.grand")),
                placed.get(0));
        assertFalse(((Placed.Accepted) placed.get(1)).replayed());
    }

    @Test
    void keepsTenantsApart() {
        Placed.Accepted mine = accept(Fixtures.order("1", "MUG", "12.30"));
        Placed.Accepted theirs =
                (Placed.Accepted) place(Fixtures.placement(tenant + "-2", Fixtures.order("1", "CUP", "99.00")))
                        .get(0);

        assertNotEquals(mine.orderId(), theirs.orderId());
        assertEquals(List.of(mine.orderId()), search(query(null, 10)));
    }

    @Test
    void leavesAKeyThatSomebodyElseHoldsForLater() {
        Placement held = Fixtures.placement(tenant, Fixtures.order("1", "MUG", "12.30"));
        Placement free = Fixtures.placement(tenant, Fixtures.order("2", "MUG", "12.30"));
        try (OneConnection other = new OneConnection(dataSource)) {
            assertEquals(List.of(true), new Placements(new Database(other)).lock(List.of(held)));

            List<Placed> placed = place(held, free);

            assertNull(placed.get(0));
            assertFalse(((Placed.Accepted) placed.get(1)).replayed());
        }
        assertFalse(((Placed.Accepted) place(held).get(0)).replayed());
    }

    @Test
    void honoursTheCallersOwnKey() {
        Placement first = Fixtures.placement(tenant, Fixtures.order("1", "MUG", "12.30"), "k-1");
        Placed.Accepted placed = (Placed.Accepted) place(first).get(0);

        assertEquals(
                new Placed.Accepted(placed.orderId(), OrderStatus.POSTING, true),
                place(first).get(0));
        assertEquals(
                new Placed.KeyReused(placed.orderId()),
                place(Fixtures.placement(tenant, Fixtures.order("2", "MUG", "12.30"), "k-1"))
                        .get(0));
        assertFalse(
                ((Placed.Accepted) place(Fixtures.placement(tenant + "-2", Fixtures.order("2", "MUG", "12.30"), "k-1"))
                                .get(0))
                        .replayed());
    }

    @Test
    void leavesTheSecondUseOfAKeyInOneBatchForLater() {
        List<Placed> placed = place(
                Fixtures.placement(tenant, Fixtures.order("1", "MUG", "12.30"), "k"),
                Fixtures.placement(tenant, Fixtures.order("2", "MUG", "12.30"), "k"));

        assertFalse(((Placed.Accepted) placed.get(0)).replayed());
        assertNull(placed.get(1));
    }

    @Test
    void keepsATestOrderFromTheErp() {
        Placed.Accepted placed = accept(Fixtures.testOrder("1"));

        assertEquals(OrderStatus.NOT_FOR_ERP, placed.status());
        assertEquals(List.of(), broker.sent);
    }

    @Test
    void waitsForAnUnknownSkuAndReleasesItOnce() {
        Placed.Accepted placed = accept(Fixtures.order("1", "NEW", "12.30"));
        assertEquals(OrderStatus.AWAITING_MAPPING, placed.status());
        assertEquals(List.of("NEW"), new OrderBook(new Database(dataSource)).awaiting(placed.orderId()));
        assertEquals(List.of(), broker.sent);

        assertEquals(0, release(Set.of("OTHER")).size());
        List<OrderBook.Revision> released = release(Set.of("NEW"));

        assertEquals(1, released.size());
        assertEquals(OrderStatus.POSTING, view(placed).status());
        assertEquals(0, release(Set.of("NEW")).size());
        assertEquals(
                released.get(0).document(),
                new OrderBook(new Database(dataSource))
                        .carriedBy(List.of(placed.orderId()), List.of(1L))
                        .get(0)
                        .document());
    }

    @Test
    void findsAwaitedSkusPageByPage() {
        accept(Fixtures.order("1", "X-1", "1.00"));
        accept(Fixtures.order("2", "X-2", "1.00"));
        accept(Fixtures.order("3", "X-2", "1.00"));
        Waiting waiting = new Waiting(new Database(dataSource));
        List<Waiting.Awaited> all = new ArrayList<>();
        Waiting.Awaited after = null;
        for (List<Waiting.Awaited> page = waiting.awaited(after, 1);
                !page.isEmpty();
                page = waiting.awaited(after, 1)) {
            after = page.get(0);
            all.add(after);
        }
        assertEquals(
                List.of(new Waiting.Awaited(tenant, "X-1"), new Waiting.Awaited(tenant, "X-2")),
                all.stream().filter(one -> one.tenant().equals(tenant)).toList());
    }

    @Test
    void takesOrdersWhileMasterDataDoesNotAnswer() {
        Placed placed = place(Fixtures.notAnswering(), Fixtures.placement(tenant, Fixtures.order("1", "MUG", "1.00")))
                .get(0);

        assertEquals(OrderStatus.AWAITING_MAPPING, ((Placed.Accepted) placed).status());
    }

    @Test
    void movesByTheErpsVerdict() {
        Placed.Accepted posted = accept(Fixtures.order("1", "MUG", "1.00"));
        Placed.Accepted rejected = accept(Fixtures.order("2", "MUG", "2.00"));

        verdict(PostingEvent.ACKNOWLEDGED, posted.orderId(), "\"80001\"", "null");
        verdict(PostingEvent.REJECTED, rejected.orderId(), "null", "\"No Location\"");

        assertEquals(OrderStatus.POSTED, view(posted).status());
        assertEquals("80001", view(posted).documentNo());
        assertEquals(2, view(posted).version());
        assertEquals(OrderStatus.ERP_REJECTED, view(rejected).status());
        assertEquals("No Location", view(rejected).reason());

        verdict(PostingEvent.ACKNOWLEDGED, rejected.orderId(), "\"80002\"", "null");
        assertEquals(OrderStatus.POSTED, view(rejected).status());
        assertNull(view(rejected).reason());
    }

    @Test
    void parksAVerdictThatCannotBe() {
        Placed.Accepted placed = accept(Fixtures.order("1", "MUG", "1.00"));
        Verdict<OrderBook.Move> verdict = decide(PostingEvent.WITHDRAWN, placed.orderId(), "null", "null");

        assertEquals(OrderError.UNEXPECTED_VERDICT, ((Verdict.Park<OrderBook.Move>) verdict).code());
        assertTrue(decide("PostingForgotten.v1", placed.orderId(), "null", "null") instanceof Verdict.Park);
        assertTrue(decide(PostingEvent.WITHDRAWN, "unknown", "null", "null") instanceof Verdict.Hold);
    }

    @Test
    void changesAndCancelsBeforeAndAfterTheErpsDocument() {
        Placed.Accepted placed = accept(Fixtures.order("1", "MUG", "1.00"));
        boolean sent =
                inOrder(placed, order -> order.change(Fixtures.order("1", "CUP", "2.00"), true, false, Fixtures.NOON));

        assertTrue(sent);
        OrderView changed = view(placed);
        assertEquals(OrderStatus.CHANGING, changed.status());
        assertEquals(new BigDecimal("2.00"), changed.grandTotal());
        assertEquals(2, changed.revision());
        assertEquals(2, changed.version());
        assertEquals(2L, inOrder(placed, Order::postingSequence));
        assertEquals(
                OrderError.UNMAPPED_CHANGE,
                refusal(
                        placed,
                        order -> order.change(Fixtures.order("1", "NEW", "2.00"), false, false, Fixtures.NOON)));
        assertEquals(
                OrderError.ANOTHER_ORDER,
                refusal(placed, order -> order.change(Fixtures.order("2", "MUG", "2.00"), true, false, Fixtures.NOON)));
        assertEquals(
                OrderError.TEST_FLAG_CHANGED,
                refusal(placed, order -> order.change(Fixtures.testOrder("1"), true, false, Fixtures.NOON)));

        verdict(PostingEvent.ACKNOWLEDGED, placed.orderId(), "\"80001\"", "null");
        assertEquals(OrderStatus.POSTED, view(placed).status());
        assertEquals(true, inOrder(placed, order -> order.cancel("no more", Fixtures.NOON)));
        assertEquals(OrderStatus.CANCELLING, view(placed).status());
        assertEquals(3L, inOrder(placed, Order::postingSequence));
        assertEquals(OrderError.TOO_LATE, refusal(placed, order -> order.cancel("too late", Fixtures.NOON)));
    }

    @Test
    void isChangedWhenTheErpHasTheChangeAndNotWhenItHasWhatWasBefore() {
        Placed.Accepted placed = accept(Fixtures.order("1", "MUG", "1.00"));
        inOrder(placed, order -> order.change(Fixtures.order("1", "CUP", "2.00"), true, false, Fixtures.NOON));

        verdict(PostingEvent.ACKNOWLEDGED, placed.orderId(), "\"80001\"", "null,\"postingSequence\":1");
        assertEquals(OrderStatus.CHANGING, view(placed).status());
        assertEquals("80001", view(placed).documentNo());
        verdict(PostingEvent.ACKNOWLEDGED, placed.orderId(), "\"80001\"", "null,\"postingSequence\":2");
        assertEquals(OrderStatus.POSTED, view(placed).status());
    }

    @Test
    void isCancelledWhenTheErpHasReturnedIt() {
        Placed.Accepted placed = accept(Fixtures.order("1", "MUG", "1.00"));
        verdict(PostingEvent.ACKNOWLEDGED, placed.orderId(), "\"80001\"", "null,\"postingSequence\":1");
        inOrder(placed, order -> order.cancel("no more", Fixtures.NOON));

        verdict(PostingEvent.REJECTED, placed.orderId(), "\"80001\"", "\"Period closed\",\"postingSequence\":2");
        assertEquals(OrderStatus.CANCELLING, view(placed).status());
        assertEquals("Period closed", view(placed).reason());
        verdict(PostingEvent.WITHDRAWN, placed.orderId(), "\"80001\"", "\"corrected by R2\",\"postingSequence\":2");
        assertEquals(OrderStatus.CANCELLED, view(placed).status());
        assertEquals("corrected by R2", view(placed).reason());
        assertEquals("80001", view(placed).documentNo());
    }

    @Test
    void cancelsAWaitingOrderWithoutAMessage() {
        Placed.Accepted waiting = accept(Fixtures.order("1", "NEW", "1.00"));
        Placed.Accepted posting = accept(Fixtures.order("2", "MUG", "1.00"));

        assertEquals(false, inOrder(waiting, order -> order.cancel("no more", Fixtures.NOON)));
        assertEquals(true, inOrder(posting, order -> order.cancel("no more", Fixtures.NOON)));

        assertEquals(OrderStatus.CANCELLED, view(waiting).status());
        assertEquals(OrderStatus.CANCELLING, view(posting).status());
        assertEquals("no more", view(posting).reason());
    }

    @Test
    void findsPageByPageNewestFirst() {
        List<String> placed = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            placed.add(
                    0,
                    accept(Fixtures.order("N" + i, i == 2 ? "NEW" : "MUG", "1.00"))
                            .orderId());
        }
        placed.sort(java.util.Comparator.reverseOrder());
        List<String> found = new ArrayList<>(search(query(null, 3)));
        found.addAll(search(query(found.get(2), 3)));

        assertEquals(placed, found);
        assertEquals(
                1,
                search(new OrderBook.Query(tenant, Set.of(), null, OrderStatus.AWAITING_MAPPING, null, null, null, 10))
                        .size());
        assertEquals(
                1,
                search(new OrderBook.Query(tenant, Set.of("shop-eu"), "N3", null, null, null, null, 10))
                        .size());
        assertEquals(
                0,
                search(new OrderBook.Query(tenant, Set.of("pos"), null, null, null, null, null, 10))
                        .size());
        assertEquals(
                5,
                search(new OrderBook.Query(
                                tenant, Set.of(), null, null, Fixtures.NOON, Fixtures.NOON.plusMillis(1), null, 10))
                        .size());
        assertEquals(
                0,
                search(new OrderBook.Query(tenant, Set.of(), null, null, Fixtures.NOON.plusMillis(1), null, null, 10))
                        .size());
        assertEquals(
                0,
                search(new OrderBook.Query(tenant, Set.of(), null, null, null, Fixtures.NOON, null, 10))
                        .size());
    }

    @Test
    void rebuildsTheMessageAsItWasSent() {
        Placed.Accepted placed = accept(Fixtures.order("1", "MUG", "12.30"));
        Database database = new Database(dataSource);
        byte[] logged = database.queryOne(
                        "select body_hash from sent_message where destination = ? and business_key = ? and sequence = 1",
                        row -> row.getBytes(1),
                        ErpQueues.POSTINGS_IDEMPIERE,
                        placed.orderId())
                .orElseThrow();
        OrderBook.Revision revision = new OrderBook(database)
                .carriedBy(List.of(placed.orderId()), List.of(1L))
                .get(0);
        String body = Postings.body(
                placed.orderId(),
                revision.revision(),
                org.retailhub.order.canonical.OrderJson.read(revision.document()));

        assertArrayEquals(logged, MessageSender.sha256(body));
        assertEquals(broker.sent.get(0).get("body"), body);
    }

    private Placed.Accepted accept(org.retailhub.order.canonical.OrderDocument order) {
        return (Placed.Accepted) place(Fixtures.placement(tenant, order)).get(0);
    }

    private List<Placed> place(Placement... batch) {
        return place(Fixtures.knowing(knownSkus), batch);
    }

    private List<Placed> place(Products products, Placement... batch) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            Database database = new Database(transaction);
            Reception reception = new Assembly(database, broker, CLOCK).reception(products);
            OrderIntake intake = new OrderIntake(new Placements(database), reception, CLOCK);
            List<Placement> requests = List.of(batch);
            List<Placed> placed = intake.write(requests, intake.load(requests));
            transaction.commit();
            return placed;
        }
    }

    private List<OrderBook.Revision> release(Set<String> skus) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            Waiting waiting = new Waiting(new Database(transaction));
            List<OrderBook.Revision> ready = waiting.crossOff(
                            skus.stream()
                                    .map(sku -> new Waiting.Awaited(tenant, sku))
                                    .toList(),
                            200)
                    .ready();
            if (!ready.isEmpty()) {
                waiting.release(ready, OrderStatus.POSTING, Fixtures.NOON);
            }
            transaction.commit();
            return ready;
        }
    }

    private void verdict(String type, String orderId, String documentNo, String reason) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            ErpVerdicts verdicts = verdicts(new Database(transaction));
            Envelope message = event(type, orderId, documentNo, reason);
            Map<String, OrderBook.Standing> standings = verdicts.load(List.of(message));
            Verdict.Handle<OrderBook.Move> handle =
                    (Verdict.Handle<OrderBook.Move>) verdicts.decide(message, standings);
            verdicts.write(List.of(new BatchHandler.Decided<>(message, handle.effect())), standings);
            transaction.commit();
        }
    }

    private Verdict<OrderBook.Move> decide(String type, String orderId, String documentNo, String reason) {
        try (OneConnection transaction = new OneConnection(dataSource)) {
            ErpVerdicts verdicts = verdicts(new Database(transaction));
            Envelope message = event(type, orderId, documentNo, reason);
            return verdicts.decide(message, verdicts.load(List.of(message)));
        }
    }

    private ErpVerdicts verdicts(Database database) {
        return new Assembly(database, broker, CLOCK).verdicts();
    }

    private Envelope event(String type, String orderId, String documentNo, String reason) {
        return new Envelope("M", type, tenant, orderId, 1, Fixtures.TRACE, "", "shop-eu", """
                {"orderId":"%s","target":"idempiere","documentNo":%s,"documentId":null,"reason":%s,"at":"2026-11-23T12:00:00Z"}""".formatted(
                        orderId, documentNo, reason));
    }

    private static Trace trace() {
        return new Trace(new Database(dataSource), CLOCK);
    }

    private static OrderView view(Placed placed) {
        String orderId = ((Placed.Accepted) placed).orderId();
        return new OrderBook(new Database(dataSource)).byId(Set.of(orderId)).get(orderId);
    }

    private OrderBook.Query query(String before, int limit) {
        return new OrderBook.Query(tenant, Set.of(), null, null, null, null, before, limit);
    }

    private static List<String> search(OrderBook.Query query) {
        return new OrderBook(new Database(dataSource))
                .search(query).stream().map(OrderView::orderId).toList();
    }

    private static OrderError refusal(Placed.Accepted placed, Function<Order, Boolean> work) {
        return (OrderError)
                assertThrows(RetailException.class, () -> inOrder(placed, work)).code();
    }

    private static <T> T inOrder(Placed.Accepted placed, Function<Order, T> work) {
        try (EntityManager entities = factory.createEntityManager()) {
            entities.getTransaction().begin();
            T result = work.apply(entities.find(Order.class, placed.orderId()));
            entities.getTransaction().commit();
            return result;
        }
    }
}
