package org.retailhub.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What an administrator does in WildFly's console, over the same HTTP interface. */
final class Management {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int port;
    private final String password;

    static {
        // From Java 19 on a digest by MD5 is refused unless asked for, and the server's properties realm knows no
        // other.
        System.setProperty("http.auth.digest.reEnabledAlgorithms", "MD5");
    }

    Management(int port, String password) {
        this.port = port;
        this.password = password;
    }

    /** Stops the delivery of a queue's messages; they keep coming in. */
    void pause(String queue) {
        queue(queue, "pause", Map.of());
    }

    void resume(String queue) {
        queue(queue, "resume", Map.of());
    }

    long depth(String queue) {
        return queue(queue, "read-attribute", Map.of("name", "message-count")).asLong();
    }

    /** The messages that wait, with their properties. */
    List<JsonNode> messages(String queue) {
        JsonNode listed = queue(queue, "list-messages-as-json", Map.of());
        try {
            return JSON.readerForListOf(JsonNode.class).readValue(listed.asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a message away, as an administrator does by mistake. */
    void remove(String queue, String jmsMessageId) {
        queue(queue, "remove-message", Map.of("message-id", jmsMessageId));
    }

    void move(String queue, String jmsMessageId, String toQueue) {
        queue(queue, "move-message", Map.of("message-id", jmsMessageId, "other-queue-name", toQueue));
    }

    /** An attribute of the broker. */
    void broker(String attribute, Object value) {
        execute(
                List.of("subsystem", "messaging-activemq", "server", "default"),
                "write-attribute",
                Map.of("name", attribute, "value", value));
    }

    /** What is alive of the server's heap, in bytes: after a collection of all of it. */
    long live() {
        List<String> memory = List.of("core-service", "platform-mbean", "type", "memory");
        execute(memory, "gc", Map.of());
        return execute(memory, "read-attribute", Map.of("name", "heap-memory-usage"))
                .path("used")
                .asLong();
    }

    private JsonNode queue(String queue, String operation, Map<String, ?> parameters) {
        return execute(
                List.of("subsystem", "messaging-activemq", "server", "default", "jms-queue", queue),
                operation,
                parameters);
    }

    /** @param address key, value, key, value … */
    JsonNode execute(List<String> address, String operation, Map<String, ?> parameters) {
        ObjectNode request = JSON.createObjectNode().put("operation", operation);
        ArrayNode path = request.putArray("address");
        for (int i = 0; i < address.size(); i += 2) {
            path.addObject().put(address.get(i), address.get(i + 1));
        }
        parameters.forEach((name, value) -> request.set(name, JSON.valueToTree(value)));
        try {
            HttpURLConnection call = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/management")
                    .toURL()
                    .openConnection();
            call.setAuthenticator(new Authenticator() {
                @Override
                protected PasswordAuthentication getPasswordAuthentication() {
                    return new PasswordAuthentication("admin", password.toCharArray());
                }
            });
            call.setConnectTimeout(5_000);
            call.setReadTimeout(60_000);
            call.setRequestMethod("POST");
            call.setDoOutput(true);
            call.setRequestProperty("Content-Type", "application/json");
            call.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
            try (InputStream in = call.getResponseCode() < 400 ? call.getInputStream() : call.getErrorStream()) {
                byte[] body = in == null ? new byte[0] : in.readAllBytes();
                if (call.getResponseCode() != 200) {
                    throw new IllegalStateException("management answered " + call.getResponseCode() + " to " + request
                            + ": " + new String(body, StandardCharsets.UTF_8));
                }
                return JSON.readTree(body).path("result");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from management to " + request, e);
        }
    }
}
