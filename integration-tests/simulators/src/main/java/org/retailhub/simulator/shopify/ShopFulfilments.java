package org.retailhub.simulator.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is to be fulfilled of the shop's orders, and what is: as much of the Admin API's GraphQL as asks for an order's fulfilment orders and creates
 * fulfilments. A fulfilment order is what one place has of an order. Answers may be lost before or after the work is done, refused or throttled, as told.
 */
public final class ShopFulfilments {
    /** @param lines units by the order's line; @param notified whether the buyer was told */
    public record Fulfilment(
            String id,
            long orderId,
            String place,
            String company,
            List<String> numbers,
            List<String> urls,
            boolean notified,
            Map<String, Integer> lines) {}

    /** What becomes of a mutation. */
    private enum Way {
        LOST_BEFORE,
        LOST_AFTER,
        FAILING
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FIRST = Pattern.compile("(fulfillmentOrders|lineItems)\\(first: (\\d+)");
    private static final int REQUESTED_COST = 320;
    private static final int RESTORED = 50;
    private static final String HOME = "655441491";

    private final ShopOrders orders;
    private final LongConsumer changed;
    private final Map<String, String> placeOfSku = new TreeMap<>();
    private final List<Fulfilment> fulfilments = new ArrayList<>();
    private final Set<String> cancelled = new LinkedHashSet<>();
    private final Set<Long> held = new LinkedHashSet<>();
    private final Deque<Way> ways = new ArrayDeque<>();
    private final Deque<String> refusals = new ArrayDeque<>();
    private volatile Runnable whenCreated = () -> {};
    private int throttled;
    private int creates;
    private int questions;

    /** @param changed told the id of an order of which something was fulfilled */
    ShopFulfilments(ShopOrders orders, LongConsumer changed) {
        this.orders = orders;
        this.changed = changed;
    }

    /** So many fulfilments to come are not created, and there is no answer. */
    public synchronized void loseBefore(int times) {
        ways.addAll(Collections.nCopies(times, Way.LOST_BEFORE));
    }

    /** So many fulfilments to come are created, and there is no answer. */
    public synchronized void loseAfter(int times) {
        ways.addAll(Collections.nCopies(times, Way.LOST_AFTER));
    }

    /** So many fulfilments to come are created, and the answer is 502. */
    public synchronized void failAfter(int times) {
        ways.addAll(Collections.nCopies(times, Way.FAILING));
    }

    /** Once, when one is created and before anybody is answered. */
    public void whenCreated(Runnable then) {
        whenCreated = then;
    }

    /** So many calls to come are one too many. */
    public synchronized void throttle(int times) {
        throttled = times;
    }

    /** The next fulfilment is refused so. */
    public synchronized void refuse(String message) {
        refusals.add(message);
    }

    /** Of lines that are sold from now on and before: the place whose fulfilment order has them. */
    public synchronized void assign(String sku, String place) {
        placeOfSku.put(sku, place);
    }

    /** Nothing of the order can be fulfilled. */
    public synchronized void hold(long orderId) {
        held.add(orderId);
    }

    /** Somebody of the shop does it by hand. */
    public synchronized void fulfilByHand(long orderId, String number, Map<String, Integer> lines) {
        add(new Fulfilment(name(), orderId, HOME, "", List.of(number), List.of(), true, Map.copyOf(lines)));
    }

    public synchronized void cancel(String fulfilment) {
        cancelled.add(fulfilment);
    }

    /** Of an order, the oldest first; not those that were cancelled. */
    public synchronized List<Fulfilment> of(long orderId) {
        return fulfilments.stream()
                .filter(each -> each.orderId() == orderId && !cancelled.contains(each.id()))
                .toList();
    }

    /** How often one was to be created, whatever came of it. */
    public synchronized int creates() {
        return creates;
    }

    public synchronized int questions() {
        return questions;
    }

    /** @param status 0 for none at all */
    record Answer(int status, String body) {}

    Answer answer(JsonNode call) {
        long fulfilled = -1;
        Answer answer;
        synchronized (this) {
            int known = fulfilments.size();
            answer = answered(call.path("query").asText(), call.path("variables"));
            if (fulfilments.size() > known) {
                fulfilled = fulfilments.get(known).orderId();
            }
        }
        if (fulfilled >= 0) {
            changed.accept(fulfilled);
            Runnable then = whenCreated;
            whenCreated = () -> {};
            then.run();
        }
        return answer;
    }

