package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.retailhub.simulator.shopify.ShopStock;
import org.retailhub.simulator.shopify.ShopifyShop;

/** From movements to what a shop shows and what a store reads. */
class ChannelStockIT {
    private static final String CONNECTIONS = "/api/channel/v1/connections";
    private static final String SECRET = "shpss_of_the_test_0123456789abcdef";
    private static final String TOKEN = "shpat_of_the_test_0123456789abcdef";
    private static final String PLACE = "655441491";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int SKUS = 50;
    /** Ten thousand in the deep run. */
    private static final int CHANGES = Integer.getInteger("retail.changes");

    private static final int CHANGES_A_REQUEST = 200;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static int serial;

    private World world;
    private ShopifyShop shop;
    private String tenant;
    private String connection;
    private Map<String, String> key;
    private int sequence;

    @BeforeEach
    void connectAShop() throws IOException {
        tenant = "shown-" + ++serial;
        connection = "shown-" + serial;
        world = World.on(Hub.shared(), tenant);
        shop = new ShopifyShop(
                URI.create(JudgedDoor.of(world.hub()).url() + "/api/channel/v1/" + connection + "/webhooks"),
                tenant + ".myshopify.com",
                SECRET,
                TOKEN,
                42);
        connect(connection, "shopify", World.CHANNEL, tenant + ".myshopify.com", shop.url());
        World.require(world.operator()
                .post(
                        CONNECTIONS + "/" + connection + "/secrets",
                        "{\"purpose\":\"api\",\"secret\":\"" + TOKEN + "\"}"));
        key = Map.of("X-API-Key", key("shop-eu"), "Content-Type", "application/x-ndjson");
    }

    private String key(String channel) {
        return World.require(world.operator()
                        .post(
                                "/api/partner/v1/partners/shop-of-" + tenant + "/credentials",
                                "{\"name\":\"stock of " + channel
                                        + "\",\"scopes\":[\"inventory:read\",\"inventory:write\"]}"))
                .text("key");
    }

    private void connect(String code, String kind, String channel, String account, String url) {
        ObjectNode wanted = JSON.createObjectNode()
                .put("code", code)
                .put("tenant", tenant)
                .put("kind", kind)
                .put("channel", channel)
                .put("account", account);
        if (url != null) {
            wanted.put("apiUrl", url);
        }
        World.require(world.operator().post(CONNECTIONS, wanted.toString()));
    }

    @AfterEach
    void closeTheShop() {
        World.require(world.operator().put(CONNECTIONS + "/" + connection + "/active", "{\"active\":false}"));
        shop.close();
    }

    private static String sku(int n) {
        return "SHOWN-" + n;
    }

    private static String item(int n) {
        return String.valueOf(808_950_000_000_000_000L + n);
    }

    private void teach(int skus) {
        ObjectNode names = JSON.createObjectNode();
        ArrayNode items = names.putArray("items");
        for (int n = 0; n < skus; n++) {
            shop.stock().stock(item(n), PLACE);
            items.addObject().put("sku", sku(n)).put("channelItem", item(n));
        }
        names.putArray("locations").addObject().put("channelLocation", PLACE);
        World.require(world.operator().put(CONNECTIONS + "/" + connection + "/stock-names", names.toString()));
    }

    private String movement(String sku, String location, int quantity) {
        return "{\"feed\":\"wms\",\"sequence\":" + ++sequence + ",\"kind\":\"" + (quantity > 0 ? "receipt" : "sale")
                + "\",\"sku\":\"" + sku + "\",\"location\":\"" + location + "\",\"quantity\":" + quantity
                + ",\"occurredAt\":\"2026-11-23T10:00:00Z\"}";
    }

    private void move(List<String> lines) {
        HttpResponse<String> answer = new Doors(world.hub())
                .send("POST", "/api/inventory/v1/movements", String.join("\n", lines) + "\n", key);
        assertEquals(200, answer.statusCode(), answer::body);
        assertEquals(
                lines.size(),
                answer.body()
                        .lines()
                        .filter(each -> each.contains("\"status\":201"))
                        .count(),
                answer::body);
    }

