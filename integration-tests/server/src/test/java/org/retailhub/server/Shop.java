package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A partner's system. {@link #send} is one attempt; the other methods do as real partners do: after a 503 or a lost connection
 * they send the same again until there is an answer.
 */
final class Shop {
    static final String ORDERS = "/api/order/v1/orders";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private Duration patience = PATIENCE;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Hub hub;
    private final String key;

    Shop(Hub hub, String key) {
        this.hub = hub;
        this.key = key;
    }

    String key() {
        return key;
    }

    record Answer(int status, JsonNode body, String etag, String retryAfter) {
        boolean ok() {
            return status / 100 == 2;
        }

        String text(String field) {
            return body.path(field).asText(null);
        }
    }

    Answer post(String path, String body) {
        return insist("POST", path, body, Map.of());
    }

    Answer put(String path, String body) {
        return insist("PUT", path, body, Map.of());
    }

    Answer get(String path) {
        return insist("GET", path, null, Map.of());
    }

    /** The order's id, when the hub has taken it. */
    String place(Order order) {
        Answer answer = post(ORDERS, order.json());
        if (!answer.ok()) {
            throw new AssertionError(order.number() + " was answered " + answer);
        }
        return id(answer);
    }

    static String id(Answer answer) {
        String id = answer.text("orderId");
        return id == null ? answer.text("id") : id;
    }

    Answer order(String id) {
        return get(ORDERS + "/" + id);
    }

    String status(String id) {
        return order(id).text("status");
    }

    /** Changes the order; a lost answer is cleared up by asking what the hub has. */
    Answer change(String id, Order wanted) {
        return amend(id, "changes", wanted.json());
    }

    Answer cancel(String id) {
        return amend(id, "cancellations", "{\"reason\":\"the buyer changed their mind\"}");
    }

    private Answer amend(String id, String what, String body) {
        Answer before = order(id);
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Answer answer = attempt("POST", ORDERS + "/" + id + "/" + what, body, Map.of("If-Match", before.etag()));
            boolean unclear = answer == null || answer.status() == 503 || isBooting(answer);
            if (!unclear && answer.status() != 412) {
                return answer;
            }
            if (answer != null && answer.status() == 412) {
                // Either an earlier attempt of ours took effect, or the ERP's verdict came between.
                Answer now = order(id);
                if (what.equals("changes") && !now.text("revision").equals(before.text("revision"))) {
                    return now;
                }
                if (what.equals("cancellations") && now.text("status").startsWith("cancel")) {
                    return now;
                }
                before = now;
            }
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError(what + " of " + id + ": no answer after " + patience.toSeconds() + " s");
            }
            Probe.pause();
        }
    }

    private Answer insist(String method, String path, String body, Map<String, String> headers) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Answer answer = attempt(method, path, body, headers);
            if (answer != null && answer.status() != 503 && !isBooting(answer)) {
                return answer;
            }
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError(
                        method + " " + path + ": no answer after " + patience.toSeconds() + " s, last " + answer);
            }
            Probe.pause();
        }
    }

    /** 404 without a problem: the server is up and the application not yet. */
    static boolean isBooting(Answer answer) {
        return answer.status() == 404 && answer.text("code") == null;
    }

    /** One attempt; null if the connection was refused or lost. */
    Answer attempt(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.url() + path))
                .timeout(ANSWER)
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach((name, value) -> {
            if (value != null) {
                request.header(name, value);
            }
        });
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            judge(method, path, body, response);
            return new Answer(
                    response.statusCode(),
                    json(response.body()),
                    response.headers().firstValue("ETag").orElse(null),
                    response.headers().firstValue("Retry-After").orElse(null));
        } catch (HttpTimeoutException e) {
            System.out.println(
                    java.time.LocalTime.now() + " no answer in " + ANSWER.toSeconds() + " s to " + method + " " + path);
            return null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Each answer of the application is one that the API document describes. */
    private void judge(String method, String path, String body, HttpResponse<String> response) {
        String type = response.headers().firstValue("Content-Type").orElse(null);
        List<String> faults = ApiDocument.judge(
                hub, new ApiDocument.Exchange(method, path, body, response.statusCode(), type, response.body()));
        if (!faults.isEmpty()) {
            throw new AssertionError("not as in the API document: " + faults + "; " + method + " " + path + " " + body
                    + " was answered " + response.statusCode() + " " + response.body());
        }
    }

    /** A file of any length, read as it is sent; one attempt. */
    Answer sendFile(String path, String contentType, java.nio.file.Path file) {
        try {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(hub.url() + path))
                            .timeout(PATIENCE)
                            .header("X-API-Key", key)
                            .header("Content-Type", contentType)
                            .POST(BodyPublishers.ofFile(file))
                            .build(),
                    BodyHandlers.ofString());
            judge("POST", path, null, response);
            return new Answer(
                    response.statusCode(),
                    json(response.body()),
                    null,
                    response.headers().firstValue("Location").orElse(null));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (IOException e) {
            return JSON.createObjectNode().put("text", text);
        }
    }
}
