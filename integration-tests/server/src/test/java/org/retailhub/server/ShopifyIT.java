package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
                URI.create(world.hub().url() + "/api/channel/v1/" + connection + "/webhooks"),
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
        assertEquals(
                0,
                world.hub().books().openCases().size(),
                () -> world.hub().books().openCases().toString());
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
        assertEquals(
                0,
                world.operator()
                        .get("/api/channel/v1/payloads?connection=" + connection)
                        .body()
                        .path("items")
                        .size());
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
                .attempt("DELETE", CONNECTIONS + "/" + connection + "/secrets/" + first, null, java.util.Map.of())
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
        awaitStatus(edited, "change-awaits-erp");
        shop.cancel(edited, "fraud");
        shop.deliver();
        awaitStatus(edited, "cancellation-awaits-erp");
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

    private static ShopifyShop.Line line(int sku, int quantity, String price) {
        return new ShopifyShop.Line(World.sku(sku), quantity, new BigDecimal(price));
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
