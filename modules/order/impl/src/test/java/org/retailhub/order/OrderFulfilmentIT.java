package org.retailhub.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.api.ReleaseStock;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.masterdata.api.CustomerView;
import org.retailhub.masterdata.api.TaxCodeView;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStateChanged;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.WirePolicy;
import org.retailhub.order.canonical.WireTaxRules;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Need;
import org.retailhub.order.domain.OrderStock.Shortage;
import org.retailhub.order.domain.Placed;
import org.retailhub.order.domain.Placement;
import org.retailhub.order.domain.Placements;
import org.retailhub.order.messaging.ErpVerdicts;
import org.retailhub.order.messaging.StockAnswers;
import org.retailhub.order.sourcing.Explanation;
import org.retailhub.order.sourcing.SourcingDecision;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;
import org.retailhub.platform.testkit.RecordingBroker;

/** From an order whose stock is to be held to its posting, on the migrated schema as the application role; inventory answers by hand. */
class OrderFulfilmentIT {
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final Hands clock = new Hands(Fixtures.NOON);
    private final RecordingBroker broker = new RecordingBroker();
    /** What inventory says is there, by SKU and location. */
    private final Map<Availability.Place, Integer> there = new LinkedHashMap<>();

    private final Map<String, CustomerView> customers = new HashMap<>();
    private OneConnection connection;
    private Assembly parts;
    private OrderSourcing sweep;
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
    void assemble(TestInfo test) {
        tenant = test.getTestMethod().orElseThrow().getName();
        connection = new OneConnection(dataSource);
        Database database = new Database(connection);
        // What other tests left due is not this one's.
        database.update("update order_stock set due_at = null");
        parts = new Assembly(database, broker, clock);
        Lease lease = new Lease(database, "order-sourcing");
        lease.register();
        connection.commit();
        sweep = new OrderSourcing(
                parts.stockBook,
                parts.policies,
                completion(parts),
                new PlainSources(inventory()),
                new SourcingDecisions(parts.database),
                parts.fulfilment,
                new Transactions(new OnOneConnection(connection), 60),
                lease,
                clock);
    }

    @AfterEach
    void close() {
        connection.close();
    }

    private Availability inventory() {
        return new Availability() {
            @Override
            public Map<Place, Stock> at(String of, Set<Place> places) {
                Map<Place, Stock> found = new HashMap<>();
                there.forEach((place, quantity) -> {
                    if (of.equals(tenant) && places.contains(place)) {
                        BigDecimal amount = BigDecimal.valueOf(quantity);
                        found.put(place, new Stock(amount, BigDecimal.ZERO, BigDecimal.ZERO, amount, clock.instant()));
                    }
                });
                return found;
            }

            @Override
            public Map<Place, List<Expected>> expected(String of, Set<Place> places) {
                return Map.of();
            }

            @Override
            public Map<Place, Shown> forChannel(String of, String channel, Set<Place> places) {
                return Map.of();
            }

            @Override
            public Map<String, List<Place>> placesOf(String of, Set<String> skus) {
                Map<String, List<Place>> found = new HashMap<>();
                there.keySet().stream()
                        .filter(place -> of.equals(tenant) && skus.contains(place.sku()))
                        .forEach(place -> found.computeIfAbsent(place.sku(), sku -> new java.util.ArrayList<>())
                                .add(place));
                return found;
            }
        };
    }

    private Completion completion(Assembly of) {
        return new Completion(
                of.database,
                new TaxTables(of.database, clock),
                (owner, ids) -> {
                    Map<String, CustomerView> found = new HashMap<>(customers);
                    found.keySet().retainAll(ids);
                    return found;
                },
                (owner, codes) -> codes.contains("DE-19")
                        ? Map.of("DE-19", new TaxCodeView("DE-19", new BigDecimal("19.00"), "DE", null, null, true))
                        : Map.of());
    }

    private void stock(String sku, String location, int quantity) {
        there.put(new Availability.Place(sku, location), quantity);
    }

