package org.retailhub.trade;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The hub's API with one key. Thread-safe. */
public final class HubClient {
    static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI base;
    private final String key;

    public HubClient(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** @param body missing if the answer is no JSON */
    public record Answer(int status, JsonNode body, Optional<String> location, Optional<String> etag) {
        /** @throws IllegalStateException with the hub's words unless the status is one of these */
        public Answer expect(Integer... statuses) {
            if (!Set.of(statuses).contains(status)) {
                throw new IllegalStateException("the hub answered " + status + ": " + body);
            }
            return this;
        }
    }

    /** For a body. */
    public static ObjectNode json() {
        return JSON.createObjectNode();
    }

    public Answer get(String path) {
        return send(request(path).GET().build());
    }

    public Answer post(String path, JsonNode body) {
        return post(path, body, Map.of());
    }

    public Answer post(String path, JsonNode body, Map<String, String> headers) {
        return send(posting(path, body, headers));
    }

    /**
     * One JSON a line; waits and sends all again while the hub is too busy.
     *
     * @return the verdict of each line
     * @throws IllegalStateException with the hub's words if it does not take them
     */
    public List<JsonNode> postLines(String path, List<? extends JsonNode> lines) {
        String text = lines.stream().map(JsonNode::toString).collect(Collectors.joining("\n"));
        HttpRequest request = request(path)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(text))
                .build();
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            HttpResponse<String> response = exchange(request);
            if (response.statusCode() == 200) {
                return response.body().lines().map(HubClient::tree).toList();
            }
            if (response.statusCode() != 503 || Instant.now().isAfter(deadline)) {
                throw new IllegalStateException("the hub answered " + response.statusCode() + ": " + response.body());
            }
            Seller.pause(Duration.ofSeconds(1));
        }
    }

    private static JsonNode tree(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Answer put(String path, JsonNode body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    public Answer delete(String path) {
        return send(request(path).DELETE().build());
    }

    public CompletableFuture<Answer> postAsync(String path, JsonNode body) {
        return http.sendAsync(posting(path, body, Map.of()), HttpResponse.BodyHandlers.ofString())
                .thenApply(HubClient::answer);
    }

    private HttpRequest posting(String path, JsonNode body, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        headers.forEach(request::header);
        return request.POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("X-API-Key", key)
                .header("Accept", "application/json")
                .timeout(Duration.ofSeconds(60));
    }

    private Answer send(HttpRequest request) {
        return answer(exchange(request));
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from the hub at " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        JsonNode body = MissingNode.getInstance();
        try {
            if (response.body() != null && !response.body().isBlank()) {
                body = JSON.readTree(response.body());
            }
        } catch (JsonProcessingException e) {
            // Not the hub's own answer, say a proxy's page: the status tells.
            body = JSON.getNodeFactory().textNode(response.body());
        }
        return new Answer(
                response.statusCode(),
                body,
                response.headers().firstValue("Location"),
                response.headers().firstValue("ETag"));
    }
}
