package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hub's own API document as a judge of its traffic: what is asked and accepted, and what is answered, is what the document says.
 * Stricter than the document is with others: a field that it does not name is a fault here.
 */
final class ApiDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<String, Map<Integer, Integer>> CHECKED = new ConcurrentSkipListMap<>();
    private static volatile ApiDocument read;

    /** One operation of the document. */
    record Operation(String method, String path, Pattern pattern, JsonNode node) {
        String id() {
            return node.path("operationId").asText();
        }
    }

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(ApiDocument::report, "judged"));
    }

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, List<Operation>> byMethod;
    /** By what the document says: most refusals are one schema, and each is the whole document to read. */
    private final Map<JsonNode, Schema> schemas = new ConcurrentHashMap<>();

    ApiDocument(JsonNode document) {
        this.document = document;
        document.path("paths").fields().forEachRemaining(path -> path.getValue()
                .fields()
                .forEachRemaining(operation -> operations.add(new Operation(
                        operation.getKey().toUpperCase(java.util.Locale.ROOT),
                        path.getKey(),
                        pattern(path.getKey()),
                        operation.getValue()))));
        // A path without a template goes before one that would match it too.
        operations.sort(
                java.util.Comparator.comparing((Operation each) -> each.path().contains("{"))
                        .thenComparing(each -> -each.path().length()));
        byMethod = operations.stream().collect(Collectors.groupingBy(Operation::method));
        document.path("components").path("schemas").forEach(ApiDocument::close);
    }

    /** Read once from the first server that answers: all hubs of a test run have the same EAR. Empty while none does. */
    static Optional<ApiDocument> of(Hub hub) {
        if (read == null) {
            try {
                URLConnection call =
                        URI.create(hub.url() + "/openapi?format=JSON").toURL().openConnection();
                call.setConnectTimeout(2_000);
                call.setReadTimeout(20_000);
                try (InputStream in = call.getInputStream()) {
                    JsonNode document = JSON.readTree(in);
                    // While modules are still being deployed there is less.
                    if (hub.ready() && document.path("paths").has(Shop.ORDERS)) {
                        read = new ApiDocument(document);
                    }
                }
            } catch (IOException e) {
                return Optional.empty();
            }
        }
        return Optional.ofNullable(read);
    }

    /** Faults of an answer of the application's; what the server answers while there is none is not judged. */
    static List<String> judge(Hub hub, Exchange exchange) {
        boolean fromTheServer = exchange.status() >= 400
                && (exchange.contentType() == null || !exchange.contentType().contains("json"));
        return !exchange.path().startsWith("/api/") || fromTheServer
                ? List.of()
                : of(hub).map(api -> api.faults(exchange)).orElse(List.of());
    }

    /** Says at the end of a run what was judged, operation by operation. */
    private static void report() {
        if (CHECKED.isEmpty()) {
            return;
        }
        StringBuilder text = new StringBuilder();
        CHECKED.forEach((operation, statuses) ->
                text.append(operation).append('\t').append(statuses).append('\n'));
        try {
            Files.writeString(Path.of(System.getProperty("retail.target"), "judged.tsv"), text);
        } catch (IOException e) {
            System.err.println("no judged.tsv: " + e);
        }
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** @param contentType and body of the answer; null if it has none */
    record Exchange(
            String method, String path, String askedType, String asked, int status, String contentType, String body) {
        /** Asked as JSON, if with a body. Of many lines each has a verdict of its own, whatever the status of all. */
        Exchange(String method, String path, String asked, int status, String contentType, String body) {
            this(method, path, "application/json", asked, status, contentType, body);
        }
    }

    /** What the document does not say about an exchange; empty if all is well. */
    List<String> faults(Exchange exchange) {
        String path = exchange.path().replaceAll("\\?.*", "");
        Optional<Operation> found = byMethod.getOrDefault(exchange.method(), List.of()).stream()
                .filter(each -> each.pattern().matcher(path).matches())
                .findFirst();
        if (found.isEmpty()) {
            return exchange.status() == 404 || exchange.status() == 405 || exchange.status() == 400
                    ? List.of()
                    : List.of("no such operation, and it is answered " + exchange.status());
        }
        Operation operation = found.get();
        CHECKED.computeIfAbsent(operation.id(), id -> new ConcurrentSkipListMap<>())
                .merge(exchange.status(), 1, Integer::sum);
        List<String> faults = new ArrayList<>();
        if (exchange.status() < 300
                && exchange.asked() != null
                && exchange.askedType().equals("application/json")
                && operation.node().path("requestBody").path("content").has("application/json")) {
            faults.addAll(against(
                    operation.id() + " request",
                    operation.node().path("requestBody"),
                    "application/json",
                    exchange.asked()));
        }
        JsonNode response = resolve(operation.node().path("responses").path(Integer.toString(exchange.status())));
        if (response.isMissingNode()) {
            faults.add(exchange.status() + " is not in the document");
        } else {
            faults.addAll(against(
                    operation.id() + " " + exchange.status(), response, exchange.contentType(), exchange.body()));
        }
        return faults.stream().map(fault -> operation.id() + ": " + fault).toList();
    }

    private List<String> against(String name, JsonNode described, String contentType, String body) {
        JsonNode content = described.path("content");
        if (content.isMissingNode()) {
            return body == null || body.isBlank() || body.equals("{}")
                    ? List.of()
                    : List.of(name + ": has a body and the document says none");
        }
        String type =
                contentType == null ? "none" : contentType.replaceAll(";.*", "").strip();
        if (!content.has(type)) {
            return content.has("application/json") || content.has("application/problem+json")
                    ? List.of(name + ": is " + type)
                    : List.of();
        }
        if (!type.endsWith("json")) {
            return List.of();
        }
        Schema schema = schema(content.path(type).path("schema"));
        Stream<String> documents =
                type.endsWith("ndjson") ? body.lines().filter(line -> !line.isBlank()) : Stream.of(body);
        return documents
                .flatMap(document -> schema.validate(document, InputFormat.JSON).stream())
                .map(error -> name + ": " + error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    /** @return faults of a value against a schema of the document */
    List<String> faults(JsonNode schema, JsonNode value) {
        return schema(schema).validate(value.toString(), InputFormat.JSON).stream()
                .map(error -> error.getInstanceLocation() + " " + error.getMessage())
                .toList();
    }

    private Schema schema(JsonNode inDocument) {
        return schemas.computeIfAbsent(inDocument, this::compiled);
    }

    private Schema compiled(JsonNode inDocument) {
        ObjectNode whole = JSON.createObjectNode();
        whole.putArray("allOf").add(inDocument);
        whole.set("components", document.path("components"));
        return SCHEMAS.getSchema(whole.toString(), InputFormat.JSON);
    }

    private JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static void close(JsonNode schema) {
        if (schema.has("properties") && !schema.has("additionalProperties")) {
            ((ObjectNode) schema).put("additionalProperties", false);
        }
        schema.path("properties").forEach(ApiDocument::close);
        if (schema.has("items")) {
            close(schema.path("items"));
        }
    }

    private static Pattern pattern(String path) {
        StringBuilder regex = new StringBuilder();
        for (String part : path.split("(?=\\{)|(?<=})")) {
            regex.append(part.startsWith("{") ? (part.equals("{sku}") ? ".+" : "[^/]+") : Pattern.quote(part));
        }
        return Pattern.compile(regex.toString());
    }
}
