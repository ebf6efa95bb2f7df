package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.simulator.shopify.ShopifyShop;

/** From a shop's signed webhook to the ERP's document, and what happens to webhooks that are not as they should be. */
class ShopifyIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SECRET = "shpss_of_the_test_0123456789abcdef";
    private static final String TOKEN = "shpat_of_the_test_0123456789abcdef";
    private static final String CONNECTIONS = "/api/channel/v1/connections";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FULL = List.of(
            "subsystem", "messaging-activemq", "server", "default", "address-setting", "jms.queue.channel.inbound");
    private static int serial;

    private World world;
    private ShopifyShop shop;
    private String connection;

    @BeforeEach
    void connectAShop() throws IOException {
        world = World.on(Hub.shared(), "shopify-" + ++serial);
        connection = "shop-" + serial;
        String account = "acme-" + serial + ".myshopify.com";
        shop = new ShopifyShop(
                URI.create(JudgedDoor.of(world.hub()).url() + "/api/channel/v1/" + connection + "/webhooks"),
                account,
                SECRET,
                TOKEN,
                42);
        World.require(world.operator()
                .post(
                        CONNECTIONS,
                        JSON.createObjectNode()
                                .put("code", connection)
                                .put("tenant", "shopify-" + serial)
                                .put("kind", "shopify")
                                .put("channel", World.CHANNEL)
                                .put("account", account)
                                .put("apiUrl", shop.url())
                                .toString()));
        keepSecret("signature", SECRET);
        keepSecret("api", TOKEN);
        world.hub().erp().normal();
    }

    @AfterEach
    void closeTheShop() {
        world.hub().erp().normal();
        World.require(world.operator().put(CONNECTIONS + "/" + connection + "/active", "{\"active\":false}"));
        shop.close();
    }

    private String keepSecret(String purpose, String secret) {
        return World.require(world.operator()
                        .post(
                                CONNECTIONS + "/" + connection + "/secrets",
                                JSON.createObjectNode()
                                        .put("purpose", purpose)
                                        .put("secret", secret)
                                        .toString()))
                .text("secretId");
    }

    @Test
    void aSignedOrderBecomesOneDocument() {
        long id = shop.place(line(1, 2, "12.30"), line(2, 1, "4.05"));
        assertEquals(List.of(200), shop.deliver());
        awaitBooked(id, "28.65");
        assertEquals(List.of(), openCases());
    }

    @Test
    void theSameWebhookTwiceIsOneOrder() {
        shop.network(new ShopifyShop.Network(0, 100, 0, false));
        long id = shop.place(line(1, 1, "10.00"));
        assertEquals(List.of(200, 200), shop.deliver());
        awaitBooked(id, "10.00");
        JsonNode balance =
                world.operator().get(CONNECTIONS + "/" + connection).body().path("balance");
        assertEquals(2, balance.path("received").asInt(), balance::toString);
        assertEquals(1, balance.path("delivered-again").asInt(), balance::toString);
        assertEquals(1, balance.path("told").asInt(), balance::toString);
    }

    @Test
    void forgedAndUnsignedWebhooksAreRefusedAndLeaveNothing() {
        ShopifyShop.Webhook webhook = shop.webhook("app/uninstalled", "{\"id\":1}");
        assertEquals(401, shop.send(webhook, null));
        assertEquals(401, shop.send(webhook, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="));
        assertEquals(401, shop.send(webhook, ShopifyShop.signature(webhook.body(), "another secret")));
        assertNothingCame();
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(webhook.body(), SECRET)));
    }

    @Test
    void whatCannotBeTranslatedIsTakenAndParkedWithItsField() {
        long id = shop.place(line(1, 1, "10.00"));
        String body = shop.order(id).toString().replace("\"quantity\":1", "\"quantity\":\"one\"");
        ShopifyShop.Webhook webhook = shop.webhook("orders/create", body);
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(webhook.body(), SECRET)));
        String payloadId = awaitOnlyPayload();
        JsonNode parked = awaitParked(payloadId);
        assertEquals("CHN-1004", parked.path("code").asText(), parked::toString);
        assertTrue(parked.path("detail").asText().startsWith("line_items[0].quantity: "), parked::toString);

        String caseId = parked.path("caseId").asText();
        String corrected = "{\"payloadId\":\"" + payloadId + "\",\"corrected\":" + shop.order(id) + "}";
        String path = "/api/channel/v1/hospital/cases/" + caseId;
        World.require(world.operator().put(path + "/body", "{\"reason\":\"a slip\",\"body\":" + corrected + "}"));
        World.require(world.operator().post(path + "/release", "{\"reason\":\"corrected\"}"));
        awaitBooked(id, "10.00");
    }

    /** No text, let alone JSON: taken because it is signed, kept as it came, and parked. */
    @Test
    void bytesAreSignedAndKeptAsTheyCame() {
        byte[] raw = {'{', (byte) 0xff, (byte) 0xfe, '\r', '\n', ' ', (byte) 0xc3, '}', '\n'};
        ShopifyShop.Webhook webhook =
                new ShopifyShop.Webhook("raw-" + serial, "orders/create", raw, "2026-11-23T08:00:00Z");
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(raw, SECRET)));
        String payloadId = awaitOnlyPayload();
        JsonNode parked = awaitParked(payloadId);
        giveUp(parked);
        assertEquals("RUN-1007", parked.path("code").asText(), parked::toString);
        assertArrayEquals(raw, body(payloadId));
    }

    @Test
    void anOversizeWebhookIsRefusedAndLeavesNothing() {
        byte[] raw = new byte[(2 << 20) + 1];
        Arrays.fill(raw, (byte) ' ');
        ShopifyShop.Webhook webhook =
                new ShopifyShop.Webhook("large-" + serial, "orders/create", raw, "2026-11-23T08:00:00Z");
        assertEquals(413, shop.send(webhook, ShopifyShop.signature(raw, SECRET)));
        assertNothingCame();
    }

    /** Whom it concerns has a right to an answer: nobody may overlook it. */
    @Test
    void aRequestForAPersonsDataIsParked() {
        ShopifyShop.Webhook webhook = shop.webhook(
                "customers/redact", "{\"shop_id\":1,\"customer\":{\"id\":2,\"email\":\"ines@example.org\"}}");
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(webhook.body(), SECRET)));
        JsonNode parked = awaitParked(awaitOnlyPayload());
        giveUp(parked);
        assertEquals("CHN-2011", parked.path("code").asText(), parked::toString);
        assertTrue(!parked.toString().contains("ines@"), parked::toString);
    }

    @Test
    void eitherSecretCountsWhileOneReplacesTheOther() {
        ShopifyShop.Webhook webhook = shop.webhook("app/uninstalled", "{\"id\":1}");
        String next = "shpss_the_next_one_0123456789abcdef";
        keepSecret("signature", next);
        Probe.until(
                "the new secret counts",
                PATIENCE,
                () -> shop.send(webhook, ShopifyShop.signature(webhook.body(), next)) == 200,
                () -> "");
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(webhook.body(), SECRET)));
        JsonNode secrets =
                world.operator().get(CONNECTIONS + "/" + connection).body().path("secrets");
        assertTrue(!secrets.toString().contains("shpss"), secrets::toString);
        String first = secrets.get(0).path("secretId").asText();
        assertTrue(world.operator()
                .attempt("DELETE", CONNECTIONS + "/" + connection + "/secrets/" + first, null, Map.of())
                .ok());
        Probe.until(
                "the old secret is dead",
                Duration.ofSeconds(5),
                () -> shop.send(webhook, ShopifyShop.signature(webhook.body(), SECRET)) == 401,
                () -> "");
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(webhook.body(), next)));
    }

    @Test
    void editsAndCancellationsFollowTheOrderIntoTheErp() {
        world.hub().erp().stopped();
        long edited = shop.place(line(1, 1, "10.00"));
        long cancelled = shop.place(line(2, 1, "7.00"));
        shop.deliver();
        awaitStatus(cancelled, "posting");
        shop.add(edited, line(3, 2, "1.50"));
        shop.tag(edited, "vip");
        shop.cancel(cancelled, "customer");
        shop.network(new ShopifyShop.Network(0, 50, 0, true));
        shop.deliver();
        awaitStatus(edited, "changing");
        awaitStatus(cancelled, "cancelled");
        world.hub().erp().normal();
        awaitBooked(edited, "13.00");

        shop.add(edited, line(4, 1, "2.00"));
        shop.deliver();
        awaitBooks(edited, "15.00");
        awaitStatus(edited, "posted");
        shop.cancel(edited, "fraud");
        shop.deliver();
        awaitStatus(edited, "cancelled");
        awaitBooks(edited, "0.00");
        awaitBooked(edited, "13.00");
        assertEquals(List.of(), documents(cancelled));
    }

    @Test
    void aTestOrderNeverReachesTheErp() {
        long id = shop.place(line(1, 1, "10.00"));
        String body = shop.order(id).toString().replace("\"test\":false", "\"test\":true");
        ShopifyShop.Webhook webhook = shop.webhook("orders/create", body);
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(webhook.body(), SECRET)));
        awaitStatus(id, "not-for-erp");
        assertEquals(List.of(), documents(id));
    }

    @Test
    void aBadNetworkAndASweepEndWithEachOrderExactlyOnce() {
        world.hub().erp().stopped();
        shop.network(new ShopifyShop.Network(30, 25, 30, true));
        List<Long> kept = new ArrayList<>();
        List<Long> cancelled = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            long id = shop.place(line(i, 1 + i % 3, "10.00"), line(i + 1, 1, "2.50"));
            (i % 6 == 5 ? cancelled : kept).add(id);
            if (i % 4 == 1) {
                shop.add(id, line(i + 2, 1, "1.00"));
            }
            if (i % 6 == 5) {
                shop.cancel(id, "customer");
            }
            if (i % 5 == 0) {
                shop.tag(id, "vip");
                shop.deliver();
            }
        }
        shop.deliver();
        assertTrue(shop.lost() > 20, "lost: " + shop.lost());
        shop.api().pageSize(7);
        shop.api().fail(1, 500);
        shop.api().fail(1, 429);
        World.require(world.operator()
                .post(CONNECTIONS + "/" + connection + "/sweeps", "{\"since\":\"2026-11-23T00:00:00Z\"}"));
        shop.network(ShopifyShop.Network.GOOD);
        for (long id : kept) {
            awaitTotal(id);
        }
        for (long id : cancelled) {
            awaitStatus(id, "cancelled");
        }
        shop.deliver();
        assertEquals(0, shop.waiting());
        world.hub().books().awaitHandled(PATIENCE);
        world.hub().erp().normal();
        for (long id : kept) {
            awaitBooked(id, shop.order(id).path("total_price").asText());
        }
        for (long id : cancelled) {
            assertEquals(List.of(), documents(id));
        }
        assertEquals(
                kept.size() + cancelled.size(),
                world.shop()
                        .get(Shop.ORDERS + "?limit=200")
                        .body()
                        .path("orders")
                        .size());
        JsonNode found = world.operator().get(CONNECTIONS + "/" + connection).body();
        assertTrue(found.at("/balance/found-by-asking").asInt() > 0, found::toString);
        assertEquals(0, found.at("/balance/open").asInt(), found::toString);
        assertEquals(List.of(), openCases());
    }

    /** As the shop has it, and on its way to the ERP. */
    private void awaitTotal(long id) {
        String total = shop.order(id).path("total_price").asText();
        Probe.until(
                id + " is known with " + total,
                Duration.ofSeconds(60),
                () -> total.equals(order(id).at("/grandTotal/amount").asText()),
                () -> order(id) + "; "
                        + world.operator().get(CONNECTIONS + "/" + connection).body() + "; "
                        + world.hub().books().openCases() + "; " + world.hub().lastLines());
    }

    @Test
    void webhooksAreTakenWhateverElseIsDown() {
        world.hub().erp().down();
        world.hub().management().pause("order.commands");
        world.hub().management().pause("channel.inbound");
        List<Long> ids = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                ids.add(shop.place(line(i, 1, "10.00")));
            }
            long begun = System.nanoTime();
            assertEquals(List.of(200, 200, 200, 200, 200), shop.deliver());
            assertTrue(
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 5, "within Shopify's 5 s, all of them");
        } finally {
            world.hub().management().resume("channel.inbound");
            world.hub().management().resume("order.commands");
            world.hub().erp().restore();
        }
        ids.forEach(id -> awaitBooked(id, "10.00"));
    }

    @Test
    void webhooksAreTakenWhileTheBrokerTakesNoMessages() {
        Management management = world.hub().management();
        management.pause("channel.inbound");
        List<Long> ids = new ArrayList<>();
        boolean full = false;
        try {
            ids.add(shop.place(line(0, 1, "10.00")));
            assertEquals(List.of(200), shop.deliver());
            management.execute(FULL, "add", Map.of("max-size-bytes", 1, "address-full-policy", "FAIL"));
            full = true;
            for (int i = 1; i < 5; i++) {
                ids.add(shop.place(line(i, 1, "10.00")));
            }
            long begun = System.nanoTime();
            assertEquals(List.of(200, 200, 200, 200), shop.deliver());
            assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 5, "within Shopify's 5 s");
            assertEquals(1, management.depth("channel.inbound"), "the others are in the database alone");
        } finally {
            if (full) {
                management.execute(FULL, "remove", Map.of());
            }
            management.resume("channel.inbound");
        }
        ids.forEach(id -> awaitBooked(id, "10.00"));
        world.hub().books().awaitHandled(PATIENCE);
    }

    @Test
    void aKilledServerLosesNoAnsweredWebhookAndDoublesNone() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ids.add(shop.place(line(i, 1, "10.00")));
        }
        shop.network(new ShopifyShop.Network(0, 20, 0, true));
        shop.deliver(sent -> {
            if (sent == 40) {
                world.hub().kill();
            }
        });
        assertTrue(shop.waiting() > 0, "some were not answered");
        world.hub().startServer();
        Probe.until(
                "all are answered",
                PATIENCE,
                () -> shop.deliver().stream().allMatch(status -> status == 200),
                () -> world.hub().lastLines());
        ids.forEach(id -> awaitBooked(id, "10.00"));
        world.hub().books().awaitHandled(PATIENCE);
        world.hub().books().awaitNothingPrepared(PATIENCE);
        assertEquals(
                ids.size(),
                world.shop()
                        .get(Shop.ORDERS + "?limit=200")
                        .body()
                        .path("orders")
                        .size());
        assertEquals(List.of(), openCases());
    }

    @Test
    void anOrderThatCameInPartIsAskedForWhole() {
        long id = shop.place(line(1, 1, "10.00"));
        ObjectNode part = shop.order(id);
        part.remove(List.of("line_items", "shipping_address"));
        ShopifyShop.Webhook webhook = shop.webhook("orders/create", part.toString());
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(webhook.body(), SECRET)));
        awaitBooked(id, "10.00");

        part.put("id", 17).put("admin_graphql_api_id", "gid://shopify/Order/17");
        ShopifyShop.Webhook gone = shop.webhook("orders/create", part.toString());
        assertEquals(200, shop.send(gone, ShopifyShop.signature(gone.body(), SECRET)));
        Probe.until(
                "nothing is wanted any more",
                PATIENCE,
                () -> world.operator()
                                .get(CONNECTIONS + "/" + connection)
                                .body()
                                .at("/balance/noted")
                                .asInt()
                        == 1,
                () -> world.operator().get(CONNECTIONS + "/" + connection).body() + "; "
                        + world.hub().lastLines());
    }

    @Test
    void aChannelThatRefusesTheApiSecretIsSaid() {
        ShopifyShop.Webhook webhook = shop.webhook("app/uninstalled", "{}");
        assertEquals(200, shop.send(webhook, ShopifyShop.signature(webhook.body(), SECRET)));
        shop.api().fail(1000, 401);
        World.require(world.operator()
                .post(CONNECTIONS + "/" + connection + "/sweeps", "{\"since\":\"2026-11-23T00:00:00Z\"}"));
        Probe.until(
                "the failure is told",
                PATIENCE,
                () -> world.operator()
                        .get(CONNECTIONS + "/" + connection)
                        .body()
                        .at("/sweep/lastError")
                        .asText()
                        .contains("401"),
                () -> world.operator().get(CONNECTIONS + "/" + connection).body());
        long id = shop.place(line(1, 1, "10.00"));
        shop.deliver();
        awaitBooked(id, "10.00");
    }

    private List<String> openCases() {
        return world.hub().books().openCases().stream()
                .filter(each -> each.startsWith("channel.") || each.startsWith("order.commands"))
                .toList();
    }

    private static ShopifyShop.Line line(int sku, int quantity, String price) {
        return new ShopifyShop.Line(World.sku(sku), quantity, new BigDecimal(price));
    }

    private void assertNothingCame() {
        assertEquals(
                0,
                world.operator()
                        .get("/api/channel/v1/payloads?connection=" + connection)
                        .body()
                        .path("items")
                        .size());
    }

    private void giveUp(JsonNode parked) {
        World.require(world.operator()
                .post(
                        "/api/channel/v1/hospital/cases/"
                                + parked.path("caseId").asText() + "/discard",
                        "{\"reason\":\"seen\"}"));
    }

    private byte[] body(String payloadId) {
        return new Doors(world.hub())
                .bytes(
                        "/api/channel/v1/payloads/" + payloadId + "/body",
                        Map.of("X-API-Key", world.hub().operatorKey()))
                .body();
    }

    private String awaitOnlyPayload() {
        return world.operator()
                .get("/api/channel/v1/payloads?connection=" + connection)
                .body()
                .at("/items/0/payloadId")
                .asText();
    }

    private JsonNode awaitParked(String payloadId) {
        String path = "/api/channel/v1/hospital/cases?state=parked&businessKey=" + payloadId;
        Probe.until(
                payloadId + " is parked",
                PATIENCE,
                () -> !world.operator().get(path).body().isEmpty(),
                world.hub()::lastLines);
        return world.operator().get(path).body().get(0);
    }

    private void awaitStatus(long id, String status) {
        Probe.until(
                id + " " + status,
                PATIENCE,
                () -> status.equals(order(id).path("status").asText()),
                () -> order(id) + "; " + world.hub().books().openCases() + "; "
                        + world.hub().lastLines());
    }

    private JsonNode order(long id) {
        return world.shop()
                .get(Shop.ORDERS + "?channelOrderId=" + id)
                .body()
                .path("orders")
                .path(0);
    }

    /** In the ERP, once, with this total. */
    private void awaitBooked(long id, String total) {
        Probe.until(
                id + " booked over " + total,
                PATIENCE,
                () -> List.of(total).equals(documents(id)),
                () -> documents(id) + "; " + order(id) + "; "
                        + world.hub().books().openCases() + "; " + world.hub().lastLines());
    }

    /** What all documents of an order say together. */
    private void awaitBooks(long id, String total) {
        String orderId = order(id).path("orderId").asText("none");
        Probe.until(
                id + " in the books with " + total,
                PATIENCE,
                () -> world.hub()
                                .erp()
                                .ledger(orderId)
                                .path("byCurrency")
                                .path(0)
                                .path("lines")
                                .decimalValue()
                                .compareTo(new BigDecimal(total))
                        == 0,
                () -> world.hub().erp().ledger(orderId));
    }

    /** Totals of the ERP's documents of an order. */
    private List<String> documents(long id) {
        String orderId = order(id).path("orderId").asText("none");
        List<String> totals = new ArrayList<>();
        for (JsonNode document : world.hub().erp().document(orderId).path("documents")) {
            BigDecimal total = BigDecimal.ZERO;
            for (JsonNode each : document.path("lines")) {
                total = total.add(each.path("net").decimalValue());
            }
            totals.add(total.setScale(2).toPlainString());
        }
        return totals;
    }
}
