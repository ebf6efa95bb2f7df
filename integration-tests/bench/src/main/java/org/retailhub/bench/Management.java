package org.retailhub.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Authenticator;
import java.net.HttpURLConnection;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The server's management interface: what an administrator does to a queue. */
final class Management {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final Authenticator login;

    static {
        // From Java 19 on a digest by MD5 is refused unless asked for, and the server's properties realm knows no
        // other.
        System.setProperty("http.auth.digest.reEnabledAlgorithms", "MD5");
    }

    Management(int port, String user, String password) {
        address = URI.create("http://127.0.0.1:" + port + "/management");
        login = new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(user, password.toCharArray());
            }
        };
    }

    void pause(String queue) throws IOException {
        call(queue, "pause");
    }

    void resume(String queue) throws IOException {
        call(queue, "resume");
    }

    /** Messages on all of these queues, those in delivery included. One call: it costs the server what it is there to measure. */
    long depth(List<String> queues) throws IOException {
        ObjectNode all = JSON.createObjectNode().put("operation", "composite");
        all.putArray("address");
        ArrayNode steps = all.putArray("steps");
        queues.forEach(queue -> steps.add(operation(queue, "read-attribute").put("name", "message-count")));
        long sum = 0;
        for (JsonNode step : send(all).path("result")) {
            sum += step.path("result").asLong();
        }
        return sum;
    }

    private void call(String queue, String what) throws IOException {
        send(operation(queue, what));
    }

    private static ObjectNode operation(String queue, String what) {
        ObjectNode operation = JSON.createObjectNode().put("operation", what);
        operation
                .putArray("address")
                .add("subsystem")
                .add("messaging-activemq")
                .add("server")
                .add("default")
                .add("jms-queue")
                .add(queue);
        return operation;
    }

    private JsonNode send(ObjectNode operation) throws IOException {
        HttpURLConnection call = (HttpURLConnection) address.toURL().openConnection();
        call.setAuthenticator(login);
        call.setRequestMethod("POST");
        call.setRequestProperty("Content-Type", "application/json");
        call.setConnectTimeout(5_000);
        call.setReadTimeout(30_000);
        call.setDoOutput(true);
        try (OutputStream out = call.getOutputStream()) {
            out.write(operation.toString().getBytes(StandardCharsets.UTF_8));
        }
        int status = call.getResponseCode();
        try (InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream()) {
            if (status != 200 && status != 500) {
                throw new IOException("the management interface answered " + status + ": does the server run?");
            }
            JsonNode answer = JSON.readTree(in == null ? new byte[] {'{', '}'} : in.readAllBytes());
            if (!answer.path("outcome").asText().equals("success")) {
                throw new IOException(
                        "the management interface answered " + status + " to " + operation + ": " + answer);
            }
            return answer;
        }
    }
}
