package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One clean document for the whole hub, and it tells the truth. */
class ApiDocumentIT {
    private Hub hub;
    private ApiDocument api;

    @BeforeEach
    void readIt() {
        hub = Hub.shared();
        api = ApiDocument.of(hub).orElseThrow();
    }

    @Test
    void isOneDocumentWithItsTitle() throws IOException {
        JsonNode document = api.document();
        assertEquals("3.1.0", document.path("openapi").asText());
        assertEquals("Retail Hub", document.path("info").path("title").asText());
        assertEquals("v1", document.path("info").path("version").asText());
        assertTrue(document.path("components").path("securitySchemes").has("apiKey"));
        List<String> complaints = Files.readAllLines(hub.log()).stream()
                .filter(line -> line.contains("WFLYMPOAI") && !line.contains(" INFO ") || line.contains("SROAP"))
                .toList();
        assertEquals(List.of(), complaints);
    }

    @Test
    void namesEachComponentOnceAndWithoutItsPlace() {
        List<String> strange = new ArrayList<>();
        api.document().path("components").fields().forEachRemaining(kind -> kind.getValue()
                .fieldNames()
                .forEachRemaining(name -> {
                    if (!name.matches(kind.getKey().equals("securitySchemes") ? "[a-zA-Z]+" : "[A-Z][a-zA-Z]*")
                            || name.matches("Api[a-z].*|.*(View|Details)")) {
                        strange.add(name);
                    }
                }));
        assertEquals(List.of(), strange);
    }

    @Test
    void saysOfEachOperationWhatItIsCalledDoesNeedsAndRefuses() {
        List<String> lacking = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (ApiDocument.Operation operation : api.operations()) {
            JsonNode node = operation.node();
            String where = operation.method() + " " + operation.path();
            if (operation.id().isEmpty() || !ids.add(operation.id())) {
                lacking.add(where + ": an id of its own");
            }
            if (node.path("summary").asText().isBlank()) {
                lacking.add(where + ": a summary");
            }
            if (node.path("tags").size() != 1) {
                lacking.add(where + ": one tag");
            }
            if (node.path("x-problems").size() < 3) {
                lacking.add(where + ": its problems");
            }
            if (!node.has("x-required-scope") && !operation.id().equals("receiveWebhook")) {
                lacking.add(where + ": its scope");
            }
            node.path("requestBody").path("content").forEach(content -> {
                if (!content.has("examples") && !content.has("example")) {
                    lacking.add(where + ": an example of its body");
                }
            });
            boolean good = false;
            for (var names = node.path("responses").fieldNames(); names.hasNext(); ) {
                good |= names.next().startsWith("2");
            }
            if (!good) {
                lacking.add(where + ": a good answer");
            }
        }
        assertEquals(List.of(), lacking);
        assertTrue(ids.contains("placeOrder") && ids.contains("orderFindCases") && ids.contains("erpFindCases"));
    }

    /** A word that is new belongs into {@code vocabulary.properties}, or says it itself. */
    @Test
    void hasATitleForEachSchemaAndAnExampleForEachFieldAndParameter() {
        List<String> lacking = new ArrayList<>();
        api.document().path("components").path("schemas").fields().forEachRemaining(schema -> {
            if (!schema.getValue().has("enum")
                    && schema.getValue().path("title").asText().isBlank()) {
                lacking.add(schema.getKey() + ": a title");
            }
            schema.getValue().path("properties").fields().forEachRemaining(field -> {
                JsonNode single = field.getValue().path("items").isObject()
                        ? field.getValue().path("items")
                        : field.getValue();
                if (single.path("type").toString().contains("string")
                        && !single.has("examples")
                        && !field.getValue().has("examples")
                        && !single.has("enum")) {
                    lacking.add(schema.getKey() + "." + field.getKey() + ": an example");
                }
            });
        });
        for (ApiDocument.Operation operation : api.operations()) {
            operation.node().path("parameters").forEach(parameter -> {
                String where = operation.id() + ": " + parameter.path("name").asText();
                if (parameter.path("description").asText().isBlank()) {
                    lacking.add(where + ": a description");
                }
                JsonNode schema = parameter.path("schema");
                boolean example = parameter.has("example")
                        || parameter.has("examples")
                        || schema.has("examples")
                        || schema.has("enum")
                        || schema.has("$ref")
                        || schema.path("type").asText().equals("boolean");
                if (!example) {
                    lacking.add(where + ": an example");
                }
            });
        }
        assertEquals(List.of(), lacking);
    }

