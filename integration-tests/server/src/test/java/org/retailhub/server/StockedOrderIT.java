package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders whose stock is held before they go to the ERP, through the whole hub: both modules, both queues, one ERP. */
class StockedOrderIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String COMMANDS = "inventory.commands";
    private static final String ANSWERS = "inventory.events.order";
    private static int serial;

    private World world;
    private Hub hub;
    private Shop shop;
    private String tenant;
    private String sku;

    @BeforeEach
    void openShop() {
        tenant = "stocked-" + ++serial;
        world = World.on(Hub.shared(), tenant);
        hub = world.hub();
        shop = world.shop();
        sku = World.sku(serial);
        hub.erp().normal();
    }

    @AfterEach
    void putRight() {
        hub.erp().restore();
        hub.erp().normal();
        hub.management().resume(COMMANDS);
        hub.management().resume(ANSWERS);
    }

    private void policy(String onShortage, String further) {
        World.require(world.operator()
                .put(
                        "/api/order/v1/fulfilment-policies/" + World.CHANNEL + "?tenant=" + tenant,
                        "{\"mode\":\"reserve\",\"events\":true,\"locations\":[\"dc-1\"],\"onShortage\":\"" + onShortage
                                + "\"" + further + "}"));
    }

    private void receive(int quantity) {
        World.require(shop.post(
                "/api/inventory/v1/movements",
                "{\"feed\":\"wms\",\"document\":\"" + tenant + "-" + quantity + "-" + ++serial
                        + "\",\"kind\":\"receipt\",\"sku\":\"" + sku + "\",\"location\":\"dc-1\",\"quantity\":"
                        + quantity
                        + ",\"occurredAt\":\"2026-11-23T10:00:00Z\"}"));
    }

    private int available() {
        return world.warehouse()
                .get("/api/inventory/v1/availability?sku=" + sku + "&location=dc-1")
                .body()
                .path("items")
                .path(0)
                .path("available")
                .asInt();
    }

    private String place(String number, int quantity) {
        return shop.place(order(number, quantity));
    }

    private Order order(String number, int quantity) {
        return Order.withoutShipping(
                World.CHANNEL, number, new Order.Line(sku, quantity, new java.math.BigDecimal("12.30")));
    }

    private void await(String id, String status) {
        Probe.until(
                status + " of " + id,
                PATIENCE,
                () -> status.equals(shop.status(id)),
                () -> shop.order(id).body() + " " + hub.books().openCases());
    }

    private void awaitAvailable(int quantity) {
        Probe.until(quantity + " to be had", PATIENCE, () -> available() == quantity, this::available);
    }

    @Test
    void stockIsHeldThenTheErpGetsTheOrder() {
        policy("backorder", "");
        receive(5);
        String id = place("1", 2);
        await(id, "posted");
        assertEquals(3, available());
        String timeline = shop.get(Shop.ORDERS + "/" + id + "/timeline").body().toString();
        assertTrue(timeline.contains("\"sourced\"") && timeline.contains("\"stock-reserved\""), timeline);
        assertEquals(List.of(), hub.books().openCases());
    }

    @Test
    void aBackorderedOrderGoesOnWhenStockArrives() {
        policy("backorder", "");
        receive(1);
        String id = place("1", 2);
        await(id, "backordered");
        Shop.Answer waiting = shop.order(id);
        assertEquals("stock to arrive", waiting.text("waitsFor"));
        assertEquals("supply", waiting.text("actsNext"));
        assertEquals("not enough of " + sku, waiting.text("reason"));
        assertEquals(1, available(), "nothing is held meanwhile");

        receive(4);
        await(id, "posted");
        assertEquals(3, available());
    }

    @Test
    void cancellingGivesBackWhatIsHeld() {
        policy("split", "");
        receive(2);
        String id = place("1", 3);
        await(id, "backordered");
        awaitAvailable(0);

        World.require(shop.cancel(id));
        await(id, "cancelled");
        awaitAvailable(2);
    }

    @Test
    void aChangeHoldsWhatItNeedsNow() {
        policy("split", "");
        receive(2);
        String id = place("1", 4);
        await(id, "backordered");

        World.require(shop.change(id, order("1", 1)));
        await(id, "posted");
        awaitAvailable(1);
    }

    @Test
    void ofTwoOrdersOnOneUnitOneIsRefused() {
        policy("cancel", "");
        receive(1);
        String one = place("1", 1);
        String other = place("2", 1);
        Probe.until(
                "both decided",
                PATIENCE,
                () -> Set.of("posted", "refused").equals(Set.copyOf(statuses(one, other))),
                () -> statuses(one, other));
        assertEquals(0, available());
    }

    private List<String> statuses(String... ids) {
        List<String> statuses = new ArrayList<>();
        for (String id : ids) {
            statuses.add(shop.status(id));
        }
        return statuses;
    }

    @Test
    void stockStaysHeldWhileTheErpIsDown() {
        policy("backorder", "");
        receive(5);
        hub.erp().down();
        String id = place("1", 2);
        await(id, "posting");
        assertEquals(3, available());

        hub.erp().restore();
        await(id, "posted");
        assertEquals(3, available());
    }

    @Test
    void ordersWaitWhileInventorysQueuesStandStill() {
        policy("backorder", "");
        receive(5);
        hub.management().pause(COMMANDS);
        String first = place("1", 1);
        await(first, "reserving");
        assertEquals("inventory", shop.order(first).text("actsNext"));
        hub.management().pause(ANSWERS);
        hub.management().resume(COMMANDS);
        awaitAvailable(4);
        assertEquals("reserving", shop.status(first));
        String cancelled = place("2", 1);
        await(cancelled, "reserving");
        awaitAvailable(3);
        World.require(shop.cancel(cancelled));
        assertEquals("cancelled", shop.status(cancelled));

        hub.management().resume(ANSWERS);
        await(first, "posted");
        awaitAvailable(4);
        assertEquals(List.of(), hub.books().openCases());
    }
}