    @Test
    @Tag("deep")
    void changesEndWithTheShopAsItIsHoweverBadItsApiAndAKillInBetween() {
        teach(SKUS);
        World.require(world.operator()
                .put("/api/inventory/v1/channel-rules/" + World.CHANNEL + "?tenant=" + tenant, "{\"buffer\":2}"));
        shop.stock().conditions(new ShopStock.Conditions(4, 4, 4, 100));
        shop.api().limit(40, 2);
        int callsBefore = shop.api().calls();
        long begun = System.nanoTime();
        Random random = new Random(42);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < CHANGES; i++) {
            lines.add(movement(
                    sku(i % SKUS), random.nextBoolean() ? "berlin-1" : "hamburg-2", random.nextInt(9) < 5 ? 3 : -2));
            if (lines.size() == CHANGES_A_REQUEST) {
                move(lines);
                lines.clear();
            }
            if (i == CHANGES / 2) {
                int sets = shop.stock().sets();
                Probe.until(
                        "the shop is being told", PATIENCE, () -> shop.stock().sets() > sets, () -> publications(""));
                world.hub().kill();
                world.hub().startServer();
            }
        }
        shop.stock().conditions(ShopStock.Conditions.GOOD);
        Probe.until(
                "the shop shows what there is",
                Duration.ofMinutes(4),
                () -> shown().equals(available())
                        && publications("").at("/counts/sent").asInt() == SKUS,
                () -> shown() + " is not " + available() + "; " + publications("?limit=3") + "; "
                        + world.hub().lastLines());
        double seconds = (System.nanoTime() - begun) / 1e9;
        int calls = shop.api().calls() - callsBefore;
        int[] limited = shop.api().limited();
        System.out.printf(
                "%d changes of %d SKUs: %d values set by %d calls in %.0f s, %d refused by the limit%n",
                CHANGES, SKUS, shop.stock().sets(), calls, seconds, limited[1]);
        assertTrue(calls <= 40 + 2 * seconds, calls + " calls in " + seconds + " s");
        assertTrue(limited[1] <= 5, limited[1] + " were one too many");
        world.hub().books().awaitNothingPrepared(PATIENCE);
        assertEquals(
                List.of(),
                world.hub().books().openCases().stream()
                        .filter(each -> each.startsWith("inventory.events.channel"))
                        .toList());
    }

    private Map<String, Long> shown() {
        Map<String, Long> shown = new TreeMap<>();
        for (int n = 0; n < SKUS; n++) {
            shown.put(sku(n), shop.stock().available(item(n), PLACE));
        }
        return shown;
    }

    private Map<String, Long> available() {
        StringBuilder query = new StringBuilder("/api/inventory/v1/availability?channel=" + World.CHANNEL);
        for (int n = 0; n < SKUS; n++) {
            query.append("&sku=").append(sku(n));
        }
        Map<String, Long> available = new TreeMap<>();
        HttpResponse<String> answer = new Doors(world.hub()).send("GET", query.toString(), null, key);
        Doors.json(answer.body())
                .path("items")
                .forEach(each -> available.put(
                        each.path("sku").asText(), each.path("available").asLong()));
        return available;
    }

    private JsonNode publications(String query) {
        return world.operator()
                .get(CONNECTIONS + "/" + connection + "/stock-publications" + query)
                .body();
    }

    @Test
    void whatIsNotKnownAtTheShopWaitsInTheListAndIsRefusedInItsWords() {
        move(List.of(movement(sku(0), "berlin-1", 5)));
        Probe.until(
                "it waits for a name",
                PATIENCE,
                () -> "location"
                        .equals(publications("?state=due")
                                .at("/items/0/waitsFor")
                                .asText()),
                () -> publications(""));
        World.require(world.operator()
                .put(
                        CONNECTIONS + "/" + connection + "/stock-names",
                        "{\"items\":[{\"sku\":\"" + sku(0) + "\",\"channelItem\":\"" + item(0)
                                + "\"}],\"locations\":[{\"location\":\"berlin-1\",\"channelLocation\":\"" + PLACE
                                + "\"}]}"));
        Probe.until(
                "the shop does not know it",
                PATIENCE,
                () -> publications("?state=failed")
                        .at("/items/0/reason")
                        .asText()
                        .contains("404"),
                () -> publications("") + "; " + world.hub().lastLines());
        shop.stock().stock(item(0), PLACE);
        World.require(world.operator()
                .post(CONNECTIONS + "/" + connection + "/stock-publications/resend", "{\"state\":\"failed\"}"));
        Probe.until(
                "it is shown",
                PATIENCE,
                () -> Long.valueOf(5).equals(shop.stock().available(item(0), PLACE)),
                () -> publications(""));
    }

    @Test
    void aStoreReadsItsOwnStockWholeAndThenWhatChanged() {
        String store = "store-" + serial;
        connect(store, "pos", "pos-berlin", "berlin-1", null);
        move(List.of(
                movement(sku(1), "berlin-1", 5), movement(sku(2), "berlin-1", 7), movement(sku(3), "hamburg-2", 9)));
        String path = "/api/channel/v1/" + store + "/stock";
        Probe.until(
                "the store's are there",
                PATIENCE,
                () -> Doors.json(get(path, Map.of()).body()).path("items").size() == 2,
                () -> get(path, Map.of()).body());
        HttpResponse<String> whole = get(path, Map.of());
        String cursor = Doors.json(whole.body()).path("cursor").asText();
        assertEquals(
                304,
                get(
                                path,
                                Map.of(
                                        "If-None-Match",
                                        whole.headers().firstValue("ETag").orElseThrow()))
                        .statusCode());
        assertEquals(
                0,
                Doors.json(get(path + "?after=" + cursor, Map.of()).body())
                        .path("items")
                        .size());
        move(List.of(movement(sku(2), "berlin-1", -2), movement(sku(3), "hamburg-2", -1)));
        Probe.until(
                "what changed is there",
                PATIENCE,
                () -> "5"
                        .equals(Doors.json(
                                        get(path + "?after=" + cursor, Map.of()).body())
                                .at("/items/0/available")
                                .asText()),
                () -> get(path + "?after=" + cursor, Map.of()).body());
        assertEquals(
                1,
                Doors.json(get(path + "?after=" + cursor, Map.of()).body())
                        .path("items")
                        .size());
        assertEquals(
                404, get("/api/channel/v1/" + connection + "/stock", Map.of()).statusCode(), "no store");
    }

    private HttpResponse<String> get(String path, Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(more);
        headers.put("X-API-Key", key.get("X-API-Key"));
        return new Doors(world.hub()).send("GET", path, null, headers);
    }
}
