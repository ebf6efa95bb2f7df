package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.retailhub.simulator.shopify.ShopifyShop;

/**
 * Each door of the API document gets mutants of its own example: {@code retail.mutants} each, ten thousand in the deep run, always the
 * same ones. No answer is a 5xx, each is one that the document describes, each refusal of a body says where, and the log stays clean.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileIT {
    private static final int MUTANTS = Integer.getInteger("retail.mutants", 200);
    private static final int AT_ONCE = 16;
    private static final String SECRET = "shpss_of_the_test_0123456789abcdef";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Hub hub;
    private World world;
    private ApiDocument api;
    private String webhookOrder;

    @BeforeAll
    void openTheDoors() throws IOException {
        hub = Hub.start(new Hub.Variant("hostile", text -> text, ""));
        world = World.on(hub, "acme");
        world.hubLearns(List.of("MUG-WHITE"));
        world.erpLearns(List.of("MUG-WHITE"));
        api = ApiDocument.of(hub).orElseThrow();
        World.require(world.operator()
                .post(
                        "/api/channel/v1/connections",
                        JSON.createObjectNode()
                                .put("code", "fuzzed")
                                .put("tenant", "acme")
                                .put("kind", "shopify")
                                .put("channel", World.CHANNEL)
                                .put("account", "acme.myshopify.com")
                                .toString()));
        World.require(world.operator()
                .post(
                        "/api/channel/v1/connections/fuzzed/secrets",
                        JSON.createObjectNode()
                                .put("purpose", "signature")
                                .put("secret", SECRET)
                                .toString()));
        try (ShopifyShop shop = new ShopifyShop(
                URI.create(hub.url() + "/api/channel/v1/fuzzed/webhooks"), "acme.myshopify.com", SECRET, "token", 42)) {
            long id = shop.place(new ShopifyShop.Line(World.sku(1), 2, new java.math.BigDecimal("12.30")));
            webhookOrder = shop.order(id).toString();
        }
    }

    @AfterAll
    void end() {
        hub.close();
    }

    @Test
    void mutantsOfBodiesAreRefusedWithTheirPlace() {
        List<ApiDocument.Operation> doors = api.operations().stream()
                .filter(each -> each.node().has("requestBody"))
                .toList();
        assertTrue(doors.size() > 20, "doors are found: " + doors.size());
        attack(doors.stream().flatMap(this::bodies));
    }

    @Test
    void mutantsOfPathsQueriesAndHeadersAreRefused() {
        attack(api.operations().stream()
                .filter(each -> each.node().path("parameters").size() > 0)
                .flatMap(this::parameters));
    }

    /** A mutant, and what has to be said if something is wrong with its answer. */
    private record Mutant(ApiDocument.Operation door, int number, HttpRequest request, byte[] body) {
        @Override
        public String toString() {
            String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            return door.id() + " #" + number + " " + request.method() + " " + request.uri() + " "
                    + (text.length() > 300 ? text.substring(0, 300) + "… (" + body.length + ")" : text);
        }
    }

    private Stream<Mutant> bodies(ApiDocument.Operation door) {
        Mutations mutations = new Mutations(door.id().hashCode());
        String type =
                door.node().path("requestBody").path("content").fieldNames().next();
        JsonNode good = example(door, type);
        return Stream.iterate(1, n -> n + 1).limit(MUTANTS).map(n -> {
            byte[] body = mutations.of(fresh(good, n));
            HttpRequest.Builder request = request(door, door.path().replaceAll("\\{connection}", "fuzzed"))
                    .header("Content-Type", type);
            if (door.id().equals("receiveWebhook")) {
                signed(request, body, n);
            }
            return new Mutant(
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
        if (fresh.has("channelOrderId")) {
            ((ObjectNode) fresh).put("channelOrderId", "fuzz-" + n);
        }
        return fresh;
    }

    private Stream<Mutant> parameters(ApiDocument.Operation door) {
        Mutations mutations = new Mutations(door.id().hashCode());
        return Stream.iterate(1, n -> n + 1).limit(MUTANTS).map(n -> {
            String path = door.path();
            StringBuilder query = new StringBuilder();
            List<String[]> headers = new ArrayList<>();
            for (JsonNode parameter : door.node().path("parameters")) {
                String name = parameter.path("name").asText();
                switch (parameter.path("in").asText()) {
                    case "path" ->
                        path = path.replace("{" + name + "}", encoded(mutations.oneIn(3) ? "1" : mutations.word()));
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
                request.header("Content-Type", type);
                body = example(door, type).toString().getBytes(StandardCharsets.UTF_8);
            }
            return new Mutant(
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
        String scope = door.node().path("x-required-scope").asText();
        String key =
                scope.equals("hub:operate") ? hub.operatorKey() : world.shop().key();
        return HttpRequest.newBuilder(URI.create(hub.url() + path.replaceAll("\\{\\w+}", "1")))
                .timeout(java.time.Duration.ofSeconds(60))
                .header("X-API-Key", key);
    }

    private void attack(Stream<Mutant> mutants) {
        long logBefore = logSize();
        ConcurrentLinkedQueue<String> faults = new ConcurrentLinkedQueue<>();
        Semaphore room = new Semaphore(AT_ONCE);
        int[] sent = new int[1];
        mutants.forEach(mutant -> {
            room.acquireUninterruptibly();
            sent[0]++;
            http.sendAsync(mutant.request(), HttpResponse.BodyHandlers.ofString())
                    .handle((answer, failure) -> {
                        room.release();
                        (failure == null ? fault(mutant, answer) : Optional.of(failure.toString()))
                                .ifPresent(fault -> faults.add(fault + "  <=  " + mutant));
                        return CompletableFuture.completedFuture(null);
                    });
        });
        room.acquireUninterruptibly(AT_ONCE);
        System.out.println(sent[0] + " mutants");
        List<String> shown = faults.stream().limit(25).toList();
        assertEquals(List.of(), shown, () -> faults.size() + " of " + sent[0] + " mutants");
        world.hub().books().awaitHandled(java.time.Duration.ofSeconds(300));
        assertEquals(List.of(), logFaults(logBefore));
    }

    private Optional<String> fault(Mutant mutant, HttpResponse<String> answer) {
        if (answer.statusCode() >= 500) {
            return Optional.of(answer.statusCode() + " " + answer.body());
        }
        String type = answer.headers().firstValue("Content-Type").orElse(null);
        List<String> unsaid = api.faults(new ApiDocument.Exchange(
                mutant.request().method(),
                mutant.request().uri().getRawPath(),
                null,
                answer.statusCode(),
                type,
                answer.body()));
        if (!unsaid.isEmpty()) {
            return Optional.of(unsaid + " " + answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == 400 ? placeless(answer.body()) : Optional.empty();
    }

    /** A refusal that does not say where. */
    private static Optional<String> placeless(String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            boolean says = problem.has("field")
                    || problem.path("errors").size() > 0
                    || problem.path("detail").asText().matches("(?s).*line \\d+, column \\d+.*");
            return says ? Optional.empty() : Optional.of("does not say where: " + body);
        } catch (IOException e) {
            return Optional.of("is no problem: " + body);
        }
    }

    private long logSize() {
        try {
            return Files.size(hub.log());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Errors and stack traces since then. */
    private List<String> logFaults(long since) {
        try {
            byte[] all = Files.readAllBytes(hub.log());
            return new String(Arrays.copyOfRange(all, (int) since, all.length), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("\tat ") || line.contains(" ERROR ") || line.contains("Exception"))
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
