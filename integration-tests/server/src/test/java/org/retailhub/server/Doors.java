package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** The hub's HTTP doors without a partner's patience: one request, one answer, all headers. */
final class Doors {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "patch", "options", "head", "trace");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final Hub hub;

    Doors(Hub hub) {
        this.hub = hub;
    }

    /** The merged document. */
    JsonNode document() {
        return json(send("GET", "/openapi", null, Map.of("Accept", "application/json"))
                .body());
    }

    /** Each operation of a document, as {@code GET /api/order/v1/orders/{orderId}}. */
    static Set<String> operations(JsonNode document) {
        Set<String> found = new TreeSet<>();
        document.path("paths").fields().forEachRemaining(path -> names(path.getValue())
                .forEach(method -> found.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey())));
        return found;
    }

    private static Set<String> names(JsonNode operations) {
        Set<String> names = new TreeSet<>();
        for (Iterator<String> each = operations.fieldNames(); each.hasNext(); ) {
            String name = each.next();
            if (METHODS.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    HttpResponse<String> send(String method, String path, String body, Map<String, String> headers) {
        return send(method, path, body, headers, BodyHandlers.ofString(), text -> text);
    }

    /** An answer whose bytes count. */
    HttpResponse<byte[]> bytes(String path, Map<String, String> headers) {
        return send(
                "GET",
                path,
                null,
                headers,
                BodyHandlers.ofByteArray(),
                bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private <T> HttpResponse<T> send(
            String method,
            String path,
            String body,
            Map<String, String> headers,
            BodyHandler<T> handler,
            Function<T, String> text) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.url() + path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<T> answer = http.send(request.build(), handler);
            String answered = text.apply(answer.body());
            List<String> faults = ApiDocument.judge(
                    hub,
                    new ApiDocument.Exchange(
                            method,
                            path,
                            headers.getOrDefault("Content-Type", "application/json"),
                            body,
                            answer.statusCode(),
                            answer.headers().firstValue("Content-Type").orElse(null),
                            answered));
            if (!faults.isEmpty()) {
                throw new AssertionError("not as in the API document: " + faults + "; " + method + " " + path + ": "
                        + answer.statusCode() + " " + answered);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    static String code(HttpResponse<String> answer) {
        return answer.body().startsWith("{") ? json(answer.body()).path("code").asText("") : "";
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
