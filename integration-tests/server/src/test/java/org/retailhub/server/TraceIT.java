package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One order's way from the webhook to the ERP's document, by each of its names and for each who may see it. */
class TraceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String TRACE = "/api/operations/v1/trace/";
    private static int serial;

    private World world;
    private String tenant;

    @BeforeEach
    void world() {
        tenant = "trace-" + ++serial;
        world = World.on(Hub.shared(), tenant);
        world.hub().erp().normal();
    }

    @AfterEach
    void normal() {
        world.hub().erp().normal();
    }

    @Test
    void eachNameLeadsFromTheWebhookToTheDocument() {
        WebhookShop shop = world.webhookShop();
        long id = shop.shop().place(WebhookShop.line(1, 2, "12.30"));
        assertEquals(List.of(200), shop.shop().deliver());
        String orderId = awaitPosted(Long.toString(id));

        JsonNode trace = trace(world.operator(), orderId);
        List<String> whole = steps(trace);
        assertTrue(
                whole.containsAll(List.of(
                        "channel received",
                        "channel payload",
                        "channel told",
                        "channel sent",
                        "order accepted",
                        "order sent",
                        "order revision",
                        "erp written",
                        "erp acknowledged",
                        "erp sent",
                        "order posted")),
                whole::toString);
        assertEquals(1, trace.path("traceIds").size(), "one order, one trace: " + trace.path("traceIds"));
        assertInOrderOfTime(trace);
        assertTrue(payloads(trace).stream().anyMatch(each -> each.contains("line_items")), "as it came");
        assertTrue(payloads(trace).stream().anyMatch(each -> each.contains("channelOrderId")), "as it was understood");

        // As the tenant: the shops of other tests give the same numbers.
        Shop reader = new Shop(world.hub(), world.issueKey("reader", List.of("trace:read", "personal:read")));
        Set<String> names = namesIn(trace);
        names.add(Long.toString(id));
        for (String name : names) {
            assertEquals(new LinkedHashSet<>(whole), new LinkedHashSet<>(steps(trace(reader, name))), name);
        }
    }

    /** Ids of payload, order, messages and the trace, the delivery's, the channel's number, the ERP's document. */
    private static Set<String> namesIn(JsonNode trace) {
        Set<String> names = new LinkedHashSet<>();
        trace.path("traceIds").forEach(each -> names.add(each.asText()));
        trace.path("places").forEach(place -> place.path("names").forEach(each -> names.add(each.asText())));
        trace.path("steps").forEach(step -> {
            if (step.path("what").asText().equals("sent")) {
                names.add(step.path("messageId").asText());
            }
            if (step.path("what").asText().equals("received")) {
                String[] words = step.path("detail").asText().split(" ");
                names.add(words[words.length - 1]);
            }
        });
        assertTrue(names.size() >= 7, names::toString);
        return names;
    }

    @Test
    void namesAndAddressesAreMaskedForWhoMayNotReadThem() {
        Order wanted = Order.of(World.CHANNEL, "1001", World.sku(1));
        String orderId =
                World.require(world.shop().post(Shop.ORDERS, wanted.json())).text("orderId");
        awaitPosted("1001");
        JsonNode seen = trace(world.operator(), orderId);
        assertFalse(seen.path("masked").asBoolean());
        assertTrue(seen.toString().contains("A. Buyer"));

        Shop reader = new Shop(world.hub(), world.issueKey("reader", List.of("trace:read")));
        JsonNode masked = trace(reader, orderId);
        assertTrue(masked.path("masked").asBoolean());
        for (String secret : List.of("A. Buyer", "example.org", "High Street", "10115", "Berlin")) {
            assertFalse(masked.toString().contains(secret), secret);
        }
        assertTrue(masked.toString().contains(World.sku(1)), "goods stay");
        assertEquals(new LinkedHashSet<>(steps(seen)), new LinkedHashSet<>(steps(masked)));
    }

    @Test
    void anotherTenantFindsNothing() {
        String orderId = World.require(world.shop()
                        .post(
                                Shop.ORDERS,
                                Order.of(World.CHANNEL, "1001", World.sku(1)).json()))
                .text("orderId");
        String theirs = tenant + "-else";
        World other = World.on(world.hub(), theirs);
        Shop reader = new Shop(world.hub(), other.issueKey("reader", List.of("trace:read", "personal:read")));
        for (String name : List.of(orderId, tenant + "/" + World.CHANNEL + "/1001", "1001")) {
            Shop.Answer answer = reader.get(TRACE + encoded(name));
            assertEquals(404, answer.status(), answer::toString);
            assertEquals("OPS-1001", answer.text("code"));
        }
        assertEquals(403, world.shop().get(TRACE + orderId).status(), "without the scope");
    }

    @Test
    void aParkedMessageAndWhatWasDoneToItAreInTheTrace() {
        String sku = "TRACE-SKU-" + serial;
        world.hubLearns(List.of(sku));
        String orderId = World.require(world.shop()
                        .post(Shop.ORDERS, Order.of(World.CHANNEL, "1002", sku).json()))
                .text("orderId");
        Probe.until(
                "a case",
                PATIENCE,
                () -> steps(trace(world.operator(), orderId)).contains("erp case"),
                () -> trace(world.operator(), orderId));
        JsonNode parked = trace(world.operator(), orderId);
        String caseId = caseOf(parked);
        world.erpLearns(List.of(sku));
        World.require(world.operator()
                .post("/api/erp/v1/hospital/cases/" + caseId + "/release", "{\"reason\":\"item added\"}"));
        awaitPosted("1002");
        JsonNode after = trace(world.operator(), caseId);
        assertTrue(
                steps(after).containsAll(List.of("erp parked", "erp case-release", "erp written", "order posted")),
                () -> steps(after).toString());
        assertEquals(1, after.path("traceIds").size(), "one order, one trace, also over a retry: " + after);
    }

    private static String caseOf(JsonNode trace) {
        for (JsonNode step : trace.path("steps")) {
            if (step.path("what").asText().equals("case")) {
                return step.path("detail").asText().split(" ")[0];
            }
        }
        throw new AssertionError("no case in " + trace);
    }

    /** @return its id */
    private String awaitPosted(String channelOrderId) {
        String path = Shop.ORDERS + "?channelOrderId=" + channelOrderId;
        Probe.until(
                channelOrderId + " is posted",
                PATIENCE,
                () -> world.shop()
                        .get(path)
                        .body()
                        .at("/orders/0/status")
                        .asText()
                        .equals("posted"),
                () -> world.shop().get(path).body() + "; " + world.hub().books().openCases() + "; "
                        + world.hub().lastLines());
        return world.shop().get(path).body().at("/orders/0/orderId").asText();
    }

    private static JsonNode trace(Shop caller, String name) {
        return World.require(caller.get(TRACE + encoded(name))).body();
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static List<String> steps(JsonNode trace) {
        List<String> steps = new ArrayList<>();
        trace.path("steps")
                .forEach(step -> steps.add(
                        step.path("module").asText() + " " + step.path("what").asText()));
        return steps;
    }

    private static List<String> payloads(JsonNode trace) {
        List<String> payloads = new ArrayList<>();
        trace.path("steps")
                .forEach(step -> payloads.add(step.at("/payload/content").toString()));
        return payloads;
    }

    private static void assertInOrderOfTime(JsonNode trace) {
        List<java.time.Instant> times = new ArrayList<>();
        trace.path("steps")
                .forEach(step ->
                        times.add(java.time.Instant.parse(step.path("at").asText())));
        assertEquals(times.stream().sorted().toList(), times);
    }
}
