package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Goods that leave, through the whole hub: the order, its reservation, the ledger and the ERP's module, each once, whatever is told twice or
 * killed on the way.
 */
class ShipmentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String STOCK = "/api/inventory/v1/";
    private static final String TABLE = "shipment-kill";
    private static final String HEADER = "flow\tpoint\torders\tclosed\tprepared left\tverdict\n";
    private static final int MOST_BURSTS = 3;
    /** Where a shipment passes; how orders come in has a matrix of its own. */
    private static final List<String> FLOWS = List.of(
            "http ",
            "drain-inventory.commands ",
            "drain-inventory.events.order ",
            "drain-erp.postings.idempiere ",
            "drain-erp.events.order ");

    private static int serial;

    private World world;
    private Hub hub;
    private Shop shop;
    private Shop warehouse;
    private String tenant;
    private String sku;

    @BeforeEach
    void openShop() {
        tenant = "shipping-" + ++serial;
        world = World.on(Hub.shared(), tenant);
        hub = world.hub();
        shop = world.shop();
        warehouse = world.warehouse();
        sku = World.sku(serial);
        hub.erp().normal();
        World.require(
                world.operator()
                        .put(
                                "/api/order/v1/fulfilment-policies/" + World.CHANNEL + "?tenant=" + tenant,
                                "{\"mode\":\"reserve\",\"events\":true,\"locations\":[\"dc-1\"],\"onShortage\":\"backorder\"}"));
    }

    @AfterEach
    void putRight() {
        hub.erp().restore();
        hub.erp().normal();
    }

    private void receive(int quantity) {
        World.require(warehouse.post(
                STOCK + "movements",
                "{\"feed\":\"wms\",\"document\":\"" + tenant + "-" + ++serial
                        + "\",\"kind\":\"receipt\",\"sku\":\"" + sku + "\",\"location\":\"dc-1\",\"quantity\":"
                        + quantity
                        + ",\"occurredAt\":\"2026-11-23T10:00:00Z\",\"erpKnows\":true}"));
    }

    private String place(String number, int quantity) {
        return shop.place(
                Order.withoutShipping(World.CHANNEL, number, new Order.Line(sku, quantity, new BigDecimal("12.30"))));
    }

    private Shop.Answer ship(String orderId, String number, int quantity, String more) {
        return warehouse.post(Shop.ORDERS + "/" + orderId + "/shipments", shipment(number, quantity, more));
    }

    private static String shipment(String number, int quantity, String more) {
        return "{\"shipmentNumber\":\"" + number
                + "\",\"location\":\"dc-1\",\"carrier\":{\"code\":\"DHL\"},\"parcels\":[{\"trackingNumber\":\"T-"
                + number + "\"}],\"shippedAt\":\"2026-11-24T15:30:00+01:00\",\"lines\":[{\"lineId\":\"1\",\"quantity\":"
                + quantity + "}]" + more + "}";
    }

    private void await(String id, String status) {
        Probe.until(
                status + " of " + id,
                PATIENCE,
                () -> status.equals(shop.status(id)),
                () -> shop.order(id).body() + " " + hub.books().openCases() + " " + hub.lastLines());
    }

    /** On hand, held, not known to the ERP. */
    private String stock() {
        JsonNode item = warehouse
                .get(STOCK + "availability?sku=" + sku + "&location=dc-1")
                .body()
                .path("items")
                .path(0);
        return item.path("onHand").asText() + "/" + item.path("reserved").asText() + "/"
                + item.path("unknownToErp").asText();
    }

    private void awaitStock(String balance) {
        Probe.until(
                balance,
                PATIENCE,
                () -> stock().equals(balance),
                () -> stock() + " " + hub.books().openCases());
    }

    @Test
    void anOrderGoesFromPostedToClosed() {
        receive(10);
        String id = place("1", 3);
        await(id, "posted");
        awaitStock("10/3/0");

        Shop.Answer first = ship(id, tenant + "-1", 1, "");
        assertEquals(201, first.status(), first::toString);
        assertEquals("partially-shipped", first.text("status"));
        awaitStock("9/2/0");

        Shop.Answer again = ship(id, tenant + "-1", 1, "");
        assertEquals(200, again.status(), again::toString);
        Shop.Answer other = ship(id, tenant + "-1", 2, "");
        assertEquals(409, other.status(), other::toString);
        assertEquals("ORD-2031", other.text("code"));
        assertEquals("lines[0].quantity", other.text("field"));
        assertEquals(409, shop.cancel(id).status(), "goods have left");

        assertEquals(201, ship(id, tenant + "-2", 2, "").status());
        await(id, "closed");
        awaitStock("7/0/0");
        JsonNode told = shop.get(Shop.ORDERS + "/" + id + "/shipments").body();
        assertTrue(told.path("complete").asBoolean(), told::toString);
        assertEquals(
                List.of("not-supported", "not-supported"),
                told.path("shipments").findValuesAsText("erp"));
        assertEquals(List.of("3"), told.path("lines").findValuesAsText("shipped"));
        String timeline = shop.get(Shop.ORDERS + "/" + id + "/timeline").body().toString();
        assertTrue(timeline.contains("closed, was shipped"), timeline);
        assertEquals(
                1,
                hub.books()
                        .number(
                                "retailhub",
                                "select count(*) from ordering.orders where order_id = ? and event_sequence > 5",
                                id));
        assertEquals(List.of(), hub.books().openCases());
    }

    @Test
    void moreThanWasOrderedLeavesInWholeAndIsShownToAPerson() {
        receive(10);
        String id = place("1", 2);
        await(id, "posted");

        assertEquals("shipped", ship(id, tenant + "-1", 5, "").text("status"));
        await(id, "closed");
        // The ERP's order is about two of them.
        awaitStock("5/0/3");
        JsonNode told = shop.get(Shop.ORDERS + "/" + id + "/shipments").body();
        assertEquals(
                "line 1 by 3",
                told.path("shipments").path(0).path("overShipped").asText());
        Probe.until("the alarm", PATIENCE, () -> alarms().contains("OPS-2031"), this::alarms);
        World.require(world.operator()
                .post(
                        Shop.ORDERS + "/" + id + "/shipments/" + tenant + "-1/resolutions",
                        "{\"resolution\":\"billed\"}"));
        Probe.until("no alarm", PATIENCE, () -> !alarms().contains("OPS-2031"), this::alarms);
    }

    private String alarms() {
        return world.operator().get("/api/operations/v1/alarms?closed=0").body().toString();
    }

    @Test
    void whatIsClosedShortGoesBackToTheShelf() {
        receive(10);
        String id = place("1", 4);
        await(id, "posted");
        awaitStock("10/4/0");

        assertEquals(
                "shipped", ship(id, tenant + "-1", 1, ",\"closesLines\":true").text("status"));
        await(id, "closed");
        awaitStock("9/0/0");
        JsonNode lines = shop.get(Shop.ORDERS + "/" + id + "/shipments").body().path("lines");
        assertEquals("3", lines.path(0).path("shortage").asText(), lines::toString);
        assertEquals(List.of(), hub.books().openCases());
    }

    @Test
    void goodsLeaveWhileTheErpIsDown() {
        receive(10);
        hub.erp().down();
        String early = place("1", 2);
        await(early, "posting");

        assertEquals("posting", ship(early, tenant + "-1", 2, "").text("status"));
        assertEquals("whole", shop.order(early).text("goodsLeft"));
        awaitStock("8/0/2");
        assertEquals(409, shop.cancel(early).status(), "goods have left");

        hub.erp().restore();
        await(early, "closed");
        awaitStock("8/0/0");
        assertEquals(List.of(), hub.books().openCases());
    }

    @TestFactory
    @Tag("deep")
    Stream<DynamicTest> eachShipmentTakesEffectOnceAfterAKillAt() {
        receive(10_000);
        Set<String> known = new TreeSet<>();
        hub.faults().forget();
        boolean more = true;
        while (more) {
            assertEquals(List.of(), audit(List.of(burst())));
            more = known.addAll(hub.faults().points().stream()
                    .filter(point -> FLOWS.stream().anyMatch(point::startsWith))
                    .toList());
        }
        FLOWS.forEach(
                flow -> assertTrue(known.stream().anyMatch(point -> point.startsWith(flow)), "no point of " + flow));
        List<String> points = KillMatrix.choose(known, System.getProperty("retail.kill"));
        KillMatrix.begin(TABLE, HEADER, known);
        return points.stream().map(point -> DynamicTest.dynamicTest(point, () -> kill(point)));
    }

    /** Six orders, each shipped in two parts, one of them before the ERP has it. @return what must be there then, by order */
    private Map<String, Integer> burst() {
        Map<String, Integer> orders = new TreeMap<>();
        int mark = ++serial;
        for (int i = 0; i < 6; i++) {
            String id = place(mark + "-" + i, 3);
            orders.put(id, 3);
            if (i > 0) {
                await(id, "posted");
            }
            World.require(ship(id, tenant + "-" + mark + "-" + i + "-a", 1, ""));
            World.require(ship(id, tenant + "-" + mark + "-" + i + "-b", 2, ""));
        }
        orders.keySet().forEach(id -> await(id, "closed"));
        return orders;
    }

    @SuppressWarnings("try")
    private void kill(String point) {
        List<Map<String, Integer>> bursts = new ArrayList<>();
        String verdict = "good";
        try (Hub.Keeper keeper = hub.keepRunning()) {
            hub.faults().halt(point, 1);
            while (bursts.size() < MOST_BURSTS && !hub.faults().fired()) {
                try {
                    bursts.add(burst());
                } catch (AssertionError e) {
                    bursts.add(Map.of());
                    verdict = "not done: " + e.getMessage();
                }
            }
            if (!hub.faults().fired()) {
                verdict = "not reached";
            }
            hub.faults().disarm();
            Probe.happens(Duration.ofSeconds(30), () -> hub.books().preparedLeft() == 0);
        }
        List<String> faults = audit(bursts);
        if (verdict.equals("good") && !faults.isEmpty()) {
            verdict = String.join("; ", faults);
        }
        int orders = bursts.stream().mapToInt(Map::size).sum();
        KillMatrix.row(TABLE, point, List.of(orders, orders, hub.books().preparedLeft()), verdict);
        assertEquals("good", verdict, point);
    }

    /** What the tables say otherwise than they should. */
    private List<String> audit(List<Map<String, Integer>> bursts) {
        List<String> faults = new ArrayList<>();
        Map<String, Integer> orders = new TreeMap<>();
        bursts.forEach(orders::putAll);
        String[] ids = orders.keySet().toArray(String[]::new);
        int ordered = orders.values().stream().mapToInt(Integer::intValue).sum();
        expect(
                faults,
                "shipments",
                2 * ids.length,
                "select count(*) from ordering.order_shipment where order_id = any(?)",
                ids);
        expect(
                faults,
                "shipments at erp",
                2 * ids.length,
                "select count(*) from erp.shipment_posting where business_key = any(?)",
                ids);
        expect(faults, "units left", ordered, """
                select coalesce(-sum(on_hand_change), 0)::int from inventory.movement
                where substring(reference for 26) = any(?) and kind in ('sale', 'consumption')""", ids);
        expect(faults, "units held", 0, """
                select coalesce(sum(h.held), 0)::int from inventory.reservation_hold h join inventory.reservation r using (reservation_id)
                where substring(r.reference for 26) = any(?)""", ids);
        expect(faults, "events", 2 * ids.length, """
                select count(*) from ordering.sent_message where destination = 'order.events' and type = 'OrderShipped.v1'
                  and business_key = any(?)""", ids);
        expect(faults, "gaps in what was told", 0, """
                select count(*) from (select 1 from ordering.sent_message where business_key = any(?)
                  group by destination, business_key having count(*) <> max(sequence)) g""", ids);
        hub.books().openCases().stream()
                .filter(each -> orders.keySet().stream().anyMatch(each::contains))
                .forEach(faults::add);
        if (hub.books().preparedLeft() > 0) {
            faults.add("branches are left prepared");
        }
        return faults;
    }

    private void expect(List<String> faults, String what, int expected, String sql, String[] ids) {
        int found = hub.books().number("retailhub", sql, (Object) ids);
        if (found != expected) {
            faults.add(what + ": " + found + ", not " + expected);
        }
    }
}
