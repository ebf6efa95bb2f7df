package org.retailhub.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
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
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.inventory.api.ConsumeStock;
import org.retailhub.inventory.api.RecordMovement;
import org.retailhub.inventory.api.ReleaseStock;
import org.retailhub.order.api.ConfirmShipment;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderShipped;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.ShipmentCheck;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.canonical.WirePolicy;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.Placed;
import org.retailhub.order.domain.Placement;
import org.retailhub.order.domain.Placements;
import org.retailhub.order.messaging.ErpVerdicts;
import org.retailhub.order.messaging.OrderCommands;
import org.retailhub.order.messaging.OrderCommands.Effect;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Insight.Signal;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;
import org.retailhub.platform.testkit.RecordingBroker;

/** What follows when goods leave, on the migrated schema as the application role; inventory and the ERP answer by hand. */
class ShippingIT {
    private static TemporaryPostgres postgres;
    private static PGSimpleDataSource dataSource;

    private final Hands clock = new Hands(Fixtures.NOON);
    private final RecordingBroker broker = new RecordingBroker();
    private OneConnection connection;
    private Assembly parts;
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
        parts = new Assembly(new Database(connection), broker, clock);
    }

    @AfterEach
    void close() {
        connection.close();
    }

    private static OrderDocument order(String number, int mugs, int cups) {
        String goods = BigDecimal.valueOf(5L * mugs + 2L * cups).setScale(2).toPlainString();
        return OrderCheck.parse(
                """
                {"channel":"shop-eu","channelOrderId":"%s","placedAt":"2026-11-23T10:00:00+01:00","currency":"EUR",
                 "lines":[{"lineId":"1","sku":"MUG","quantity":%d,"unitPrice":"5.00"},
                          {"lineId":"2","sku":"CUP","quantity":%d,"unitPrice":"2.00"}],
                 "totals":{"goods":"%s","grand":"%s"}}""".formatted(number, mugs, cups, goods, goods).getBytes(StandardCharsets.UTF_8), Fixtures.NOON);
    }

    /** Under the channel's policy, if it has one. */
    private String place(String number, int mugs, int cups) {
        OrderIntake intake = new OrderIntake(
                new Placements(parts.database),
                parts.reception(Fixtures.knowing(new HashSet<>(Set.of("MUG", "CUP")))),
                clock);
        List<Placement> batch = List.of(Fixtures.placement(tenant, order(number, mugs, cups)));
        Placed placed = intake.write(batch, intake.load(batch)).get(0);
        connection.commit();
        return ((Placed.Accepted) placed).orderId();
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

    /** Placed under a policy that holds stock, held at these places, and posted. */
    private String held(String number, int mugs, int cups, Allocation... allocations) {
        policy("{\"mode\":\"reserve\"}");
        String id = place(number, mugs, cups);
        StockBook.InHand order = parts.stockBook.find(List.of(id)).get(id);
        parts.fulfilment.write(
                List.of(outcome(order, order.stock().ask(List.of(allocations), List.of(), 1), "sourced")));
        connection.commit();
        order = parts.stockBook.find(List.of(id)).get(id);
        parts.fulfilment.write(List.of(outcome(
                order,
                order.stock().held(id, true, clock.instant(), clock.instant().plusSeconds(10)),
                "stock-reserved")));
        connection.commit();
        assertEquals(OrderStatus.POSTING, status(id));
        broker.sent.clear();
        return id;
    }

    private static Fulfilment.Outcome outcome(
            StockBook.InHand order, org.retailhub.order.domain.OrderLife.Happening happening, String hop) {
        return new Fulfilment.Outcome(order, happening, null, hop, "", "", Fixtures.TRACE);
    }

    private static Allocation mugs(int quantity, String location) {
        return new Allocation("1", "MUG", location, BigDecimal.valueOf(quantity));
    }

    private static ShipmentDocument shipment(String number, String location, boolean closes, Object... lines) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.length; i += 2) {
            text.append(i == 0 ? "" : ",")
                    .append("{\"lineId\":\"%s\",\"quantity\":%s}".formatted(lines[i], lines[i + 1]));
        }
        return ShipmentCheck.parse(
                """
                {"shipmentNumber":"%s","location":"%s","carrier":{"code":"DHL"},"parcels":[{"trackingNumber":"JJD1"}],
                 "shippedAt":"2026-11-23T12:00:00+01:00","lines":[%s],"closesLines":%s}""".formatted(number, location, text, closes).getBytes(StandardCharsets.UTF_8), Fixtures.NOON);
    }

    private void ship(String orderId, ShipmentDocument... shipments) {
        try {
            parts.shipping.confirm(List.of(shipments).stream()
                    .map(each -> new Shipping.Confirmation(orderId, tenant, each, "wms", Fixtures.TRACE, ""))
                    .toList());
            connection.commit();
        } catch (RetailException e) {
            connection.rollback();
            throw e;
        }
    }

    private void acknowledged(String orderId) {
        verdict(PostingEvent.ACKNOWLEDGED, orderId, """
                {"orderId":"%s","target":"idempiere","documentNo":"%s","documentId":"1","reason":null,"at":"2026-11-23T12:00:00Z"}""".formatted(orderId, orderId));
    }

    private void taken(String orderId, String shipment) {
        verdict(SalesShipment.TAKEN, orderId, """
                {"orderId":"%s","target":"idempiere","shipmentNumber":"%s","documentNo":null,"reason":"takes none","at":"2026-11-23T12:00:00Z"}""".formatted(orderId, shipment));
    }

    private void verdict(String type, String orderId, String body) {
        ErpVerdicts verdicts = parts.verdicts();
        Envelope message = new Envelope("M", type, tenant, orderId, 1, Fixtures.TRACE, "", "shop-eu", body);
        Map<String, OrderBook.Standing> standings = verdicts.load(List.of(message));
        Verdict.Handle<OrderBook.Move> handle = (Verdict.Handle<OrderBook.Move>) verdicts.decide(message, standings);
        verdicts.write(List.of(new BatchHandler.Decided<>(message, handle.effect())), standings);
        connection.commit();
    }

    private OrderStatus status(String orderId) {
        return parts.book.byId(Set.of(orderId)).get(orderId).status();
    }

    private List<String> sent() {
        return broker.sent.stream()
                .map(message -> message.get("type") + " " + message.get("businessKey") + " #" + message.get("sequence"))
                .map(text -> text.replace(tenant + "/", ""))
                .toList();
    }

    private String body(String type) {
        List<String> bodies = broker.sent.stream()
                .filter(message -> message.get("type").equals(type))
                .map(message -> (String) message.get("body"))
                .toList();
        assertEquals(1, bodies.size(), type + " in " + sent());
        return bodies.get(0);
    }

    @Test
    void movesAnOrderFromPostedToClosed() {
        String id = place("1", 2, 1);
        acknowledged(id);
        broker.sent.clear();

        ship(id, shipment("S-1", "berlin", false, "1", 2));
        assertEquals(OrderStatus.PARTIALLY_SHIPPED, status(id));
        taken(id, "S-1");
        assertEquals(OrderStatus.PARTIALLY_SHIPPED, status(id));

        ship(id, shipment("S-2", "berlin", false, "2", 1));
        assertEquals(OrderStatus.SHIPPED, status(id));
        taken(id, "S-2");
        assertEquals(OrderStatus.CLOSED, status(id));
        assertEquals(
                List.of(
                        RecordMovement.TYPE + " hub-shipments/S-1/1 #1",
                        OrderShipped.TYPE + " " + id + " #1",
                        SalesShipment.TYPE + " " + id + " #2",
                        RecordMovement.TYPE + " hub-shipments/S-2/1 #1",
                        OrderShipped.TYPE + " " + id + " #2",
                        SalesShipment.TYPE + " " + id + " #3"),
                sent());
        assertEquals(
                List.of("accepted", "posted", "goods-left", "shipment-at-erp", "goods-left", "shipment-at-erp"),
                parts.trace.of(id).stream().map(hop -> hop.hop()).toList());
        assertEquals(
                "closed, was shipped: S-2: takes none",
                parts.trace.of(id).get(5).detail());
        assertEquals(
                List.of("not-supported", "not-supported"),
                parts.shipments.of(id).stream()
                        .map(row -> row.erpState().wire())
                        .toList());
    }

    @Test
    void consumesWhatIsHeldWhereGoodsLeaveAndGivesBackWhatIsHeldElsewhere() {
        String id = held("1", 5, 1, mugs(3, "berlin"), mugs(2, "kassel"));
        acknowledged(id);

        ship(id, shipment("S-1", "berlin", false, "1", 4));

        assertTrue(
                body(ConsumeStock.TYPE)
                        .contains(
                                "\"document\":\"S-1\",\"items\":[{\"sku\":\"MUG\",\"location\":\"berlin\",\"quantity\":3.000"),
                body(ConsumeStock.TYPE));
        assertTrue(
                body(ReleaseStock.TYPE).contains("[{\"sku\":\"MUG\",\"location\":\"kassel\",\"quantity\":1.000"),
                body(ReleaseStock.TYPE));
        assertTrue(body(RecordMovement.TYPE).contains("\"quantity\":-1.000"), body(RecordMovement.TYPE));
        assertTrue(body(RecordMovement.TYPE).contains("\"reference\":\"" + id + "\""), body(RecordMovement.TYPE));
        assertEquals(
                List.of("CUP"), open(id, 5, 1).stream().map(need -> need.sku()).toList());

        ship(id, shipment("S-2", "kassel", false, "1", 1, "2", 1));
        assertEquals(OrderStatus.SHIPPED, status(id));
        assertEquals(List.of(), open(id, 5, 1));
    }

    private List<org.retailhub.order.domain.OrderStock.Need> open(String id, int mugs, int cups) {
        return parts.stockBook.find(List.of(id)).get(id).stock().open(OrderSourcing.needs(order("1", mugs, cups)));
    }

    @Test
    void takesPartOfAReservationAndLeavesTheRestHeld() {
        String id = held("1", 5, 1, mugs(5, "berlin"));
        acknowledged(id);
        broker.sent.clear();

        ship(id, shipment("S-1", "berlin", false, "1", 2));
        ship(id, shipment("S-2", "berlin", false, "1", 3));

        assertEquals(
                List.of(ConsumeStock.TYPE + " " + id + " #2", ConsumeStock.TYPE + " " + id + " #3"),
                sent().stream()
                        .filter(text -> !text.contains("Shipped") && !text.contains("Shipment"))
                        .toList());
        assertEquals(OrderStatus.PARTIALLY_SHIPPED, status(id));
    }

    @Test
    void takesMoreThanWasOrderedInWholeAndTellsAPerson() {
        String id = place("1", 2, 1);
        acknowledged(id);
        broker.sent.clear();

        ship(id, shipment("S-1", "berlin", false, "1", 5, "2", 1));

        assertEquals(OrderStatus.SHIPPED, status(id));
        assertEquals(
                "more was shipped than ordered: line 1 by 3",
                parts.book.byId(Set.of(id)).get(id).reason());
        List<String> moved = broker.sent.stream()
                .filter(message -> message.get("type").equals(RecordMovement.TYPE))
                .map(message -> (String) message.get("body"))
                .toList();
        assertEquals(3, moved.size());
        assertTrue(moved.get(0).contains("\"quantity\":-2.000"), moved.get(0));
        assertTrue(moved.get(0).contains("\"reference\":\"" + id), moved.get(0));
        assertTrue(moved.get(1).contains("\"quantity\":-3.000"), moved.get(1));
        assertTrue(moved.get(1).contains("\"reference\":null"), moved.get(1));
        assertEquals(List.of(tenant + "/shop-eu"), signals(Signal.OVER_SHIPPED));

        assertTrue(parts.shipments.resolve(id, "S-1", "ops", "billed", clock.instant()));
        connection.commit();
        assertEquals(List.of(), signals(Signal.OVER_SHIPPED));
    }

    @Test
    void marksAnOrderOfWhichTooMuchLeftBeforeItWasAcknowledged() {
        String id = place("1", 1, 1);
        ship(id, shipment("S-1", "berlin", false, "1", 2));
        acknowledged(id);

        assertEquals(OrderStatus.PARTIALLY_SHIPPED, status(id));
        assertEquals(
                "more was shipped than ordered: line 1 by 1",
                parts.book.byId(Set.of(id)).get(id).reason());
    }

    private List<String> signals(String kind) {
        return parts.shipments.signals(clock.instant().minus(Duration.ofHours(1))).stream()
                .filter(signal -> signal.kind().equals(kind) && signal.subject().startsWith(tenant + "/"))
                .map(Signal::subject)
                .toList();
    }

    @Test
    void closesALineShortAndGivesBackWhatWasHeldForIt() {
        String id = held("1", 5, 1, mugs(5, "berlin"));
        acknowledged(id);
        broker.sent.clear();

        ship(id, shipment("S-1", "berlin", true, "1", 2, "2", 0));

        assertEquals(OrderStatus.SHIPPED, status(id));
        assertEquals(
                List.of(ConsumeStock.TYPE + " " + id + " #2", ReleaseStock.TYPE + " " + id + " #3"),
                sent().stream().filter(text -> text.contains("Stock")).toList());
        assertEquals(List.of(), open(id, 5, 1));
        assertEquals(
                List.of("1 2.000 true", "2 0.000 true"),
                parts.shipments.linesOf(parts.book.current(id).orElseThrow()).lines().stream()
                        .map(line -> line.lineId() + " " + line.shipped() + " " + line.closed())
                        .toList());
    }

    @Test
    void takesEffectForStockAtOnceAndTellsTheErpWhenItHasAcknowledged() {
        String id = place("1", 1, 1);
        broker.sent.clear();
        ship(id, shipment("S-1", "berlin", false, "1", 1), shipment("S-2", "berlin", false, "2", 1));

        assertEquals(OrderStatus.POSTING, status(id));
        assertEquals(
                List.of(
                        RecordMovement.TYPE + " hub-shipments/S-1/1 #1",
                        RecordMovement.TYPE + " hub-shipments/S-2/1 #1",
                        OrderShipped.TYPE + " " + id + " #1",
                        OrderShipped.TYPE + " " + id + " #2"),
                sent());
        assertEquals(List.of(), signals(Signal.SHIPPED_UNACKNOWLEDGED));
        clock.forward(Duration.ofHours(1));
        assertEquals(List.of(tenant + "/shop-eu"), signals(Signal.SHIPPED_UNACKNOWLEDGED));

        broker.sent.clear();
        acknowledged(id);
        assertEquals(OrderStatus.SHIPPED, status(id));
        assertEquals(List.of(SalesShipment.TYPE + " " + id + " #2", SalesShipment.TYPE + " " + id + " #3"), sent());
        assertEquals(List.of(), signals(Signal.SHIPPED_UNACKNOWLEDGED));
        taken(id, "S-1");
        assertEquals(OrderStatus.SHIPPED, status(id));
        taken(id, "S-2");
        assertEquals(OrderStatus.CLOSED, status(id));
    }

    @Test
    void givesBackWhatIsOnlyAskedForWhenGoodsLeaveBeforeTheAnswer() {
        policy("{\"mode\":\"reserve\"}");
        String id = place("1", 2, 1);
        StockBook.InHand order = parts.stockBook.find(List.of(id)).get(id);
        parts.fulfilment.write(
                List.of(outcome(order, order.stock().ask(List.of(mugs(2, "berlin")), List.of(), 1), "sourced")));
        connection.commit();
        broker.sent.clear();

        ship(id, shipment("S-1", "berlin", false, "1", 2));

        assertEquals(OrderStatus.SOURCING, status(id));
        assertEquals(
                List.of(
                        RecordMovement.TYPE + " hub-shipments/S-1/1 #1",
                        OrderShipped.TYPE + " " + id + " #1",
                        ReleaseStock.TYPE + " " + id + " #2"),
                sent());
        assertEquals(1, open(id, 2, 1).size());
    }

    @Test
    void refusesForAnOrderThatIsCancelledOrHasNoSuchLine() {
        String id = place("1", 1, 1);
        RetailException unknown =
                assertThrows(RetailException.class, () -> ship(id, shipment("S-1", "berlin", false, "9", 1)));
        assertEquals(OrderError.SHIPMENT_LINE_UNKNOWN, unknown.code());
        assertEquals("lines[0].lineId", unknown.violations().get(0).field());

        parts.database.update("update orders set status = 'cancelled' where order_id = ?", id);
        RetailException cancelled =
                assertThrows(RetailException.class, () -> ship(id, shipment("S-1", "berlin", false, "1", 1)));
        assertEquals(OrderError.NOT_SHIPPABLE, cancelled.code());
        assertTrue(cancelled.detail().contains("cancelled"), cancelled.detail());
    }

    @Test
    void takesWhatComesByTheQueueOnceAndWaitsForAnOrderThatIsNotThereYet() {
        Verdict.Hold<Effect> early = assertInstanceOf(Verdict.Hold.class, command("S-1", 1));
        assertEquals(OrderError.ORDER_NOT_FOUND, early.code());

        String id = place("1", 1, 1);
        assertInstanceOf(Verdict.Handle.class, command("S-1", 1));
        assertInstanceOf(Effect.Nothing.class, ((Verdict.Handle<Effect>) command("S-1", 1)).effect());
        assertEquals(1, parts.shipments.of(id).size());

        Verdict.Park<Effect> differs = assertInstanceOf(Verdict.Park.class, command("S-1", 2));
        assertEquals(OrderError.SHIPMENT_DIFFERS, differs.code());
        assertTrue(differs.detail().contains("lines[0].quantity"), differs.detail());
    }

    private Verdict<Effect> command(String number, int quantity) {
        OrderCommands commands = new OrderCommands(
                new Placements(parts.database),
                parts.book,
                parts.reception(Fixtures.knowing(new HashSet<>(Set.of("MUG", "CUP")))),
                null,
                parts.shipmentCommands(),
                parts.trace,
                clock);
        Envelope message = new Envelope(
                "C",
                ConfirmShipment.TYPE,
                tenant,
                ConfirmShipment.businessKey(tenant, number),
                1,
                Fixtures.TRACE,
                "",
                "shop-eu",
                """
                {"channel":"shop-eu","channelOrderId":"1","shipment":{"shipmentNumber":"%s","location":"berlin",
                 "shippedAt":"2026-11-23T12:00:00+01:00","lines":[{"lineId":"1","quantity":%d}]}}""".formatted(number, quantity));
        OrderCommands.Facts facts = commands.load(List.of(message));
        Verdict<Effect> verdict = commands.decide(message, facts);
        if (verdict instanceof Verdict.Handle<Effect> handle) {
            commands.write(List.of(new BatchHandler.Decided<>(message, handle.effect())), facts);
        }
        connection.commit();
        return verdict;
    }

    @Test
    void answersOfTheErpAboutAnOrderThatWasTakenBackDoNotMoveIt() {
        String id = place("1", 1, 1);
        assertEquals(List.of(SalesDocument.POST + " " + id + " #1"), sent());
        taken(id, "S-1");
        assertEquals(OrderStatus.POSTING, status(id));
    }
}
