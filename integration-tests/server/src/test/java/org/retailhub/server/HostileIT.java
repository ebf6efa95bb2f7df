package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.retailhub.simulator.shopify.ShopifyShop;

/**
 * Each door of the API document gets mutants of its own example: {@code retail.mutants} each, ten thousand in the deep run, always the
 * same ones for a seed ({@code retail.seed}), whichever others are sent beside them. No answer is a 5xx, each is one that the document
 * describes, each refusal says where, and the log stays clean. {@code retail.doors} is a pattern of the paths that are attacked, such as
 * {@code ^/api/order/}; all, if it is empty. {@code target/hostile.tsv} has the figures per door.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileIT {
    private static final int MUTANTS = Integer.getInteger("retail.mutants", 200);
    private static final long SEED = Long.getLong("retail.seed", 20261125);
    private static final Pattern DOORS = Pattern.compile(System.getProperty("retail.doors", ""));
    private static final String SECRET = "shpss_of_the_test_0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Hub hub;
    private World world;
    private ApiDocument api;
    private Attack attack;
    /** What the templates of paths stand for, so that the mutants get behind the question whether it is there. */
    private final Map<String, String> there = new TreeMap<>(Map.of(
            "{connection}", "fuzzed",
            "partners/{code}", "partners/shop-of-acme",
            "connections/{code}", "connections/victim",
            "{channel}", World.CHANNEL,
            "{sku}", "MUG-WHITE",
            "{destination}", "erp.postings.idempiere",
            "{sequence}", "1"));

    private final Map<String, String> etags = new TreeMap<>();
    private String etag;
    private String webhookOrder;
    /** Of a partner to whom no door of partners is shut: who may not enter shows nothing of what is behind. */
    private String key;

    @BeforeAll
    void openTheDoors() throws IOException {
        // Many mutants are work enough for the compiler that the short-lived servers of other tests go without.
        hub = Hub.start(new Hub.Variant(
                "hostile", text -> text, "", MUTANTS < 1_000 ? List.of() : List.of("-XX:TieredStopAtLevel=4")));
        world = World.on(hub, "acme");
        world.hubLearns(List.of("MUG-WHITE"));
        world.erpLearns(List.of("MUG-WHITE"));
        api = ApiDocument.of(hub).orElseThrow();
        attack = new Attack(hub, api);
        connect("fuzzed", World.CHANNEL);
        connect("victim", "shop-us");
        there.put("{reservationId}", reservation());
        key = world.issueKey(
                "hostile",
                List.of(
                        "orders:read",
                        "orders:write",
                        "masterdata:read",
                        "masterdata:write",
                        "customers:read",
                        "customers:write",
                        "personal:read",
                        "postings:read",
                        "trace:read"));
        World.require(
                new Shop(hub, key)
                        .put(
                                "/api/masterdata/v1/customers/C-1",
                                "{\"erpPartner\":\"BP-1\",\"personal\":{\"name\":\"A. Buyer\",\"email\":\"a@example.org\",\"country\":\"DE\"}}"));
        there.put("{customerId}", "C-1");
        count();
        World.require(world.operator()
                .post(
                        "/api/channel/v1/connections/fuzzed/secrets",
                        JSON.createObjectNode()
                                .put("purpose", "signature")
                                .put("secret", SECRET)
                                .toString()));
        try (ShopifyShop shop = new ShopifyShop(
                URI.create(JudgedDoor.of(hub).url() + "/api/channel/v1/fuzzed/webhooks"),
                "acme.myshopify.com",
                SECRET,
                "token",
                42)) {
            long id = shop.place(new ShopifyShop.Line(World.sku(1), 2, new java.math.BigDecimal("12.30")));
            webhookOrder = shop.order(id).toString();
            String sick = webhookOrder.replace("\"quantity\":2", "\"quantity\":\"two\"");
            shop.send(
                    shop.webhook("orders/create", sick),
                    ShopifyShop.signature(sick.getBytes(StandardCharsets.UTF_8), SECRET));
        }
        String order = world.shop().place(org.retailhub.server.Order.of(World.CHANNEL, "to-be-changed", World.sku(1)));
        etag = world.shop().order(order).etag();
        Probe.until(
                "a sick payload", java.time.Duration.ofSeconds(30), () -> cases().size() > 0, () -> hub.lastLines());
        there.put("{orderId}", order);
        there.put("{businessKey}", order);
        there.put("{caseId}", cases().path(0).path("caseId").asText());
        there.put("{payloadId}", cases().path(0).path("businessKey").asText());
    }

    private void connect(String code, String channel) {
        World.require(world.operator()
                .post(
                        "/api/channel/v1/connections",
                        JSON.createObjectNode()
                                .put("code", code)
                                .put("tenant", "acme")
                                .put("kind", "shopify")
                                .put("channel", channel)
                                .put("account", code.equals("fuzzed") ? "acme.myshopify.com" : code + ".myshopify.com")
                                .toString()));
    }

    /** Of more than all mutants can take away. */
    private String reservation() {
        World.require(world.warehouse()
                .post(
                        "/api/inventory/v1/movements",
                        "{\"feed\":\"fuzz\",\"document\":\"there\",\"kind\":\"receipt\",\"sku\":\"MUG-WHITE\",\"location\":\"berlin-1\","
                                + "\"quantity\":90000000,\"occurredAt\":\"2026-11-23T10:00:00Z\"}"));
        return World.require(world.warehouse()
                        .post(
                                "/api/inventory/v1/reservations",
                                "{\"reference\":\"fuzz\",\"lines\":[{\"lineId\":\"1\",\"sku\":\"MUG-WHITE\","
                                        + "\"location\":\"berlin-1\",\"quantity\":80000000}]}"))
                .text("reservationId");
    }

    /** One less than there is, so that there is a difference to be decided about. */
    private void count() {
        String id = World.require(world.warehouse()
                        .post(
                                "/api/inventory/v1/snapshots",
                                "{\"source\":\"fuzz\",\"snapshot\":\"there\",\"system\":\"wms\",\"takenAt\":\"2026-11-23T11:00:00Z\",\"lines\":["
                                        + "{\"sku\":\"MUG-WHITE\",\"location\":\"berlin-1\",\"quantity\":89999999}]}"))
                .text("snapshotId");
        there.put("{snapshotId}", id);
        Probe.until(
                "a difference",
                java.time.Duration.ofSeconds(30),
                () -> drift(id).size() > 0,
                () -> hub.lastLines());
        there.put("{driftId}", drift(id).path(0).path("driftId").asText());
    }

    private JsonNode drift(String snapshot) {
        return world.warehouse()
                .get("/api/inventory/v1/snapshots/" + snapshot + "/drift")
                .body()
                .path("drift");
    }

    private JsonNode cases() {
        return world.operator().get("/api/channel/v1/hospital/cases").body();
    }

    @AfterAll
    void end() throws IOException {
        hub.close();
        List<String> lines = new ArrayList<>(
                List.of("seed " + SEED + ", " + MUTANTS + " mutants a door" + (all() ? "" : " of " + DOORS.pattern())));
        lines.addAll(attack.figures());
        lines.forEach(System.out::println);
        Files.write(Path.of(System.getProperty("retail.target"), "hostile.tsv"), lines);
    }

    @Test
    void mutantsOfBodiesAreRefusedWithTheirPlace() {
        List<ApiDocument.Operation> doors =
                doors().filter(each -> each.node().has("requestBody")).toList();
        assertTrue(doors.size() > 20 || !all(), "doors are found: " + doors.size());
        attack.with("body", byModule(doors.stream(), this::bodies));
    }

    @Test
    void mutantsOfPathsQueriesAndHeadersAreRefused() {
        attack.with("address and headers", byModule(doors(), this::parameters));
    }

    private Stream<ApiDocument.Operation> doors() {
        return api.operations().stream()
                .filter(each -> DOORS.matcher(each.path()).find());
    }

    private static boolean all() {
        return DOORS.pattern().isEmpty();
    }

    private static Map<String, Stream<Attack.Mutant>> byModule(
            Stream<ApiDocument.Operation> doors, Function<ApiDocument.Operation, Stream<Attack.Mutant>> mutants) {
        Map<String, Stream<Attack.Mutant>> byModule = new TreeMap<>();
        doors.forEach(door ->
                byModule.merge(door.path().replaceAll("^/api/|/v1/.*", ""), mutants.apply(door), Stream::concat));
        return byModule;
    }

    private Stream<Attack.Mutant> bodies(ApiDocument.Operation door) {
        Mutations mutations = new Mutations(SEED ^ door.id().hashCode());
        String type =
                door.node().path("requestBody").path("content").fieldNames().next();
        JsonNode good = example(door, type);
        door.node().path("parameters").forEach(parameter -> {
            if (parameter.path("name").asText().equals("If-Match")) {
                etags.put(door.id(), door.path().startsWith(Shop.ORDERS) ? etag : "\"1\"");
            }
        });
        return Stream.iterate(1, n -> n + 1).limit(MUTANTS).map(n -> {
            byte[] body = mutations.of(fresh(good, n));
            HttpRequest.Builder request = request(door, addressOf(door)).header("Content-Type", type);
            if (etags.containsKey(door.id())) {
                request.header("If-Match", etags.get(door.id()));
            }
            if (door.id().equals("receiveWebhook")) {
                signed(request, body, n);
            }
            return new Attack.Mutant(
                    door,
                    n,
                    request.method(door.method(), HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    body);
        });
    }

    /** Mutated first, then signed: it comes through the door and reaches the translator. */
    private static void signed(HttpRequest.Builder request, byte[] body, int n) {
        String[] topics = {
            "orders/create", "orders/updated", "orders/edited", "orders/cancelled", "refunds/create", "no/topic"
        };
        request.header("X-Shopify-Hmac-Sha256", ShopifyShop.signature(body, SECRET))
                .header("X-Shopify-Topic", topics[n % topics.length])
                .header("X-Shopify-Shop-Domain", "acme.myshopify.com")
                .header("X-Shopify-Webhook-Id", "fuzz-" + n)
                .header("X-Shopify-Triggered-At", "2026-11-23T08:00:00Z");
    }

    private JsonNode example(ApiDocument.Operation door, String type) {
        try {
            if (door.id().equals("receiveWebhook")) {
                return JSON.readTree(webhookOrder);
            }
            JsonNode examples =
                    door.node().path("requestBody").path("content").path(type).path("examples");
            return examples.elements().next().path("value");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Another order each time: a mutant that is still good must not be a twin of the one before. */
    private static JsonNode fresh(JsonNode good, int n) {
        JsonNode fresh = good.deepCopy();
        for (String name : List.of("channelOrderId", "reference", "document", "snapshot")) {
            if (fresh.path(name).isTextual()) {
                ((ObjectNode) fresh).put(name, "fuzz-" + n);
            }
        }
        if (fresh.has("sequence")) {
            ((ObjectNode) fresh).put("sequence", n);
        }
        return late(fresh, n);
    }

    /** One that is still good sends all messages again since then: of thousands that do, a hundredth says as much. */
    private static JsonNode late(JsonNode good, int n) {
        if (!good.has("since") || n % 100 == 0) {
            return good;
        }
        ObjectNode late = good.deepCopy();
        return late.put("since", "2999-01-01T00:00:00Z");
    }

    /** An operator says whose stock: without it the body would not be looked at. */
    private static String addressOf(ApiDocument.Operation door) {
        boolean asksWhose = door.path().startsWith("/api/inventory/") && isForOperators(door);
        return door.path() + (asksWhose ? "?tenant=acme" : "");
    }

    private static boolean isForOperators(ApiDocument.Operation door) {
        return door.node().path("x-required-scope").asText().equals("hub:operate");
    }

    private Stream<Attack.Mutant> parameters(ApiDocument.Operation door) {
        Mutations mutations = new Mutations(~SEED ^ door.id().hashCode());
        // A door with a body has had its mutants: here it gets a tenth of them.
        int number = door.node().has("requestBody") ? MUTANTS / 10 : MUTANTS;
        return Stream.iterate(1, n -> n + 1).limit(number).map(n -> {
            String path = door.path();
            StringBuilder query = new StringBuilder();
            List<String[]> headers = new ArrayList<>();
            for (JsonNode parameter : door.node().path("parameters")) {
                String name = parameter.path("name").asText();
                switch (parameter.path("in").asText()) {
                    case "path" ->
                        path = path.replace(
                                "{" + name + "}", mutations.oneIn(3) ? "{" + name + "}" : encoded(mutations.segment()));
                    case "query" -> {
                        if (mutations.oneIn(2)) {
                            query.append(query.isEmpty() ? "?" : "&")
                                    .append(name)
                                    .append('=')
                                    .append(encoded(mutations.word()));
                        }
                    }
                    default -> headers.add(new String[] {name, mutations.word()});
                }
            }
            HttpRequest.Builder request = request(door, path + query);
            if (mutations.oneIn(2)) {
                headers.add(mutations.header());
            }
            for (String[] header : headers) {
                try {
                    request.header(header[0], header[1]);
                } catch (IllegalArgumentException e) {
                    // The client sends no such header; sockets do, elsewhere.
                    continue;
                }
            }
            byte[] body = null;
            if (door.node().has("requestBody")) {
                String type = door.node()
                        .path("requestBody")
                        .path("content")
                        .fieldNames()
                        .next();
                if (headers.stream().noneMatch(header -> header[0].equals("Content-Type"))) {
                    request.header("Content-Type", type);
                }
                body = late(example(door, type), n).toString().getBytes(StandardCharsets.UTF_8);
            }
            return new Attack.Mutant(
                    door,
                    n,
                    request.method(
                                    door.method(),
                                    body == null
                                            ? HttpRequest.BodyPublishers.noBody()
                                            : HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    body);
        });
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private HttpRequest.Builder request(ApiDocument.Operation door, String path) {
        String partner =
                door.path().startsWith("/api/inventory/") ? world.warehouse().key() : key;
        String place = path;
        for (Map.Entry<String, String> each : there.entrySet()) {
            // Each module has a hospital of its own.
            boolean ours = !each.getKey().equals("{caseId}") || path.startsWith("/api/channel/");
            place = ours ? place.replace(each.getKey(), each.getValue()) : place;
        }
        return HttpRequest.newBuilder(URI.create(hub.url() + place.replaceAll("\\{\\w+}", "1")))
                .timeout(java.time.Duration.ofSeconds(60))
                .header("X-API-Key", isForOperators(door) ? hub.operatorKey() : partner);
    }
}
