package org.retailhub.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import org.retailhub.trade.Installation;

/**
 * A door before a hub for callers that are no {@link Shop}: simulators, trade. Passes all on, and answers 599 in place of what the API
 * document does not describe. If the hub is gone, so is the caller's connection.
 */
final class JudgedDoor {
    private static final int NOT_AS_DESCRIBED = 599;
    private static final Set<String> BY_HOP =
            Set.of("host", "connection", "content-length", "expect", "upgrade", "http2-settings", "transfer-encoding");
    private static final Map<Hub, JudgedDoor> DOORS = new HashMap<>();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Hub hub;
    private final HttpServer server;

    private JudgedDoor(Hub hub) {
        this.hub = hub;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 200);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "judged door");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::pass);
        server.start();
    }

    static synchronized JudgedDoor of(Hub hub) {
        return DOORS.computeIfAbsent(hub, JudgedDoor::new);
    }

    /** The hub as trade knows it, behind this door. */
    static Installation installation(Hub hub) {
        Map<String, String> variables = new HashMap<>(hub.variables());
        variables.put("RETAIL_HTTP_PORT", Integer.toString(of(hub).port()));
        return Installation.of(variables);
    }

    int port() {
        return server.getAddress().getPort();
    }

    String url() {
        return "http://127.0.0.1:" + port();
    }

    private void pass(HttpExchange exchange) {
        try {
            byte[] asked = exchange.getRequestBody().readAllBytes();
            URI uri = exchange.getRequestURI();
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(hub.url() + uri))
                    .method(
                            exchange.getRequestMethod(),
                            asked.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(asked));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            HttpResponse<byte[]> response = http.send(request.build(), BodyHandlers.ofByteArray());
            List<String> faults = ApiDocument.judge(
                    hub,
                    new ApiDocument.Exchange(
                            exchange.getRequestMethod(),
                            uri.getRawPath(),
                            type(exchange),
                            text(asked),
                            response.statusCode(),
                            response.headers().firstValue("Content-Type").orElse(null),
                            new String(response.body(), StandardCharsets.UTF_8)));
            if (!faults.isEmpty()) {
                System.err.println("not as in the API document: " + faults + "; " + uri);
                answer(exchange, NOT_AS_DESCRIBED, faults.toString().getBytes(StandardCharsets.UTF_8));
                return;
            }
            response.headers().map().forEach((name, values) -> {
                if (!name.startsWith(":") && !BY_HOP.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                    values.forEach(value -> exchange.getResponseHeaders().add(name, value));
                }
            });
            answer(exchange, response.statusCode(), response.body());
        } catch (IOException e) {
            // As if the hub itself had hung up.
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }

    private static String type(HttpExchange exchange) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        return type == null ? "application/json" : type.replaceAll(";.*", "").strip();
    }

    /** Null for bytes that are no text: a webhook is taken by its signature, whatever it says; the answer is judged all the same. */
    private static String text(byte[] asked) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(asked))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
