package org.retailhub.simulator.shopify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** The shop's orders as they stand, in Shopify's words. Each change is a second later than the one before. */
final class ShopOrders {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant FIRST = Instant.parse("2026-11-23T08:00:00Z");
    /** Larger than what a double keeps exact. */
    private static final long FIRST_ID = 6_100_000_000_000_000_001L;

    private static final String EUR = "EUR";

    private final Map<Long, ObjectNode> orders = new LinkedHashMap<>();
    private final AtomicLong ids = new AtomicLong(FIRST_ID);
    private long seconds;

    synchronized long place(List<ShopifyShop.Line> lines) {
        long id = ids.getAndIncrement();
        ObjectNode order = JSON.createObjectNode();
        order.put("id", id);
        order.put("admin_graphql_api_id", "gid://shopify/Order/" + id);
        order.put("name", "#" + (1001 + orders.size()));
        order.put("order_number", 1001 + orders.size());
        order.put("currency", EUR);
        order.put("presentment_currency", EUR);
        order.put("taxes_included", false);
        order.put("test", false);
        order.put("confirmed", true);
        order.put("financial_status", "paid");
        order.putNull("fulfillment_status");
        order.putNull("cancelled_at");
        order.putNull("cancel_reason");
        order.put("email", "ines@example.org");
        order.put("source_name", "web");
        order.putArray("payment_gateway_names").add("shopify_payments");
        order.putArray("discount_applications");
        order.putArray("shipping_lines");
        order.putArray("refunds");
        order.put("total_tip_received", "0.00");
        ObjectNode address = order.putObject("shipping_address");
        address.put("name", "Ines Albrecht").put("address1", "Hafenstrasse 3").put("city", "Husum");
        address.put("zip", "25813").put("country", "Germany").put("country_code", "DE");
        ArrayNode items = order.putArray("line_items");
        for (ShopifyShop.Line line : lines) {
            items.add(item(line));
        }
        orders.put(id, order);
        touch(order);
        order.set("created_at", order.get("updated_at"));
        order.set("processed_at", order.get("updated_at"));
        return id;
    }

    private ObjectNode item(ShopifyShop.Line line) {
        long id = ids.getAndIncrement();
        ObjectNode item = JSON.createObjectNode();
        item.put("id", id).put("admin_graphql_api_id", "gid://shopify/LineItem/" + id);
        item.put("sku", line.sku()).put("title", line.sku()).put("name", line.sku());
        item.put("quantity", line.quantity()).put("current_quantity", line.quantity());
        item.put("gift_card", false).put("product_id", 7_700_000_000_001L).put("variant_id", 44_000_000_000_001L);
        money(item, "price", line.price());
        item.putArray("tax_lines");
        item.putArray("discount_allocations");
        item.putArray("duties");
        return item;
    }

    /** One line more, as an edit of the order adds it. */
    synchronized void add(long id, ShopifyShop.Line line) {
        ObjectNode order = known(id);
        ((ArrayNode) order.get("line_items")).add(item(line));
        touch(order);
    }

    /** As if there had never been one. */
    synchronized void forget(long id) {
        orders.remove(id);
    }

    synchronized void cancel(long id, String reason) {
        ObjectNode order = known(id);
        touch(order);
        order.set("cancelled_at", order.get("updated_at"));
        order.put("cancel_reason", reason);
    }

    synchronized void fulfilled(long id, boolean whole) {
        ObjectNode order = known(id);
        order.put("fulfillment_status", whole ? "fulfilled" : "partial");
        touch(order);
    }

    /** What changes an order and nobody's books. */
    synchronized void tag(long id, String tag) {
        ObjectNode order = known(id);
        order.put("tags", tag);
        touch(order);
    }

    private ObjectNode known(long id) {
        return Objects.requireNonNull(orders.get(id), () -> "no order " + id);
    }

    private void touch(ObjectNode order) {
        BigDecimal total = BigDecimal.ZERO.setScale(2);
        for (var item : order.get("line_items")) {
            total = total.add(new BigDecimal(item.get("price").asText())
                    .multiply(new BigDecimal(item.get("quantity").asInt())));
        }
        money(order, "total_price", total);
        money(order, "total_tax", new BigDecimal("0.00"));
        money(order, "total_discounts", new BigDecimal("0.00"));
        order.put(
                "updated_at",
                FIRST.plusSeconds(seconds++).atOffset(ZoneOffset.ofHours(1)).toString());
    }

    private static void money(ObjectNode parent, String field, BigDecimal amount) {
        parent.put(field, amount.toPlainString());
        ObjectNode set = parent.putObject(field + "_set");
        for (String which : List.of("shop_money", "presentment_money")) {
            set.putObject(which).put("amount", amount.toPlainString()).put("currency_code", EUR);
        }
    }

    synchronized ObjectNode copy(long id) {
        return known(id).deepCopy();
    }

    synchronized boolean has(long id) {
        return orders.containsKey(id);
    }

    static Instant updatedAt(ObjectNode order) {
        return java.time.OffsetDateTime.parse(order.get("updated_at").asText()).toInstant();
    }

    /** Those changed at the time or later, the one changed longest ago first. */
    synchronized List<ObjectNode> changedSince(Instant since) {
        List<ObjectNode> changed = new ArrayList<>();
        orders.values().stream()
                .filter(order -> !updatedAt(order).isBefore(since))
                .sorted((a, b) -> updatedAt(a).compareTo(updatedAt(b)))
                .forEach(order -> changed.add(order.deepCopy()));
        return changed;
    }
}
