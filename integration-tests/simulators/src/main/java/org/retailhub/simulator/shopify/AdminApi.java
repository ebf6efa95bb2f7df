package org.retailhub.simulator.shopify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The part of Shopify's Admin API (REST) that tells of orders (a list by the time of change, page by page through the {@code Link} header,
 * and one by its id), and that takes and tells inventory levels; and of its GraphQL what {@link ShopFulfilments} knows. Can be busy (429), also by its limit of calls, or down (500).
 */
public final class AdminApi implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final HttpServer server;
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final ShopOrders orders;
    private final String token;
    private final AtomicInteger calls = new AtomicInteger();
    private final ShopStock stock;
    private final ShopFulfilments fulfilments;
    private volatile LeakyBucket bucket = new LeakyBucket(Integer.MAX_VALUE, 1);
    private volatile int most = 250;
    private final Deque<Integer> failures = new ConcurrentLinkedDeque<>();

    AdminApi(ShopOrders orders, ShopStock stock, ShopFulfilments fulfilments, String token) throws IOException {
        this.orders = orders;
        this.stock = stock;
        this.fulfilments = fulfilments;
        this.token = token;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(workers);
        server.createContext("/admin/api/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** So many calls more are answered with this status, after those that were told to fail before. */
    public void fail(int times, int status) {
        failures.addAll(Collections.nCopies(times, status));
    }

    /** No page is longer, whatever is asked for. */
    public void pageSize(int size) {
        most = size;
    }

    /** From now on it takes no more calls than these: so many at once, and so many a second in the long run. */
    public void limit(int burst, double perSecond) {
        bucket = new LeakyBucket(burst, perSecond);
    }

    /** Calls since the limit was set. @return those taken, and those refused for it */
    public int[] limited() {
        return new int[] {bucket.taken(), bucket.refused()};
    }

    public int calls() {
        return calls.get();
    }

    private void answer(HttpExchange call) throws IOException {
        calls.incrementAndGet();
        try (call) {
            String path = call.getRequestURI().getPath();
            if (!token.equals(call.getRequestHeaders().getFirst("X-Shopify-Access-Token"))) {
                send(call, 401, "{\"errors\":\"[API] Invalid API key or access token\"}");
                return;
            }
            if (path.matches("/admin/api/\\d{4}-\\d{2}/graphql\\.json")) {
                // Has a limit of its own.
                graphQl(call);
                return;
            }
            Integer failure = failures.poll();
            boolean fits = bucket.take();
            call.getResponseHeaders().set("X-Shopify-Shop-Api-Call-Limit", bucket.state());
            if (!fits) {
                call.getResponseHeaders().set("Retry-After", "2.0");
                send(call, 429, "{\"errors\":\"Exceeded 2 calls per second for api client.\"}");
            } else if (failure != null) {
                call.getResponseHeaders().set("Retry-After", "0.1");
                send(call, failure, "{\"errors\":\"not now\"}");
            } else if (path.matches("/admin/api/\\d{4}-\\d{2}/orders\\.json")) {
                list(call, path);
            } else if (path.matches("/admin/api/\\d{4}-\\d{2}/orders/\\d{1,19}\\.json")) {
                one(call, Long.parseLong(path.replaceAll(".*/(\\d+)\\.json", "$1")));
            } else if (path.matches("/admin/api/\\d{4}-\\d{2}/inventory_levels/set\\.json")) {
                set(call);
            } else if (path.matches("/admin/api/\\d{4}-\\d{2}/inventory_levels\\.json")) {
                levels(call);
            } else {
                send(call, 404, "{\"errors\":\"Not Found\"}");
            }
        }
    }

    private void graphQl(HttpExchange call) throws IOException {
        ShopFulfilments.Answer answer = fulfilments.answer(JSON.readTree(call.getRequestBody()));
        // 0: the connection ends without a word.
        if (answer.status() > 0) {
            send(call, answer.status(), answer.body());
        }
    }

    private void set(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        ShopStock.Way way = stock.way();
        try {
            Thread.sleep(way.millis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ObjectNode level = way.isDone() ? stock.set(JSON.readTree(body)) : null;
        if (!way.isAnswered()) {
            // The connection ends without a word.
            return;
        }
        if (way.status() != 200) {
            send(call, way.status(), "{}");
        } else if (level == null) {
            send(call, 404, "{\"errors\":\"Not Found\"}");
        } else {
            send(
                    call,
                    200,
                    JSON.createObjectNode().set("inventory_level", level).toString());
        }
    }

    private void levels(HttpExchange call) throws IOException {
        Map<String, String> query = query(call);
        Set<String> items = Set.of(query.getOrDefault("inventory_item_ids", "").split(","));
        Set<String> locations = Set.of(query.getOrDefault("location_ids", "").split(","));
        if (items.size() > 50 || locations.size() > 50) {
            send(call, 422, "{\"errors\":[\"50 at most\"]}");
            return;
        }
        send(
                call,
                200,
                JSON.createObjectNode()
                        .set("inventory_levels", stock.levels(items, locations))
                        .toString());
    }

    private void list(HttpExchange call, String path) throws IOException {
        Map<String, String> query = query(call);
        Instant since;
        int from = 0;
        int limit = Math.min(most, Integer.parseInt(query.getOrDefault("limit", "50")));
        if (query.containsKey("page_info")) {
            // As there: the page is all that may be said beside the limit.
            String[] page = new String(Base64.getUrlDecoder().decode(query.get("page_info")), StandardCharsets.UTF_8)
                    .split(" ");
            since = Instant.parse(page[0]);
            from = Integer.parseInt(page[1]);
            if (query.containsKey("updated_at_min")) {
                send(call, 400, "{\"errors\":\"updated_at_min cannot be passed with page_info\"}");
                return;
            }
        } else {
            if (!"any".equals(query.get("status")) || !"updated_at asc".equals(query.get("order"))) {
                send(call, 400, "{\"errors\":\"this shop expects status=any and order=updated_at asc\"}");
                return;
            }
            since = OffsetDateTime.parse(query.get("updated_at_min")).toInstant();
        }
        List<ObjectNode> changed = orders.changedSince(since);
        ArrayNode page = JSON.createArrayNode();
        changed.stream().skip(from).limit(limit).forEach(page::add);
        if (changed.size() > from + limit) {
            String next = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((since + " " + (from + limit)).getBytes(StandardCharsets.UTF_8));
            call.getResponseHeaders()
                    .set(
                            "Link",
                            "<http://127.0.0.1:" + port() + path + "?limit=" + limit + "&page_info=" + next
                                    + ">; rel=\"next\"");
        }
        send(call, 200, JSON.createObjectNode().set("orders", page).toString());
    }

    private void one(HttpExchange call, long id) throws IOException {
        if (orders.has(id)) {
            send(
                    call,
                    200,
                    JSON.createObjectNode().set("order", orders.copy(id)).toString());
        } else {
            send(call, 404, "{\"errors\":\"Not Found\"}");
        }
    }

    private static Map<String, String> query(HttpExchange call) {
        Map<String, String> query = new HashMap<>();
        String raw = call.getRequestURI().getRawQuery();
        for (String each : raw == null ? new String[0] : raw.split("&")) {
            int equals = each.indexOf('=');
            query.put(each.substring(0, equals), URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return query;
    }

    private static void send(HttpExchange call, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        call.sendResponseHeaders(status, bytes.length);
        call.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
