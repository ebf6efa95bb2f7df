package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A quota as a partner meets it. How exact it is over two nodes: QuotaBookIT of the partner module. */
class QuotaIT {
    private static final String ORDERS = "/api/order/v1/orders?limit=1";
    private static final String ACCOUNT = "/api/masterdata/v1/sales-accounts/none";
    private static int serial;

    private World world;
    private Doors doors;
    private String quotas;
    private Map<String, String> key;

    @BeforeEach
    void registerAPartner() {
        world = World.shared();
        doors = new Doors(world.hub());
        String code = "quota-" + ++serial;
        String partner = "/api/partner/v1/partners/" + code;
        quotas = partner + "/quotas/";
        World.require(world.operator()
                .post(
                        "/api/partner/v1/partners",
                        "{\"code\":\"" + code + "\",\"tenant\":\"" + code + "\",\"name\":\"Quota\"}"));
        key = Map.of(
                "X-API-Key",
                World.require(
                                world.operator()
                                        .post(
                                                partner + "/credentials",
                                                "{\"name\":\"main\",\"scopes\":[\"orders:read\",\"orders:write\",\"masterdata:read\"]}"))
                        .text("key"));
    }

    @Test
    void answersSayWhatIsLeftAndARefusalWhenToComeBack() {
        setQuota("findOrders", 5, 3_600);
        for (int i = 1; i <= 5; i++) {
            HttpResponse<String> answer = get(ORDERS);
            assertEquals(200, answer.statusCode(), answer::body);
            assertEquals("\"findOrders\";q=5;w=3600", header(answer, "RateLimit-Policy"));
            assertEquals("\"findOrders\";r=" + (5 - i) + ";t=" + i * 720, header(answer, "RateLimit"));
        }
        HttpResponse<String> refused = get(ORDERS);
        assertEquals(429, refused.statusCode(), refused::body);
        assertEquals("application/problem+json", header(refused, "Content-Type"));
        assertEquals("RUN-2005", Doors.code(refused));
        assertEquals("\"findOrders\";q=5;w=3600", header(refused, "RateLimit-Policy"));
        long wait = Long.parseLong(header(refused, "Retry-After"));
        assertTrue(wait >= 700 && wait <= 720, "a fifth of the hour: " + wait);

        HttpResponse<String> other = get(ACCOUNT);
        assertEquals(404, other.statusCode(), "another route has a quota of its own");
        assertEquals("\"getSalesAccount\";q=1000;w=10", header(other, "RateLimit-Policy"), "the default");
        HttpResponse<String> operator =
                doors.send("GET", ORDERS, null, Map.of("X-API-Key", world.hub().operatorKey()));
        assertEquals(200, operator.statusCode());
        assertFalse(operator.headers().firstValue("RateLimit").isPresent(), "operators are not counted");
    }

    /** Its answer comes later, from another thread. */
    @Test
    void answerToAnOrderSaysWhatIsLeftToo() {
        setQuota("placeOrder", 2, 3_600);
        String order = Order.of(World.CHANNEL, "quota-" + serial, World.sku(1)).json();
        for (int left = 1; left >= 0; left--) {
            HttpResponse<String> placed = post(order);
            assertEquals(202, placed.statusCode(), placed::body);
            assertTrue(header(placed, "RateLimit").startsWith("\"placeOrder\";r=" + left + ";t="), placed::toString);
        }
        HttpResponse<String> refused = post(order);
        assertEquals(429, refused.statusCode(), refused::body);
        assertTrue(Long.parseLong(header(refused, "Retry-After")) > 1_000, "half of the hour");
        assertEquals(
                200,
                doors.send(
                                "POST",
                                Shop.ORDERS + "/batch",
                                order,
                                Map.of("X-API-Key", key.get("X-API-Key"), "Content-Type", "application/x-ndjson"))
                        .statusCode(),
                "many orders in one call have a quota of their own");
    }

    @Test
    void eachRouteOfPartnersInTheDocumentHasAQuotaThatCanBeSet() {
        Set<String> named = new TreeSet<>();
        doors.document()
                .path("paths")
                .forEach(path -> path.forEach(operation -> {
                    if (operation.has("x-quota")) {
                        named.add(operation.path("x-quota").asText());
                    }
                }));
        Set<String> listed = new TreeSet<>(world.operator()
                .get(quotas.substring(0, quotas.length() - 1))
                .body()
                .path("items")
                .findValuesAsText("routeClass"));
        assertEquals(listed, named);
    }

    @Test
    void operatorsChangeHoldsWithinFiveSeconds() {
        setQuota("findOrders", 0, 60);
        assertTrue(Probe.happens(Duration.ofSeconds(5), () -> get(ORDERS).statusCode() == 429));
        assertEquals(
                204,
                world.operator()
                        .attempt("DELETE", quotas + "findOrders", null, Map.of())
                        .status());
        assertTrue(Probe.happens(Duration.ofSeconds(5), () -> get(ORDERS).statusCode() == 200));
        assertEquals(
                404,
                world.operator()
                        .put(quotas + "listPartners", "{\"requests\":1,\"windowSeconds\":1}")
                        .status());
        assertEquals(
                400,
                world.operator()
                        .put(quotas + "findOrders", "{\"requests\":-1,\"windowSeconds\":0}")
                        .status());
    }

    private void setQuota(String routeClass, int requests, int seconds) {
        World.require(world.operator()
                .put(quotas + routeClass, "{\"requests\":" + requests + ",\"windowSeconds\":" + seconds + "}"));
    }

    private HttpResponse<String> post(String order) {
        return doors.send(
                "POST",
                Shop.ORDERS,
                order,
                Map.of("X-API-Key", key.get("X-API-Key"), "Content-Type", "application/json"));
    }

    private HttpResponse<String> get(String path) {
        return doors.send("GET", path, null, key);
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("none");
    }
}