    private void policy(String json) {
        parts.policies.set(
                "ops",
                tenant,
                "shop-eu",
                StrictJson.read(json.getBytes(StandardCharsets.UTF_8), WirePolicy.class)
                        .checked(0, "shop-eu"));
        connection.commit();
        parts.policies.forget();
    }

    private static OrderDocument order(String number, int mugs) {
        String goods = BigDecimal.valueOf(5L * mugs).setScale(2).toPlainString();
        return OrderCheck.parse(
                """
                {"channel":"shop-eu","channelOrderId":"%s","placedAt":"2026-11-23T10:00:00+01:00","currency":"EUR",
                 "customer":{"reference":"C-1","name":"A. Buyer"},"shipTo":{"country":"DE","city":"Kassel"},
                 "lines":[{"lineId":"1","sku":"MUG","quantity":%d,"unitPrice":"5.00"}],
                 "totals":{"goods":"%s","grand":"%s"}}""".formatted(number, mugs, goods, goods).getBytes(StandardCharsets.UTF_8), Fixtures.NOON);
    }

    private String place(String number, int mugs) {
        OrderIntake intake = new OrderIntake(
                new Placements(parts.database), parts.reception(Fixtures.knowing(new HashSet<>(Set.of("MUG")))), clock);
        List<Placement> batch = List.of(Fixtures.placement(tenant, order(number, mugs)));
        Placed placed = intake.write(batch, intake.load(batch)).get(0);
        connection.commit();
        return ((Placed.Accepted) placed).orderId();
    }

    private Verdict<StockAnswers.Effect> answer(
            String type, String reference, String sku, String location, int quantity) {
        StockAnswers answers = parts.answers();
        ReservationChanged event = new ReservationChanged(
                tenant,
                "R-" + reference,
                reference,
                "shop-eu",
                null,
                List.of(new ReservationChanged.Item(sku, location, BigDecimal.valueOf(quantity))),
                clock.instant());
        Envelope message = new Envelope(
                "E-" + type,
                type,
                tenant,
                ReserveStock.businessKey(tenant, reference),
                1,
                Fixtures.TRACE,
                "",
                "shop-eu",
                json(event));
        StockAnswers.Facts facts = answers.load(List.of(message));
        Verdict<StockAnswers.Effect> verdict = answers.decide(message, facts);
        if (verdict instanceof Verdict.Handle<StockAnswers.Effect> handle) {
            answers.write(List.of(new BatchHandler.Decided<>(message, handle.effect())), facts);
        }
        connection.commit();
        return verdict;
    }

    private void reserved(String reference, int quantity) {
        answer(ReservationChanged.RESERVED, reference, "MUG", "berlin", quantity);
    }

    private void verdict(String type, String orderId) {
        ErpVerdicts verdicts = parts.verdicts();
        Envelope message =
                new Envelope("M", type, tenant, orderId, 1, Fixtures.TRACE, "", "shop-eu", """
                {"orderId":"%s","target":"idempiere","documentNo":null,"documentId":null,"reason":null,"at":"2026-11-23T12:00:00Z"}""".formatted(orderId));
        Map<String, OrderBook.Standing> standings = verdicts.load(List.of(message));
        Verdict.Handle<OrderBook.Move> handle = (Verdict.Handle<OrderBook.Move>) verdicts.decide(message, standings);
        verdicts.write(List.of(new BatchHandler.Decided<>(message, handle.effect())), standings);
        connection.commit();
    }