    private Answer answered(String query, JsonNode variables) {
        if (throttled > 0) {
            throttled--;
            ObjectNode answer = JSON.createObjectNode();
            answer.putArray("errors")
                    .addObject()
                    .put("message", "Throttled")
                    .putObject("extensions")
                    .put("code", "THROTTLED");
            return new Answer(200, withCost(answer, REQUESTED_COST - RESTORED).toString());
        }
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode data = answer.putObject("data");
        if (query.startsWith("mutation")) {
            creates++;
            Way way = ways.poll();
            if (way == Way.LOST_BEFORE) {
                return new Answer(0, "");
            }
            data.set("fulfillmentCreate", create(variables.path("fulfillment")));
            if (way != null) {
                return new Answer(way == Way.LOST_AFTER ? 0 : 502, "");
            }
        } else if (query.contains("fulfillment(id:")) {
            questions++;
            data.set("fulfillment", lines(variables.path("id").asText()));
        } else {
            questions++;
            data.set("order", order(query, variables));
        }
        return new Answer(200, withCost(answer, 980).toString());
    }

    private static ObjectNode withCost(ObjectNode answer, int available) {
        ObjectNode cost = answer.putObject("extensions").putObject("cost");
        cost.put("requestedQueryCost", REQUESTED_COST).put("actualQueryCost", 14);
        cost.putObject("throttleStatus")
                .put("maximumAvailable", 1000)
                .put("currentlyAvailable", available)
                .put("restoreRate", RESTORED);
        return answer;
    }

    private JsonNode order(String query, JsonNode variables) {
        long id = number(variables.path("order").asText());
        if (!orders.has(id)) {
            return JSON.nullNode();
        }
        ObjectNode there = orders.copy(id);
        ObjectNode order = JSON.createObjectNode();
        order.put("id", "gid://shopify/Order/" + id);
        order.set("cancelledAt", there.get("cancelled_at"));
        List<Fulfilment> known =
                fulfilments.stream().filter(each -> each.orderId() == id).toList();
        order.putObject("fulfillmentsCount").put("count", known.size());
        ArrayNode list = order.putArray("fulfillments");
        for (Fulfilment each : known) {
            ObjectNode one = list.addObject()
                    .put("id", each.id())
                    .put("status", cancelled.contains(each.id()) ? "CANCELLED" : "SUCCESS");
            ArrayNode tracking = one.putArray("trackingInfo");
            each.numbers().forEach(number -> tracking.addObject().put("number", number));
        }
        List<String> places = places(there);
        int from = cursor(variables.path("place"));
        int to = Math.min(places.size(), from + first(query, "fulfillmentOrders"));
        ObjectNode page = order.putObject("fulfillmentOrders");
        page.putObject("pageInfo").put("hasNextPage", to < places.size()).put("endCursor", "c" + to);
        ArrayNode nodes = page.putArray("nodes");
        for (String place : places.subList(from, to)) {
            nodes.add(fulfilmentOrder(there, place, first(query, "lineItems"), cursor(variables.path("line"))));
        }
        return order;
    }

    private ObjectNode fulfilmentOrder(ObjectNode order, String place, int most, int from) {
        ObjectNode one = JSON.createObjectNode();
        boolean open = false;
        List<ObjectNode> items = new ArrayList<>();
        for (JsonNode line : order.get("line_items")) {
            if (place.equals(place(line))) {
                int remaining = remaining(order.get("id").asLong(), line);
                open |= remaining > 0;
                ObjectNode item = JSON.createObjectNode();
                item.put(
                        "id",
                        "gid://shopify/FulfillmentOrderLineItem/"
                                + line.get("id").asText());
                item.put("remainingQuantity", remaining);
                item.putObject("lineItem")
                        .put("id", "gid://shopify/LineItem/" + line.get("id").asText());
                items.add(item);
            }
        }
        long id = order.get("id").asLong();
        one.put("id", "gid://shopify/FulfillmentOrder/" + id + "-" + place);
        one.put(
                "status",
                held.contains(id)
                        ? "ON_HOLD"
                        : open && order.get("cancelled_at").isNull() ? "OPEN" : "CLOSED");
        one.putObject("assignedLocation").putObject("location").put("id", "gid://shopify/Location/" + place);
        ObjectNode page = one.putObject("lineItems");
        int to = Math.min(items.size(), from + most);
        page.putObject("pageInfo").put("hasNextPage", to < items.size()).put("endCursor", "c" + to);
        page.putArray("nodes").addAll(items.subList(Math.min(from, to), to));
        return one;
    }

    private JsonNode lines(String name) {
        for (Fulfilment each : fulfilments) {
            if (each.id().equals(name)) {
                ObjectNode one = JSON.createObjectNode().put("id", name);
                ObjectNode page = one.putObject("fulfillmentLineItems");
                page.putObject("pageInfo").put("hasNextPage", false);
                ArrayNode nodes = page.putArray("nodes");
                each.lines().forEach((line, units) -> nodes.addObject()
                        .put("quantity", units)
                        .putObject("lineItem")
                        .put("id", "gid://shopify/LineItem/" + line));
                return one;
            }
        }
        return JSON.nullNode();
    }