    @Test
    void givesExamplesThatFitItsSchemas() {
        List<String> faults = new ArrayList<>();
        api.document().path("components").path("schemas").fields().forEachRemaining(schema -> schema.getValue()
                .path("properties")
                .fields()
                .forEachRemaining(field -> field.getValue().path("examples").forEach(example -> api.faults(
                                field.getValue(), example)
                        .forEach(fault -> faults.add(schema.getKey() + "." + field.getKey() + ": " + fault)))));
        for (ApiDocument.Operation operation : api.operations()) {
            operation.node().path("requestBody").path("content").forEach(content -> content.path("examples")
                    .forEach(example -> api.faults(content.path("schema"), example.path("value"))
                            .forEach(fault -> faults.add(operation.id() + ": " + fault))));
        }
        assertEquals(List.of(), faults);
    }

    /** The one policy file: whoever misspells an operation there would warn nobody. */
    @Test
    void marksWhatThePolicyFileEndsAndNothingElse() throws IOException {
        Properties policy = new Properties();
        try (Reader in = Files.newBufferedReader(
                Path.of(
                        System.getProperty("retail.checkout"),
                        "modules/platform/runtime/src/main/resources/org/retailhub/platform/runtime/openapi/lifecycle.properties"))) {
            policy.load(in);
        }
        assertEquals(
                policy.getProperty("versions"),
                api.document().path("info").path("version").asText());
        Set<String> ending = new TreeSet<>(policy.stringPropertyNames());
        ending.remove("versions");
        Set<String> marked = new TreeSet<>();
        for (ApiDocument.Operation operation : api.operations()) {
            assertTrue(operation.path().contains("/" + policy.getProperty("versions") + "/"), operation::path);
            if (operation.node().path("deprecated").asBoolean()) {
                marked.add(operation.id());
                assertTrue(operation.node().has("x-sunset"), operation::id);
            }
        }
        assertEquals(ending, marked);
    }

    /** What is in the document is there, and closed to a stranger. */
    @Test
    void listsNoDoorThatIsNotThereOrOpen() throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        List<String> wrong = new ArrayList<>();
        for (ApiDocument.Operation operation : api.operations()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(hub.url() + operation.path().replaceAll("\\{\\w+}", "1")))
                    .header("Content-Type", contentType(operation))
                    .method(
                            operation.method(),
                            operation.node().has("requestBody")
                                    ? HttpRequest.BodyPublishers.ofString("{}")
                                    : HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            List<String> faults = api.faults(new ApiDocument.Exchange(
                    operation.method(),
                    request.uri().getRawPath(),
                    null,
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(null),
                    answer.body()));
            faults.forEach(fault -> wrong.add(operation.id() + ": " + fault));
            if (answer.statusCode() != 401) {
                wrong.add(operation.id() + " answers a stranger " + answer.statusCode() + " " + answer.body());
            }
        }
        assertEquals(List.of(), wrong);
    }

    private static String contentType(ApiDocument.Operation operation) {
        JsonNode content = operation.node().path("requestBody").path("content");
        return content.isEmpty() ? "application/json" : content.fieldNames().next();
    }

    /** The judge itself, seen red: each of these answers is one that the document does not describe. */
    @Test
    void findsWhatTheDocumentDoesNotSay() {
        String problem = "{\"type\":\"x\",\"title\":\"x\",\"status\":400,\"code\":\"%s\",\"traceId\":\"x\"}";
        Map<String, ApiDocument.Exchange> forged = Map.of(
                "a field more", answer(202, "application/json", "{\"orderId\":\"1\",\"colour\":\"red\"}"),
                "a null", answer(202, "application/json", "{\"orderId\":null}"),
                "another status", answer(418, "application/json", "{}"),
                "another type", answer(202, "text/plain", "{}"),
                "another operation's code", answer(400, "application/problem+json", problem.formatted("MAS-1001")),
                "no such operation",
                        new ApiDocument.Exchange("GET", "/api/order/v1/nothing", null, 200, "application/json", "{}"),
                "an accepted body that it does not describe",
                        new ApiDocument.Exchange(
                                "POST", Shop.ORDERS, "{\"chanel\":\"x\"}", 202, "application/json", "{}"));
        forged.forEach((what, exchange) ->
                assertTrue(!api.faults(exchange).isEmpty(), () -> what + " is not found in " + exchange));
        assertEquals(List.of(), api.faults(answer(400, "application/problem+json", problem.formatted("ORD-1001"))));
    }

    private static ApiDocument.Exchange answer(int status, String type, String body) {
        return new ApiDocument.Exchange("POST", Shop.ORDERS, null, status, type, body);
    }
}
