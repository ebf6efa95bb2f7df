package org.retailhub.channel.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One order of a shop, as its Admin API tells of it and lets it be fulfilled; nothing here checks what is sent but the quantities. */
public final class FulfilmentShop {
    /** What is to be fulfilled of a line by a fulfilment order. */
    public static final class Item {
        final String fulfilmentOrder;
        final String place;
        final String line;
        String status = "OPEN";
        int remaining;

        Item(String fulfilmentOrder, String place, String line, int remaining) {
            this.fulfilmentOrder = fulfilmentOrder;
            this.place = place;
            this.line = line;
            this.remaining = remaining;
        }

        public void status(String other) {
            status = other;
        }
    }

    /** A fulfilment. */
    public record Made(String id, String status, List<String> numbers, Map<String, Integer> lines, JsonNode input) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    public static final String ORDER = "6100000000000000001";

    private final List<Item> items = new ArrayList<>();
    private final List<Made> made = new ArrayList<>();
    private final Map<String, List<Item>> byOrder = new LinkedHashMap<>();
    public boolean exists = true;
    public boolean cancelled;
    public int linesAPage = 100;
    public String userError = "";

    public Item item(String fulfilmentOrder, String place, String line, int remaining) {
        Item item = new Item(fulfilmentOrder, place, line, remaining);
        items.add(item);
        byOrder.computeIfAbsent(fulfilmentOrder, any -> new ArrayList<>()).add(item);
        return item;
    }

    public void byHand(String status, String number, Map<String, Integer> lines) {
        made.add(new Made("gid://shopify/Fulfillment/" + (made.size() + 1), status, List.of(number), lines, null));
    }

    /** Those of the hub, each as its numbers and lines. */
    public List<String> shown() {
        return made.stream()
                .map(each -> String.join("+", each.numbers()) + " " + new TreeMap<>(each.lines()))
                .toList();
    }

    public List<Made> made() {
        return List.copyOf(made);
    }

    public byte[] answer(byte[] body) {
        try {
            JsonNode call = JSON.readTree(body);
            String query = call.path("query").asText();
            ObjectNode answer = JSON.createObjectNode();
            ObjectNode data = answer.putObject("data");
            if (query.startsWith("mutation")) {
                data.set("fulfillmentCreate", create(call.at("/variables/fulfillment")));
            } else if (query.contains("fulfillment(id:")) {
                data.set("fulfillment", lines(call.at("/variables/id").asText()));
            } else {
                data.set("order", order(call.path("variables")));
            }
            return answer.toString().getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode order(JsonNode variables) {
        if (!exists || !variables.path("order").asText().equals("gid://shopify/Order/" + ORDER)) {
            return JSON.nullNode();
        }
        ObjectNode order = JSON.createObjectNode();
        order.put("id", "gid://shopify/Order/" + ORDER);
        order.put("cancelledAt", cancelled ? "2026-11-28T10:00:00Z" : null);
        order.putObject("fulfillmentsCount").put("count", made.size());
        ArrayNode fulfilments = order.putArray("fulfillments");
        made.forEach(each -> {
            ObjectNode one = fulfilments.addObject().put("id", each.id()).put("status", each.status());
            ArrayNode tracking = one.putArray("trackingInfo");
            each.numbers().forEach(number -> tracking.addObject().put("number", number));
        });
        List<String> names = List.copyOf(byOrder.keySet());
        int at = variables.path("place").asInt(0);
        ObjectNode page = order.putObject("fulfillmentOrders");
        page.putObject("pageInfo").put("hasNextPage", at + 1 < names.size()).put("endCursor", String.valueOf(at + 1));
        ArrayNode nodes = page.putArray("nodes");
        if (at < names.size()) {
            List<Item> all = byOrder.get(names.get(at));
            int from = variables.path("line").asInt(0);
            int to = Math.min(all.size(), from + linesAPage);
            ObjectNode one = nodes.addObject().put("id", names.get(at)).put("status", all.get(0).status);
            one.putObject("assignedLocation")
                    .putObject("location")
                    .put("id", "gid://shopify/Location/" + all.get(0).place);
            ObjectNode lines = one.putObject("lineItems");
            lines.putObject("pageInfo").put("hasNextPage", to < all.size()).put("endCursor", String.valueOf(to));
            ArrayNode lineNodes = lines.putArray("nodes");
            all.subList(from, to).forEach(each -> lineNodes
                    .addObject()
                    .put("id", each.fulfilmentOrder + "/" + each.line)
                    .put("remainingQuantity", each.remaining)
                    .putObject("lineItem")
                    .put("id", "gid://shopify/LineItem/" + each.line));
        }
        return order;
    }

    private JsonNode lines(String id) {
        Made found =
                made.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow();
        ObjectNode one = JSON.createObjectNode().put("id", id);
        ObjectNode page = one.putObject("fulfillmentLineItems");
        page.putObject("pageInfo").put("hasNextPage", false);
        ArrayNode nodes = page.putArray("nodes");
        found.lines().forEach((line, units) -> nodes.addObject()
                .put("quantity", units)
                .putObject("lineItem")
                .put("id", "gid://shopify/LineItem/" + line));
        return one;
    }

    private JsonNode create(JsonNode input) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode errors = answer.putArray("userErrors");
        Map<String, Integer> lines = new TreeMap<>();
        for (JsonNode each : input.path("lineItemsByFulfillmentOrder")) {
            for (JsonNode item : each.path("fulfillmentOrderLineItems")) {
                Item there = items.stream()
                        .filter(one -> (one.fulfilmentOrder + "/" + one.line)
                                .equals(item.path("id").asText()))
                        .findFirst()
                        .orElseThrow();
                int units = item.path("quantity").asInt();
                if (units > there.remaining) {
                    throw new IllegalStateException("more than remains: " + input);
                }
                lines.merge(there.line, units, Integer::sum);
                if (userError.isEmpty()) {
                    there.remaining -= units;
                }
            }
        }
        if (!userError.isEmpty()) {
            ObjectNode error = errors.addObject();
            error.putArray("field").add("fulfillment").add("trackingInfo").add("number");
            error.put("message", userError);
            answer.putNull("fulfillment");
            return answer;
        }
        List<String> numbers = new ArrayList<>();
        JsonNode tracking = input.path("trackingInfo");
        if (tracking.has("number")) {
            numbers.add(tracking.path("number").asText());
        }
        tracking.path("numbers").forEach(each -> numbers.add(each.asText()));
        Made one = new Made("gid://shopify/Fulfillment/" + (made.size() + 1), "SUCCESS", numbers, lines, input);
        made.add(one);
        answer.putObject("fulfillment").put("id", one.id()).put("status", "SUCCESS");
        return answer;
    }
}
