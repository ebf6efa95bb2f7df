package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.retailhub.simulator.shopify.ShopFulfilments;
import org.retailhub.simulator.shopify.ShopifyShop;

/** From a shop's order to what the shop has fulfilled of it, through the whole hub: each shipment once, whatever gets lost or is killed on the way. */
class FulfilmentIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CASES = "/api/channel/v1/hospital/cases";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static int serial;

    private World world;
    private ShopifyShop shop;
    private String tenant;
    private String connection;
    private Shop reader;

    @BeforeEach
    void connectAShop() {
        tenant = "fulfilled-" + ++serial;
        connection = "shop-of-" + tenant;
        world = World.on(Hub.shared(), tenant);
        world.hub().erp().normal();
        shop = world.webhookShop().shop();
        // As the tenant's: the shops of other tests give the same numbers.
        reader = new Shop(world.hub(), world.issueKey("reader", List.of("trace:read", "personal:read")));
        World.require(world.operator()
                .put(
                        "/api/order/v1/fulfilment-policies/" + World.CHANNEL + "?tenant=" + tenant,
                        "{\"mode\":\"none\",\"events\":true}"));
    }

    @AfterEach
    void closeTheShop() {
        World.require(
                world.operator().put("/api/channel/v1/connections/" + connection + "/active", "{\"active\":false}"));
        shop.close();
    }

    /** Two of one line, one of another. */
    private long sell() {
        long id = shop.place(
                new ShopifyShop.Line(World.sku(1), 2, new BigDecimal("12.30")),
                new ShopifyShop.Line(World.sku(2), 1, new BigDecimal("4.05")));
        assertEquals(List.of(200), shop.deliver());
        Probe.until(
                "posted",
                PATIENCE,
                () -> "posted".equals(order(id).path("status").asText()),
                () -> order(id) + "; " + world.hub().books().openCases() + "; "
                        + world.hub().lastLines());
        return id;
    }

    private JsonNode order(long id) {
        return world.shop()
                .get(Shop.ORDERS + "?channelOrderId=" + id)
                .body()
                .path("orders")
                .path(0);
    }

    private String line(long id, int n) {
        return shop.order(id).at("/line_items/" + n + "/id").asText();
    }

    private void ship(long id, String number, Map<String, Integer> lines, String more) {
        ObjectNode shipment = JSON.createObjectNode();
        shipment.put("shipmentNumber", tenant + "-" + number).put("location", "dc-1");
        shipment.putObject("carrier").put("code", "DHL");
        shipment.putArray("parcels").addObject().put("trackingNumber", "T-" + number);
        shipment.put("shippedAt", "2026-11-24T15:30:00+01:00");
        ArrayNode items = shipment.putArray("lines");
        lines.forEach((line, quantity) -> items.addObject().put("lineId", line).put("quantity", quantity));
        if (!more.isEmpty()) {
            shipment.put(more, true);
        }
        World.require(world.warehouse()
                .post(Shop.ORDERS + "/" + order(id).path("orderId").asText() + "/shipments", shipment.toString()));
    }

    /** Each as its numbers and lines. */
    private List<String> shown(long id) {
        List<String> shown = new ArrayList<>();
        shop.fulfilments()
                .of(id)
                .forEach(each -> shown.add(each.numbers() + " " + new java.util.TreeMap<>(each.lines())));
        return shown;
    }

    private void awaitShown(long id, Duration patience, String... expected) {
        Probe.until(
                List.of(expected).toString(),
                patience,
                () -> shown(id).equals(List.of(expected)),
                () -> shown(id) + "; " + telling(id) + "; "
                        + world.hub().books().openCases() + "; " + world.hub().lastLines());
    }

    private String telling(long id) {
        return trace(Long.toString(id)).path("steps").findValuesAsText("what").toString();
    }

    private JsonNode trace(String name) {
        return World.require(reader.get("/api/operations/v1/trace/" + name)).body();
    }

    private void awaitTold(long id, int times) {
        Probe.until(
                "told " + times + " times",
                PATIENCE,
                () -> trace(Long.toString(id)).path("steps").findValuesAsText("what").stream()
                                .filter("channel-told"::equals)
                                .count()
                        == times,
                () -> telling(id));
    }

    @Test
    void eachShipmentOfAnOrderIsAFulfilmentOfTheShop() {
        long id = sell();
        String first = line(id, 0);
        String second = line(id, 1);
        ship(id, "1", Map.of(first, 1), "");
        awaitShown(id, PATIENCE, "[T-1] {" + first + "=1}");
        ship(id, "2", Map.of(first, 1, second, 1), "");
        awaitShown(id, PATIENCE, "[T-1] {" + first + "=1}", "[T-2] {" + first + "=1, " + second + "=1}");
        ShopFulfilments.Fulfilment made = shop.fulfilments().of(id).get(0);
        assertEquals("DHL", made.company());
        assertTrue(made.notified());
        awaitTold(id, 2);

        // What the shop says of its own fulfilments is nothing new to the hub.
        shop.deliver();
        Probe.until(
                "closed",
                PATIENCE,
                () -> "closed".equals(order(id).path("status").asText()),
                () -> order(id));
        assertEquals(1, order(id).path("revision").asInt());
        assertEquals(2, shop.fulfilments().creates());
        assertEquals(List.of(), cases());
    }

    @Test
    void aLineThatIsClosedShortStaysOpenAtTheShop() {
        long id = sell();
        ship(id, "1", Map.of(line(id, 0), 1), "closesLines");
        awaitShown(id, PATIENCE, "[T-1] {" + line(id, 0) + "=1}");
        awaitTold(id, 1);
    }

    @Test
    void aLostAnswerIsNoSecondFulfilment() {
        long id = sell();
        shop.fulfilments().loseAfter(1);
        shop.fulfilments().throttle(1);
        ship(id, "1", Map.of(line(id, 0), 2), "");
        awaitTold(id, 1);
        assertEquals(List.of("[T-1] {" + line(id, 0) + "=2}"), shown(id));
        assertEquals(1, shop.fulfilments().creates());
        assertTrue(telling(id).contains("channel-did-not-answer"), telling(id));
    }

    private List<JsonNode> cases() {
        List<JsonNode> cases = new ArrayList<>();
        world.operator().get(CASES).body().forEach(cases::add);
        cases.removeIf(each -> !each.path("tenant").asText().equals(tenant));
        return cases;
    }

    @Test
    void whatTheShopRefusesIsACaseAndIsToldWhenItIsReleased() {
        long id = sell();
        shop.fulfilments().refuse("Tracking number is too long");
        ship(id, "1", Map.of(line(id, 0), 1), "");
        ship(id, "2", Map.of(line(id, 0), 1), "");
        Probe.until("a case", PATIENCE, () -> cases().size() == 1, this::cases);
        JsonNode parked = cases().get(0);
        assertEquals("CHN-2019", parked.path("code").asText());
        assertTrue(
                parked.path("detail").asText().contains("fulfillment.trackingInfo: Tracking number is too long"),
                parked::toString);
        assertEquals(List.of(), shown(id), "the order's next shipment waits");
        World.require(world.operator()
                .post(CASES + "/" + parked.path("caseId").asText() + "/release", "{\"reason\":\"cured\"}"));
        awaitShown(id, PATIENCE, "[T-1] {" + line(id, 0) + "=1}", "[T-2] {" + line(id, 0) + "=1}");
        awaitTold(id, 2);
        Probe.until(
                "done",
                PATIENCE,
                () -> "done".equals(cases().get(0).path("state").asText()),
                this::cases);
        assertTrue(telling(id).contains("channel-refused"), telling(id));
    }

    @Test
    void anOrderThatTheShopHasCancelledIsACase() {
        long id = sell();
        shop.network(new ShopifyShop.Network(100, 0, 0, false));
        shop.cancel(id, "customer");
        ship(id, "1", Map.of(line(id, 0), 1), "");
        Probe.until("a case", PATIENCE, () -> cases().size() == 1, this::cases);
        assertEquals("CHN-2017", cases().get(0).path("code").asText());
        World.require(world.operator()
                .post(CASES + "/" + cases().get(0).path("caseId").asText() + "/discard", "{\"reason\":\"sent back\"}"));
    }

    @Test
    @Tag("deep")
    void aKillBetweenTheShopsAnswerAndOurNoteIsNoSecondFulfilment() {
        long id = sell();
        AtomicBoolean killed = new AtomicBoolean();
        shop.fulfilments().whenCreated(() -> {
            world.hub().kill();
            killed.set(true);
        });
        ship(id, "1", Map.of(line(id, 0), 2), "");
        Probe.until("killed", PATIENCE, killed::get, () -> shown(id));
        world.hub().startServer();
        // The dead server's claim lasts longer than the longest call.
        Probe.until(
                "told",
                Duration.ofMinutes(5),
                () -> telling(id).contains("channel-told"),
                () -> telling(id) + "; " + world.hub().lastLines());
        assertEquals(List.of("[T-1] {" + line(id, 0) + "=2}"), shown(id));
        assertEquals(1, shop.fulfilments().creates());
        world.hub().books().awaitNothingPrepared(PATIENCE);
    }
}