    /** As there: one order, one place, no more than remains; or nothing at all, with each reason and its field. */
    private ObjectNode create(JsonNode wanted) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode errors = answer.putArray("userErrors");
        String refusal = refusals.poll();
        if (refusal != null) {
            error(errors, refusal, "fulfillment", "trackingInfo");
        }
        Map<String, Integer> lines = new LinkedHashMap<>();
        Set<String> parts = new LinkedHashSet<>();
        int n = 0;
        for (JsonNode each : wanted.path("lineItemsByFulfillmentOrder")) {
            String name = each.path("fulfillmentOrderId").asText().replaceFirst(".*/", "");
            parts.add(name);
            String[] at = name.split("-");
            ObjectNode order = orders.copy(Long.parseLong(at[0]));
            if (!"OPEN"
                    .equals(fulfilmentOrder(order, at[1], 1, 0).path("status").asText())) {
                error(
                        errors,
                        "Fulfillment order " + name + " has an unfulfillable status= closed.",
                        "fulfillment",
                        "lineItemsByFulfillmentOrder",
                        String.valueOf(n));
            }
            for (JsonNode item : each.path("fulfillmentOrderLineItems")) {
                String line = String.valueOf(number(item.path("id").asText()));
                int units = item.path("quantity").asInt();
                int remaining = 0;
                for (JsonNode known : order.get("line_items")) {
                    if (known.get("id").asText().equals(line) && at[1].equals(place(known))) {
                        remaining = remaining(Long.parseLong(at[0]), known);
                    }
                }
                if (units < 1 || units > remaining) {
                    error(
                            errors,
                            "Invalid fulfillment order line item quantity requested.",
                            "fulfillment",
                            "lineItemsByFulfillmentOrder",
                            String.valueOf(n),
                            "fulfillmentOrderLineItems");
                }
                lines.merge(line, units, Integer::sum);
            }
            n++;
        }
        // A fulfilment order is an order's at a place, so this says both.
        if (parts.size() != 1) {
            error(errors, "All fulfillment orders must be assigned to the same location.", "fulfillment");
        }
        if (!errors.isEmpty()) {
            answer.putNull("fulfillment");
            return answer;
        }
        String[] at = parts.iterator().next().split("-");
        JsonNode tracking = wanted.path("trackingInfo");
        Fulfilment made = new Fulfilment(
                name(),
                Long.parseLong(at[0]),
                at[1],
                tracking.path("company").asText(),
                all(tracking, "number"),
                all(tracking, "url"),
                wanted.path("notifyCustomer").asBoolean(),
                Map.copyOf(lines));
        add(made);
        answer.putObject("fulfillment").put("id", made.id()).put("status", "SUCCESS");
        return answer;
    }

    private void add(Fulfilment made) {
        fulfilments.add(made);
        ObjectNode order = orders.copy(made.orderId());
        boolean whole = true;
        for (JsonNode line : order.get("line_items")) {
            whole &= remaining(made.orderId(), line) == 0;
        }
        orders.fulfilled(made.orderId(), whole);
    }

    private String name() {
        return "gid://shopify/Fulfillment/" + (5_100_000_000_001L + fulfilments.size());
    }

    private static void error(ArrayNode errors, String message, String... field) {
        ObjectNode error = errors.addObject();
        ArrayNode path = error.putArray("field");
        List.of(field).forEach(path::add);
        error.put("message", message);
    }

    private static List<String> all(JsonNode tracking, String field) {
        List<String> all = new ArrayList<>();
        if (tracking.has(field)) {
            all.add(tracking.get(field).asText());
        }
        tracking.path(field + "s").forEach(each -> all.add(each.asText()));
        return List.copyOf(all);
    }

    private List<String> places(ObjectNode order) {
        Set<String> places = new LinkedHashSet<>();
        order.get("line_items").forEach(line -> places.add(place(line)));
        return List.copyOf(places);
    }

    private String place(JsonNode line) {
        return placeOfSku.getOrDefault(line.get("sku").asText(), HOME);
    }

    private int remaining(long orderId, JsonNode line) {
        int fulfilled = of(orderId).stream()
                .mapToInt(each -> each.lines().getOrDefault(line.get("id").asText(), 0))
                .sum();
        return line.get("current_quantity").asInt() - fulfilled;
    }

    private static int first(String query, String connection) {
        Matcher first = FIRST.matcher(query);
        while (first.find()) {
            if (first.group(1).equals(connection)) {
                return Integer.parseInt(first.group(2));
            }
        }
        return 0;
    }

    private static int cursor(JsonNode after) {
        return after.isTextual() ? Integer.parseInt(after.asText().substring(1)) : 0;
    }

    private static long number(String globalId) {
        return Long.parseLong(globalId.replaceFirst(".*/", ""));
    }
}
