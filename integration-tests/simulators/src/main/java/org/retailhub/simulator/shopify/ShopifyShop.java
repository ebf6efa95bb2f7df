package org.retailhub.simulator.shopify;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A shop that sells, and tells the hub of it by webhooks as badly as the {@link Network} between them is. What is not answered with 200 is
 * sent again at the next delivery, as Shopify does for a while; what the network lost is only in the Admin API.
 */
public final class ShopifyShop implements AutoCloseable {
    public record Line(String sku, int quantity, BigDecimal price) {}

    /**
     * What becomes of webhooks on their way, in percent.
     *
     * @param lost never comes
     * @param twice comes twice
     * @param late comes at a later delivery
     * @param shuffled whether a delivery's order is any
     */
    public record Network(int lost, int twice, int late, boolean shuffled) {
        public static final Network GOOD = new Network(0, 0, 0, false);
    }

    /** One webhook. */
    public record Webhook(String id, String topic, byte[] body, String triggeredAt) {}

    private final ShopOrders orders = new ShopOrders();
    private final AdminApi api;
    private final ShopStock stock;
    private final ShopFulfilments fulfilments;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI hub;
    private final String account;
    private final String secret;
    private final Random random;
    private final List<Webhook> waiting = new ArrayList<>();
    private volatile Network network = Network.GOOD;
    private int serial;
    private int lost;

    /**
     * @param hub where its webhooks go
     * @param secret that signs them
     * @param token that the Admin API asks for
     */
    public ShopifyShop(URI hub, String account, String secret, String token, long seed) throws IOException {
        this.hub = hub;
        this.account = account;
        this.secret = secret;
        this.random = new Random(seed);
        this.stock = new ShopStock(seed);
        this.fulfilments = new ShopFulfilments(orders, this::fulfilled);
        this.api = new AdminApi(orders, stock, fulfilments, token);
    }

    /** Of the Admin API. */
    public String url() {
        return "http://127.0.0.1:" + api.port();
    }

    public AdminApi api() {
        return api;
    }

    /** What it shows. */
    public ShopStock stock() {
        return stock;
    }

    /** What it has sent. */
    public ShopFulfilments fulfilments() {
        return fulfilments;
    }

    public void network(Network state) {
        network = state;
    }

    public synchronized long place(Line... lines) {
        long id = orders.place(List.of(lines));
        tell("orders/create", id);
        return id;
    }

    public synchronized void add(long id, Line line) {
        orders.add(id, line);
        tell(
                "orders/edited",
                id,
                "{\"order_edit\":{\"id\":" + (9_000_000_000L + serial) + ",\"order_id\":" + id + "}}");
        tell("orders/updated", id);
    }

    public synchronized void cancel(long id, String reason) {
        orders.cancel(id, reason);
        tell("orders/cancelled", id);
        tell("orders/updated", id);
    }

    private synchronized void fulfilled(long id) {
        boolean whole =
                "fulfilled".equals(orders.copy(id).path("fulfillment_status").asText());
        tell(whole ? "orders/fulfilled" : "orders/partially_fulfilled", id);
        tell("orders/updated", id);
    }

    /** Its order is gone, and nobody is told. */
    public synchronized void forget(long id) {
        orders.forget(id);
    }

    /** A change that nobody has to book. */
    public synchronized void tag(long id, String tag) {
        orders.tag(id, tag);
        tell("orders/updated", id);
    }

    /** The order as the Admin API has it. */
    public ObjectNode order(long id) {
        return orders.copy(id);
    }

    private void tell(String topic, long id) {
        tell(topic, id, orders.copy(id).toString());
    }

    private void tell(String topic, long id, String body) {
        waiting.add(new Webhook(
                String.format("%08x-b54c-49f8-9eed-%012x", ++serial, id & 0xffffffffffffL),
                topic,
                body.getBytes(StandardCharsets.UTF_8),
                ShopOrders.updatedAt(orders.copy(id)).toString()));
    }

    /** Sends what waits, under the conditions of the network. @return statuses of the answers, 0 for none */
    public List<Integer> deliver() {
        return deliver(sent -> {});
    }

    /** @param after told after each attempt how many there were */
    public synchronized List<Integer> deliver(IntConsumer after) {
        List<Webhook> due = new ArrayList<>();
        List<Webhook> later = new ArrayList<>();
        for (Webhook webhook : waiting) {
            if (random.nextInt(100) < network.lost()) {
                lost++;
            } else if (random.nextInt(100) < network.late()) {
                later.add(webhook);
            } else {
                due.add(webhook);
                if (random.nextInt(100) < network.twice()) {
                    due.add(webhook);
                }
            }
        }
        if (network.shuffled()) {
            Collections.shuffle(due, random);
        }
        waiting.clear();
        waiting.addAll(later);
        List<Integer> answers = new ArrayList<>(due.size());
        for (Webhook webhook : due) {
            int status = send(webhook, signature(webhook.body(), secret));
            answers.add(status);
            after.accept(answers.size());
            if (status != 200) {
                waiting.add(webhook);
            }
        }
        return answers;
    }

    /** How many webhooks never came, and never will. */
    public synchronized int lost() {
        return lost;
    }

    public synchronized int waiting() {
        return waiting.size();
    }

    /** One attempt. @return the answer's status, 0 if there is none */
    public int send(Webhook webhook, String signature) {
        HttpRequest.Builder request = HttpRequest.newBuilder(hub)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/json")
                .header("X-Shopify-Topic", webhook.topic())
                .header("X-Shopify-Shop-Domain", account)
                .header("X-Shopify-API-Version", "2026-07")
                .header("X-Shopify-Webhook-Id", webhook.id())
                .header("X-Shopify-Triggered-At", webhook.triggeredAt())
                .POST(BodyPublishers.ofByteArray(webhook.body()));
        if (signature != null) {
            request.header("X-Shopify-Hmac-Sha256", signature);
        }
        try {
            return http.send(request.build(), BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    /** A webhook that nobody of the shop's changes caused. */
    public synchronized Webhook webhook(String topic, String body) {
        return new Webhook(
                String.format("%08x-ffff-49f8-9eed-000000000000", ++serial),
                topic,
                body.getBytes(StandardCharsets.UTF_8),
                Instant.parse("2026-11-23T08:00:00Z").toString());
    }

    public static String signature(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
