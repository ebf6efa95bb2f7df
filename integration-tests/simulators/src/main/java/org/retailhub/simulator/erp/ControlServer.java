package org.retailhub.simulator.erp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Makes the ERP do what a test or a demonstration needs, by JSON over HTTP on the loopback interface. The hub never calls it: a
 * real ERP has no such door. Answers 400 to what it does not understand and 500 with the database's words to what failed.
 */
public final class ControlServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
            .enable(com.fasterxml.jackson.core.JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final ErpLedger ledger;
    private final ErpStock stock;
    private final Masters masters;
    private final Snapshots snapshots;
    private final HubAccess access;
    private final ImportSchedule schedule;
    private final AtomicReference<ImportConditions> conditions;
    private volatile boolean shut;

    private interface Answer {
        Object of(HttpExchange call) throws IOException, SQLException;
    }

    /** @param port 0 for any free one; {@link #port} tells which */
    ControlServer(
            int port,
            ErpConnections erp,
            ErpConnections superuser,
            ImportSchedule schedule,
            AtomicReference<ImportConditions> conditions)
            throws IOException {
        this.ledger = new ErpLedger(erp);
        this.stock = new ErpStock(erp);
        this.masters = new Masters(erp);
        this.snapshots = new Snapshots(erp);
        this.access = new HubAccess(superuser);
        this.schedule = schedule;
        this.conditions = conditions;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(workers);
        on("GET", "/status", call -> status());
        on("GET", "/ledger", call -> ledger(query(call).getOrDefault("prefix", "")));
        on("GET", "/documents/", call -> document(rest(call, "/documents/")));
        on("GET", "/stock", call -> stock(query(call).getOrDefault("product", "")));
        on("GET", "/order-of-postings", call -> ledger.disorders(query(call).getOrDefault("prefix", "")));
        on("POST", "/import", call -> runs(schedule.now()));
        on("POST", "/mode", call -> mode(body(call)));
        on("POST", "/interval", call -> interval(body(call)));
        on("POST", "/masters/", call -> masters(rest(call, "/masters/"), text(call)));
        on("POST", "/down", call -> Map.of("sessionsEnded", down()));
        on("POST", "/restore", call -> up());
        on("POST", "/snapshot", call -> Map.of("rows", snapshots.take()));
        on("POST", "/set-back", call -> Map.of("rows", snapshots.setBack()));
    }

    void start() {
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Answers also while the database does not: then without the backlog. */
    private Object status() {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("conditions", conditions.get());
        status.put("intervalMillis", schedule.interval());
        status.put("hub", shut ? "refused" : "let in");
        status.put("imported", runs(schedule.sinceStart()));
        status.put("lastFailure", schedule.lastFailure());
        try {
            status.put("backlog", ledger.backlog());
            status.put("stockBacklog", stock.backlog());
        } catch (SQLException e) {
            status.put("database", e.getMessage());
        }
        return status;
    }

    /** Those of orders, and beside them those of stock. */
    private static ObjectNode runs(ImportSchedule.Runs runs) {
        ObjectNode answer = JSON.valueToTree(runs.orders());
        return answer.set("stock", JSON.valueToTree(runs.stock()));
    }

    private Object stock(String product) throws SQLException {
        return Map.of("counts", stock.counts(), "onHand", stock.onHand(product));
    }

    private Object ledger(String prefix) throws SQLException {
        return Map.of(
                "counts", ledger.counts(prefix),
                "byCurrency", ledger.totalsByCurrency(prefix),
                "byCountry", ledger.totalsByCountry(prefix),
                "doubled", ledger.doubled(prefix),
                "partial", ledger.partial(prefix),
                "byPrefix", ledger.documentsByPrefix(6));
    }

    private Object document(String documentNo) throws SQLException {
        return Map.of("documents", ledger.documents(documentNo), "interfaceRows", ledger.interfaceRows(documentNo));
    }

    /**
     * {@code {"mode": "normal" | "stopped" | "slow" | "reject", "delayMillis": 500, "errorFlag": "E" | "N",
     * "reject": [{"match": "SKU-9", "error": "Invalid Product"}]}}; what is not given is as normal.
     */
    private Object mode(JsonNode body) {
        String mode = body.path("mode").asText("normal");
        List<ImportConditions.Rejection> rejections = new ArrayList<>();
        for (JsonNode each : body.path("reject")) {
            rejections.add(new ImportConditions.Rejection(
                    each.path("match").asText(), each.path("error").asText("Invalid Product")));
        }
        long delay = body.path("delayMillis").asLong(mode.equals("slow") ? 1000 : 0);
        switch (mode) {
            case "normal", "slow", "reject", "stopped" ->
                schedule.work(new ImportConditions(
                        mode.equals("stopped"),
                        delay,
                        rejections,
                        body.path("errorFlag").asText("E")));
            default -> throw new IllegalArgumentException("mode is normal, stopped, slow or reject");
        }
        return Objects.requireNonNull(conditions.get(), "it always behaves somehow");
    }

    private Object interval(JsonNode body) {
        schedule.interval(body.path("millis").asLong(0));
        return Map.of("intervalMillis", schedule.interval());
    }

    private Object masters(String kind, String text) throws SQLException {
        Masters.Kind wanted;
        try {
            wanted = Masters.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("masters are products, partners, charges or warehouses", e);
        }
        return Map.of("read", masters.upsert(wanted, text));
    }

    private int down() throws SQLException {
        int ended = access.shut();
        shut = true;
        return ended;
    }

    private Object up() throws SQLException {
        access.open();
        shut = false;
        return Map.of("hub", "let in");
    }

    private void on(String method, String path, Answer answer) {
        server.createContext(path, call -> {
            try (call) {
                answer(call, method, path, answer);
            }
        });
    }

    private static void answer(HttpExchange call, String method, String path, Answer answer) throws IOException {
        try {
            if (!path.endsWith("/") && !call.getRequestURI().getPath().equals(path)) {
                send(call, 404, problem("no such path"));
            } else if (!call.getRequestMethod().equals(method)) {
                send(call, 405, problem(path + " wants " + method));
            } else {
                send(call, 200, answer.of(call));
            }
        } catch (IllegalArgumentException | IllegalStateException | JsonProcessingException e) {
            send(call, 400, problem(e.getMessage()));
        } catch (SQLException e) {
            System.err.println("erp-simulator: " + path + ": " + e.getMessage());
            send(call, 500, problem(e.getMessage()));
        }
    }

    private static ObjectNode problem(@Nullable String detail) {
        return JSON.createObjectNode().put("detail", detail);
    }

    private static void send(HttpExchange call, int status, Object answer) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(answer);
        call.getResponseHeaders().set("Content-Type", "application/json");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
    }

    private static String text(HttpExchange call) throws IOException {
        return new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static JsonNode body(HttpExchange call) throws IOException {
        String text = text(call);
        return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
    }

    private static String rest(HttpExchange call, String path) {
        return call.getRequestURI().getPath().substring(path.length());
    }

    private static Map<String, String> query(HttpExchange call) {
        String query = call.getRequestURI().getRawQuery();
        if (query == null) {
            return Map.of();
        }
        Map<String, String> values = new java.util.HashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return values;
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
