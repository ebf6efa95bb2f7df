package org.retailhub.trade;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Places orders as a shop does: several at a time, and the same again when the hub says that it could not say. */
public final class Seller {
    private static final String ORDERS = "/api/order/v1/orders";
    private static final int AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HubClient hub;

    public Seller(HubClient hub) {
        this.hub = hub;
    }

    /** @param id the hub's; empty if it was refused */
    public record Sale(SalesOrder order, int status, String id, JsonNode answer) {
        public boolean accepted() {
            return status == 202 || status == 200;
        }
    }

    /** How an order stands, and why or what for it waits. */
    public record Standing(String status, String reason, String documentNo) {}

    /** In the order given. */
    public List<Sale> place(List<SalesOrder> orders) {
        return each(orders, this::place);
    }

    public Sale place(SalesOrder order) {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            HubClient.Answer answer = hub.post(ORDERS, order.toJson());
            if (answer.status() != 503 || Instant.now().isAfter(deadline)) {
                return new Sale(
                        order, answer.status(), answer.body().path("orderId").asText(""), answer.body());
            }
            pause(Duration.ofSeconds(1));
        }
    }

    /** The whole order anew, as long as nothing else changed it meanwhile. */
    public HubClient.Answer change(String id, SalesOrder order) {
        return hub.post(ORDERS + "/" + id + "/changes", order.toJson(), Map.of("If-Match", etag(id)));
    }

    public HubClient.Answer cancel(String id, String reason) {
        return hub.post(
                ORDERS + "/" + id + "/cancellations",
                HubClient.JSON.createObjectNode().put("reason", reason));
    }

    private String etag(String id) {
        return hub.get(ORDERS + "/" + id)
                .expect(200)
                .etag()
                .orElseThrow(() -> new IllegalStateException("order " + id + " came without an ETag"));
    }

    public Map<String, Standing> standings(List<String> ids) {
        Map<String, Standing> standings = new LinkedHashMap<>();
        List<Standing> found = each(ids, id -> {
            JsonNode order = hub.get(ORDERS + "/" + id).expect(200).body();
            return new Standing(
                    order.path("status").asText(),
                    reason(order),
                    order.path("erpDocumentNo").asText(""));
        });
        for (int i = 0; i < ids.size(); i++) {
            standings.put(ids.get(i), found.get(i));
        }
        return standings;
    }

    private static String reason(JsonNode order) {
        List<String> skus = new ArrayList<>();
        order.path("awaitingSkus").forEach(sku -> skus.add(sku.asText()));
        if (!skus.isEmpty()) {
            return String.join(", ", skus);
        }
        return order.path(order.hasNonNull("reason") ? "reason" : "waitsFor").asText("");
    }

    private interface Step<A, B> {
        B of(A one);
    }

    private static <A, B> List<B> each(List<A> all, Step<A, B> step) {
        ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<B>> calls = new ArrayList<>();
            all.forEach(one -> calls.add(() -> step.of(one)));
            List<B> results = new ArrayList<>();
            for (Future<B> each : workers.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            workers.shutdownNow();
        }
    }

    /** Between two looks at what takes its time. */
    public static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