    private static String json(Object body) {
        try {
            return StrictJson.mapper().writeValueAsString(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private OrderView view(String orderId) {
        return parts.book.byId(Set.of(orderId)).get(orderId);
    }

    private OrderStatus status(String orderId) {
        return view(orderId).status();
    }

    /** Types with business key and number, in the order of their sending. */
    private List<String> sent() {
        return broker.sent.stream()
                .map(message -> message.get("type") + " " + message.get("businessKey") + " #" + message.get("sequence"))
                .map(text -> text.replace(tenant + "/", ""))
                .toList();
    }

    private String body(int message) {
        return (String) broker.sent.get(message).get("body");
    }

    private List<Shortage> shortages(String orderId) {
        return parts.stockBook.shortages(orderId);
    }

    @Test
    void sendsAnOrderWithoutPolicyStraightToTheErp() {
        String id = place("1", 1);

        assertEquals(OrderStatus.POSTING, status(id));
        assertEquals(List.of(SalesDocument.POST + " " + id + " #1"), sent());
    }

    @Test
    void holdsStockBeforeItPosts() {
        policy("{\"mode\":\"reserve\",\"locations\":[\"berlin\"]}");
        stock("MUG", "berlin", 5);

        String id = place("1", 2);
        assertEquals(OrderStatus.SOURCING, status(id));
        assertEquals(List.of(), sent());

        sweep.step();
        assertEquals(OrderStatus.RESERVING, status(id));
        assertEquals(List.of(ReserveStock.TYPE + " " + id + " #1"), sent());
        assertTrue(
                body(0).contains(
                                "\"lines\":[{\"lineId\":\"1\",\"sku\":\"MUG\",\"location\":\"berlin\",\"quantity\":2.000"),
                body(0));
        assertTrue(body(0).contains("\"expiresAt\":\"2027-02-21T12:00:00Z\""), body(0));

        reserved(id, 2);
        assertEquals(OrderStatus.POSTING, status(id));
        assertEquals(SalesDocument.POST + " " + id + " #1", sent().get(1));
        assertEquals(
                List.of("accepted", "sourced", "stock-reserved"),
                parts.trace.of(id).stream().map(hop -> hop.hop()).toList());
        assertEquals(
                "posting, was reserving: " + id + ": 2 MUG at berlin",
                parts.trace.of(id).get(2).detail());
    }

    @Test
    void looksForNothingTwice() {
        policy("{\"mode\":\"reserve\"}");
        stock("MUG", "berlin", 5);
        String id = place("1", 2);
        sweep.step();
        clock.forward(Duration.ofDays(1));
        sweep.step();

        assertEquals(List.of(ReserveStock.TYPE + " " + id + " #1"), sent());
    }

    @Test
    void anAnswerThatComesTwicePostsOnce() {
        policy("{\"mode\":\"reserve\"}");
        stock("MUG", "berlin", 5);
        String id = place("1", 2);
        sweep.step();
        reserved(id, 2);
        reserved(id, 2);

        assertEquals(2, sent().size());
        assertEquals(OrderStatus.POSTING, status(id));
    }

    @Test
    void whatIsRolledBackIsSentAgainAsItWas() {
        policy("{\"mode\":\"reserve\"}");
        stock("MUG", "berlin", 5);
        String id = place("1", 2);
        OneConnection other = new OneConnection(dataSource);
        try (other) {
            Database elsewhere = new Database(other);
            Assembly theirs = new Assembly(elsewhere, broker, clock);
            OrderSourcing failing = new OrderSourcing(
                    theirs.stockBook,
                    theirs.policies,
                    completion(theirs),
                    new PlainSources(inventory()),
                    new SourcingDecisions(theirs.database),
                    theirs.fulfilment,
                    new Transactions(new OnOneConnectionThatFails(other), 60),
                    new Lease(elsewhere, "order-sourcing"),
                    clock);
            assertTrue(failing.step().failed());
        }
        assertEquals(OrderStatus.SOURCING, status(id));
        sweep.step();

        assertEquals(OrderStatus.RESERVING, status(id));
        assertEquals(broker.sent.get(0).get("messageId"), broker.sent.get(1).get("messageId"));
        assertEquals(body(0), body(1));
    }

    @Test
    void looksElsewhereWhenSomebodyWasFasterAndNotForEver() {
        policy("{\"mode\":\"reserve\",\"locations\":[\"berlin\",\"hamburg\"],\"attempts\":1}");
        stock("MUG", "berlin", 5);
        stock("MUG", "hamburg", 5);
        String id = place("1", 2);
        sweep.step();

        answer(ReservationChanged.REFUSED, id, "MUG", "berlin", 2);
        assertEquals(OrderStatus.SOURCING, status(id));
        sweep.step();
        assertEquals(ReserveStock.TYPE + " " + id + "-2 #1", sent().get(1));
        assertTrue(body(1).contains("hamburg"), body(1));

        answer(ReservationChanged.REFUSED, id + "-2", "MUG", "hamburg", 2);
        sweep.step();
        assertEquals(OrderStatus.BACKORDERED, status(id));
        assertEquals("not enough of MUG", view(id).reason());
        assertEquals(2, sent().size());
    }

    @Test
    void waitsForStockAndTakesItWhenItComes() {
        policy("{\"mode\":\"reserve\",\"onShortage\":\"backorder\"}");
        stock("MUG", "berlin", 1);
        String id = place("1", 2);
        sweep.step();
        assertEquals(OrderStatus.BACKORDERED, status(id));
        assertEquals(List.of(), sent());
        assertEquals(List.of(new Shortage("1", "MUG", new BigDecimal("1"))), shortages(id));

        stock("MUG", "berlin", 2);
        sweep.step();
        assertEquals(OrderStatus.BACKORDERED, status(id), "not due yet");
        clock.forward(OrderSourcing.AGAIN);
        sweep.step();
        assertEquals(OrderStatus.RESERVING, status(id));
        reserved(id, 2);
        assertEquals(OrderStatus.POSTING, status(id));
        assertEquals(List.of(), shortages(id));
        assertNull(view(id).reason());
    }

    @Test
    void whatArrivesGoesToWhoWaitedLongest() {
        policy("{\"mode\":\"reserve\"}");
        List<String> ids =
                List.of(place("a", 1), place("b", 1)).stream().sorted().toList();
        sweep.step();
        stock("MUG", "berlin", 1);
        clock.forward(OrderSourcing.AGAIN);
        sweep.step();

        assertEquals(OrderStatus.RESERVING, status(ids.get(0)));
        assertEquals(OrderStatus.BACKORDERED, status(ids.get(1)));
    }

    @Test
    void holdsWhatThereIsAndWaitsForTheRest() {
        policy("{\"mode\":\"reserve\",\"onShortage\":\"split\",\"postWhen\":\"complete\"}");
        stock("MUG", "berlin", 1);
        String id = place("1", 3);
        sweep.step();
        reserved(id, 1);
        assertEquals(OrderStatus.BACKORDERED, status(id));
        assertEquals(List.of(new Shortage("1", "MUG", new BigDecimal("2"))), shortages(id));

        clock.forward(OrderSourcing.AGAIN);
        stock("MUG", "berlin", 2);
        sweep.step();
        assertEquals(ReserveStock.TYPE + " " + id + "-2 #1", sent().get(1));
        reserved(id + "-2", 2);
        assertEquals(OrderStatus.POSTING, status(id));
    }

    @Test
    void postsWithAPartHeldIfThePolicySaysSo() {
        policy("{\"mode\":\"reserve\",\"onShortage\":\"split\",\"postWhen\":\"reserved\"}");
        stock("MUG", "berlin", 1);
        String id = place("1", 3);
        sweep.step();
        reserved(id, 1);
        assertEquals(OrderStatus.POSTING, status(id));

        clock.forward(OrderSourcing.AGAIN);
        stock("MUG", "berlin", 2);
        sweep.step();
        reserved(id + "-2", 2);
        assertEquals(OrderStatus.POSTING, status(id), "moves no more by its stock");
        assertEquals(List.of(), shortages(id));
        assertEquals(3, sent().size());
    }

    @Test
    void refusesWhatItsChannelDoesNotWaitFor() {
        policy("{\"mode\":\"reserve\",\"onShortage\":\"cancel\",\"events\":true}");
        String id = place("1", 1);
        sweep.step();

        assertEquals(OrderStatus.REFUSED, status(id));
        assertEquals("not enough of MUG", view(id).reason());
        assertEquals(
                List.of(OrderStateChanged.TYPE + " " + id + " #1", OrderStateChanged.TYPE + " " + id + " #2"), sent());
        assertTrue(body(1).contains("\"status\":\"refused\""), body(1));
    }

    @Test
    void tellsEachStateInOrderIfThePolicySaysSo() {
        policy("{\"mode\":\"reserve\",\"events\":true}");
        stock("MUG", "berlin", 5);
        String id = place("1", 1);
        sweep.step();
        reserved(id, 1);
        verdict(PostingEvent.ACKNOWLEDGED, id);

        assertEquals(
                List.of("sourcing", "reserving", "posting", "posted"),
                broker.sent.stream()
                        .filter(message -> message.get("type").equals(OrderStateChanged.TYPE))
                        .map(message -> read((String) message.get("body")).status())
                        .toList());
        assertEquals(
                List.of(1L, 2L, 3L, 4L),
                broker.sent.stream()
                        .filter(message -> message.get("type").equals(OrderStateChanged.TYPE))
                        .map(message -> message.get("sequence"))
                        .toList());
    }

    private static OrderStateChanged read(String body) {
        return StrictJson.readMessage(body, OrderStateChanged.class);
    }

    @Test
    void givesBackTheStockOfAPostingThatWasTakenBack() {
        policy("{\"mode\":\"reserve\"}");
        stock("MUG", "berlin", 5);
        String id = place("1", 1);
        sweep.step();
        reserved(id, 1);
        parts.book.lock(List.of(id));
        parts.book.move(List.of(new OrderBook.Move(id, tenant, OrderStatus.CANCELLING, null, null)), clock.instant());
        connection.commit();

        verdict(PostingEvent.WITHDRAWN, id);

        assertEquals(OrderStatus.CANCELLED, status(id));
        assertEquals(ReleaseStock.TYPE + " " + id + " #2", sent().get(2));
        assertTrue(body(2).contains("\"document\":\"cancelled\""), body(2));
    }

    @Test
    void aChangeKeepsWhatItNeedsAndLooksForTheRest() {
        policy("{\"mode\":\"reserve\",\"onShortage\":\"split\"}");
        stock("MUG", "berlin", 2);
        String id = place("1", 3);
        sweep.step();
        reserved(id, 2);

        parts.book.lock(List.of(id));
        parts.fulfilment.changed(id, order("1", 1), 2, Fixtures.TRACE);
        connection.commit();

        assertEquals(ReleaseStock.TYPE + " " + id + " #2", sent().get(1));
        assertTrue(
                body(1).contains("\"items\":[{\"sku\":\"MUG\",\"location\":\"berlin\",\"quantity\":1.000}]"), body(1));
        assertEquals(List.of(), shortages(id));
    }

    @Test
    void looksAnewForWhatExpired() {
        policy("{\"mode\":\"reserve\",\"onShortage\":\"split\"}");
        stock("MUG", "berlin", 1);
        String id = place("1", 2);
        sweep.step();
        reserved(id, 1);
        answer(ReservationChanged.EXPIRED, id, "MUG", "berlin", 1);
        assertEquals(OrderStatus.SOURCING, status(id));

        stock("MUG", "berlin", 2);
        sweep.step();
        assertEquals(OrderStatus.RESERVING, status(id));
        assertEquals(ReserveStock.TYPE + " " + id + "-2 #1", sent().get(1));
    }

    @Test
    void waitsWhileInventoryDoesNotAnswer() {
        policy("{\"mode\":\"reserve\"}");
        String id = place("1", 1);
        Availability down = new Availability() {
            @Override
            public Map<Place, Stock> at(String of, Set<Place> places) {
                throw new jakarta.ejb.EJBException("for a test");
            }

            @Override
            public Map<Place, List<Expected>> expected(String of, Set<Place> places) {
                throw new jakarta.ejb.EJBException("for a test");
            }

            @Override
            public Map<Place, Shown> forChannel(String of, String channel, Set<Place> places) {
                throw new jakarta.ejb.EJBException("for a test");
            }

            @Override
            public Map<String, List<Place>> placesOf(String of, Set<String> skus) {
                throw new jakarta.ejb.EJBException("for a test");
            }
        };
        OrderSourcing without = new OrderSourcing(
                parts.stockBook,
                parts.policies,
                completion(parts),
                new PlainSources(down),
                new SourcingDecisions(parts.database),
                parts.fulfilment,
                new Transactions(new OnOneConnection(connection), 60),
                new Lease(parts.database, "order-sourcing"),
                clock);
        assertTrue(without.step().failed());
        assertEquals(OrderStatus.SOURCING, status(id));

        stock("MUG", "berlin", 1);
        sweep.step();
        assertEquals(OrderStatus.RESERVING, status(id));
    }

    @Test
    void passesOverWhatOthersHold() {
        Verdict<StockAnswers.Effect> verdict = answer(ReservationChanged.RESERVED, "basket-17", "MUG", "berlin", 1);

        assertNull(
                assertInstanceOf(Verdict.Handle.class, verdict).effect() instanceof StockAnswers.Effect effect
                        ? effect.order()
                        : "no effect");
        assertEquals(List.of(), sent());
    }

    @Test
    void parksWhatIsNoAnswer() {
        StockAnswers answers = parts.answers();
        Envelope message =
                new Envelope("E", "StockVanished.v1", tenant, tenant + "/x", 1, Fixtures.TRACE, "", "shop-eu", "{}");
        assertInstanceOf(Verdict.Park.class, answers.decide(message, answers.load(List.of(message))));
    }

    @Test
    void parksAnAnswerForAnotherTenantsOrder() {
        policy("{\"mode\":\"reserve\"}");
        stock("MUG", "berlin", 5);
        String id = place("1", 1);
        sweep.step();
        String mine = tenant;
        tenant = "another";
        Verdict<StockAnswers.Effect> verdict = answer(ReservationChanged.RESERVED, id, "MUG", "berlin", 1);
        tenant = mine;

        assertEquals(
                OrderError.UNEXPECTED_STOCK_ANSWER,
                assertInstanceOf(Verdict.Park.class, verdict).code());
        assertEquals(OrderStatus.RESERVING, status(id));
    }

    @Test
    void awaitsOnlyWhatIsAboutItsOwnReservations() {
        policy("{\"mode\":\"reserve\"}");
        stock("MUG", "berlin", 5);
        String id = place("1", 1);
        sweep.step();

        assertEquals(
                Set.of(tenant + "/" + id),
                parts.answers().awaited(Set.of(tenant + "/" + id, tenant + "/berlin/MUG", tenant + "/basket-17")));
        connection.rollback();
    }

    @Test
    void releasesAMappedOrderToHaveItsStockHeld() {
        policy("{\"mode\":\"reserve\"}");
        stock("MUG", "berlin", 5);
        OrderIntake intake = new OrderIntake(
                new Placements(parts.database), parts.reception(Fixtures.knowing(new HashSet<>())), clock);
        List<Placement> batch = List.of(Fixtures.placement(tenant, order("1", 1)));
        String id = ((Placed.Accepted) intake.write(batch, intake.load(batch)).get(0)).orderId();
        connection.commit();
        assertEquals(OrderStatus.AWAITING_MAPPING, status(id));

        Lease lease = new Lease(parts.database, "order-mapping");
        lease.register();
        connection.commit();
        new OrderMapping(
                        new org.retailhub.order.domain.Waiting(parts.database),
                        parts.book,
                        new KnownSkus(Fixtures.knowing(Set.of("MUG"))),
                        parts.policies,
                        parts.fulfilment,
                        parts.steps,
                        parts.sender,
                        parts.trace,
                        new Transactions(new OnOneConnection(connection), 60),
                        lease,
                        clock)
                .step();

        assertEquals(OrderStatus.SOURCING, status(id));
        sweep.step();
        assertEquals(OrderStatus.RESERVING, status(id));
    }

    @Test
    void keepsEachVersionOfAPolicyAndWhoSetIt() {
        policy("{\"mode\":\"reserve\"}");
        policy("{\"mode\":\"reserve\"}");
        policy("{\"mode\":\"none\",\"allowed\":{\"posting\":\"PT10M\"}}");

        List<Policies.Version> versions = parts.policies.versions(tenant, "shop-eu", 10);
        assertEquals(
                List.of(2L, 1L),
                versions.stream().map(each -> each.policy().version()).toList());
        assertEquals("ops", versions.get(0).setBy());
        assertEquals(
                Map.of(OrderStatus.POSTING, Duration.ofMinutes(10)),
                versions.get(0).policy().allowed());
        assertEquals(versions.get(0).policy(), parts.policies.of(tenant, "shop-eu"));
    }

    @Test
    void hasTheSameTimeForAllThatWait() {
        assertEquals(
                OrderSourcing.again(Instant.parse("2026-11-23T12:00:01Z")),
                OrderSourcing.again(Instant.parse("2026-11-23T12:00:09.9Z")));
    }

    @Test
    void itsBooksBalanceWhileItWaits() {
        policy("{\"mode\":\"reserve\"}");
        stock("MUG", "berlin", 5);
        String reserving = place("1", 1);
        sweep.step();
        String sourcing = place("2", 1);
        OrderAccounts accounts = new OrderAccounts(parts.database);

        assertEquals(
                List.of(),
                accounts.of(Set.of(reserving, sourcing)).get(reserving).faults());
        assertEquals(
                List.of(),
                accounts.of(Set.of(reserving, sourcing)).get(sourcing).faults());
        parts.database.update("delete from sent_message where business_key = ?", tenant + "/" + reserving);
        parts.database.update("delete from order_stock where order_id = ?", sourcing);
        assertEquals(
                List.of("commands about the reservations " + reserving + " are missing in sent_message"),
                accounts.of(Set.of(reserving)).get(reserving).faults());
        assertEquals(
                List.of("it is sourcing and its row in order_stock is missing"),
                accounts.of(Set.of(sourcing)).get(sourcing).faults());
        connection.rollback();
    }

    private void taxRules(String json) {
        new TaxTables(parts.database, clock)
                .set(
                        "ops",
                        tenant,
                        StrictJson.read(json.getBytes(StandardCharsets.UTF_8), WireTaxRules.class)
                                .checked(0));
        connection.commit();
    }

    @Test
    void completesAnOrderWithCustomerAndTax() {
        policy("{\"mode\":\"reserve\",\"legalEntity\":\"ACME-DE\"}");
        taxRules(
                "{\"rules\":[{\"id\":\"us\",\"country\":\"US\"},{\"id\":\"market\",\"facilitator\":true,\"collectedBy\":\"marketplace\"},"
                        + "{\"id\":\"de\",\"country\":\"DE\",\"legalEntity\":\"ACME-DE\",\"taxCode\":\"DE-19\"}]}");
        customers.put("C-1", new CustomerView("C-1", "BP-7", true, null, false));
        stock("MUG", "berlin", 5);
        String id = place("1", 1);
        sweep.step();

        Completion.Completed completed = completion(parts).of(id).orElseThrow();
        assertEquals("BP-7", completed.erpPartner());
        assertEquals("de", completed.taxRule());
        assertEquals(1, completed.rulesVersion());
        assertEquals(0, new BigDecimal("19").compareTo(completed.taxRate()));
        assertEquals("seller", completed.collectedBy());
        assertEquals(OrderStatus.RESERVING, status(id));
    }

    @Test
    void keepsByWhichVersionOfTheRulesAnOrderWasCompleted() {
        policy("{\"mode\":\"reserve\",\"marketplaceFacilitator\":true}");
        taxRules("{\"rules\":[{\"id\":\"market\",\"facilitator\":true,\"collectedBy\":\"marketplace\"}]}");
        String id = place("1", 1);
        sweep.step();
        taxRules("{\"rules\":[]}");
        clock.forward(OrderSourcing.AGAIN);
        sweep.step();

        Completion.Completed completed = completion(parts).of(id).orElseThrow();
        assertEquals("market", completed.taxRule());
        assertEquals(1, completed.rulesVersion());
        assertEquals("marketplace", completed.collectedBy());
        assertNull(completed.customerId());
    }

    @Test
    void refusesACustomerWhoMayNotBuy() {
        policy("{\"mode\":\"reserve\"}");
        customers.put("C-1", new CustomerView("C-1", null, true, "unpaid invoices", false));
        stock("MUG", "berlin", 5);
        String id = place("1", 1);
        sweep.step();

        assertEquals(OrderStatus.REFUSED, status(id));
        assertEquals("the customer may not buy: unpaid invoices", view(id).reason());
        assertEquals(List.of(), sent());
    }

    @Test
    void warnsBeforeAnOrderIsLateAndNamesIt() {
        policy("{\"mode\":\"reserve\",\"allowed\":{\"backordered\":\"PT10M\"}}");
        String id = place("1", 1);
        sweep.step();
        assertEquals(OrderStatus.BACKORDERED, status(id));
        assertEquals(List.of(), late());

        clock.forward(Duration.ofMinutes(8));
        assertEquals(List.of(id), late());
        assertEquals(List.of("nearly-late-orders 1 " + id + " backordered"), signals());
        clock.forward(Duration.ofMinutes(2));
        assertEquals(List.of("late-orders 1 " + id + " backordered"), signals());

        policy("{\"mode\":\"reserve\",\"allowed\":{\"backordered\":\"PT1H\"}}");
        assertEquals(List.of(), late());
        policy("{\"mode\":\"reserve\",\"allowed\":{\"backordered\":\"PT1M\"}}");
        assertEquals(List.of(id), late());
        stock("MUG", "berlin", 1);
        sweep.step();
        assertEquals(List.of(), late(), "it went on");
    }

    @Test
    void keepsWhyAnOrderIsSentFromThereAndWhyNot() {
        policy("{\"mode\":\"reserve\"}");
        Map<String, Integer> there = new HashMap<>(Map.of("berlin", 0));
        OrderSourcing byRules = new OrderSourcing(
                parts.stockBook,
                parts.policies,
                completion(parts),
                wanted -> {
                    Map<String, Sources.Found> found = new HashMap<>();
                    wanted.forEach(each -> found.put(each.orderId(), byRule(each, there.getOrDefault("berlin", 0))));
                    return found;
                },
                new SourcingDecisions(parts.database),
                parts.fulfilment,
                new Transactions(new OnOneConnection(connection), 60),
                new Lease(parts.database, "order-sourcing"),
                clock);
        String id = place("1", 1);
        byRules.step();
        assertEquals(OrderStatus.BACKORDERED, status(id));
        clock.forward(OrderSourcing.AGAIN);
        byRules.step();
        there.put("berlin", 1);
        clock.forward(OrderSourcing.AGAIN);
        byRules.step();

        assertEquals(OrderStatus.RESERVING, status(id));
        assertEquals(
                List.of(false, true),
                new SourcingDecisions(parts.database)
                        .of(id, 10).stream()
                                .sorted(java.util.Comparator.comparing(SourcingDecisions.Kept::attempt))
                                .map(kept -> kept.decision().complete())
                                .toList(),
                "not each look while it waits");
    }

    private static Sources.Found byRule(Sources.Wanted wanted, int inBerlin) {
        Need need = wanted.needs().get(0);
        List<SourcingDecision.Allocation> allocations = inBerlin == 0
                ? List.of()
                : List.of(new SourcingDecision.Allocation(need.lineId(), need.sku(), "berlin", need.quantity()));
        List<SourcingDecision.ShortLine> shortLines = inBerlin == 0
                ? List.of(new SourcingDecision.ShortLine(need.lineId(), need.sku(), need.quantity()))
                : List.of();
        return new Sources.Found(
                allocations.stream()
                        .map(each -> new Allocation(each.lineId(), each.sku(), each.location(), each.quantity()))
                        .toList(),
                shortLines.stream()
                        .map(each -> new Shortage(each.lineId(), each.sku(), each.quantity()))
                        .toList(),
                new SourcingDecision(
                        wanted.orderId(),
                        allocations,
                        shortLines,
                        "near",
                        1,
                        new Explanation(List.of(), 0, List.of(), 1, false)));
    }

    private List<String> late() {
        return parts.clocks.late(new OrderClocks.Query(tenant, Set.of(), null, 10)).stream()
                .map(OrderClocks.Late::orderId)
                .toList();
    }

    private List<String> signals() {
        return parts.clocks.signals().stream()
                .filter(signal -> signal.subject().equals(tenant + "/shop-eu"))
                .map(signal -> signal.kind() + " " + signal.count() + " " + signal.detail())
                .toList();
    }
}
