package org.retailhub.channel.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Asking.Question;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.ShipmentTelling;
import org.retailhub.channel.domain.StockTelling.Call;
import org.retailhub.channel.domain.StockTelling.Terms;

/**
 * The Admin API's fulfilments (GraphQL). A fulfilment there bears nothing of ours but its tracking numbers: by them a shipment is found again, and one
 * without is told with its own number in their place. What is found is subtracted, line by line, from what is told.
 */
final class Fulfilments implements ShipmentTelling {
    /** Its bucket is counted in points: a call of ours costs some twenty of the fifty a second that the smallest plan gets. */
    private static final Terms TERMS = new Terms(10, 2);

    private static final int MOST_FULFILMENTS = 50;
    private static final int MOST_PAGES = 50;
    private static final int MOST_LINES = 250;
    private static final int MOST_DIGITS = 9;
    private static final Pattern ID = Pattern.compile("[1-9]\\d{0,18}");
    private static final Set<String> OPEN = Set.of("OPEN", "IN_PROGRESS");
    private static final Set<String> VOID = Set.of("CANCELLED", "ERROR", "FAILURE");

    private static final String ORDER =
            "query($order: ID!, $place: String, $line: String) { order(id: $order) { id cancelledAt"
                    + " fulfillmentsCount { count } fulfillments(first: " + MOST_FULFILMENTS
                    + ") { id status trackingInfo(first: 5) { number } }"
                    + " fulfillmentOrders(first: 1, after: $place) { pageInfo { hasNextPage endCursor }"
                    + " nodes { id status assignedLocation { location { id } }"
                    + " lineItems(first: 100, after: $line) { pageInfo { hasNextPage endCursor }"
                    + " nodes { id remainingQuantity lineItem { id } } } } } } }";

    private static final String FULFILMENT = "query($id: ID!) { fulfillment(id: $id) { id fulfillmentLineItems(first: "
            + MOST_LINES + ") { pageInfo { hasNextPage } nodes { quantity lineItem { id } } } } }";

    private static final String CREATE =
            "mutation($fulfillment: FulfillmentInput!) { fulfillmentCreate(fulfillment: $fulfillment)"
                    + " { fulfillment { id status } userErrors { field message } } }";

    /** What is to be fulfilled of a line by a fulfilment order, as the shop assigned it to a place. */
    private record Item(String fulfilmentOrder, String status, String place, String id, String line, int remaining) {}

    /** What the shop said so far. @param found names of fulfilments with our numbers */
    private record Known(boolean cancelled, Set<String> found, List<Item> items, int pages) {}

    @Override
    public Terms terms() {
        return TERMS;
    }

    @Override
    public Next begin(Connection connection, Shipment shipment, Set<String> others) {
        if (!ID.matcher(shipment.channelOrderId()).matches()) {
            return new Next.Refused(
                    ChannelError.ORDER_UNKNOWN_THERE, "'" + shipment.channelOrderId() + "' is no id there");
        }
        Map<String, Integer> wanted = new TreeMap<>();
        for (Line line : shipment.lines()) {
            BigDecimal quantity = line.quantity();
            if (quantity.precision() - quantity.scale() > MOST_DIGITS
                    || quantity.setScale(0, RoundingMode.DOWN).compareTo(quantity) != 0) {
                return new Next.Refused(
                        ChannelError.SHIPMENT_NOT_TAKEN,
                        "line " + line.lineId() + ": " + quantity.toPlainString() + " is no number of whole pieces");
            }
            wanted.merge(line.lineId(), quantity.intValueExact(), Integer::sum);
        }
        wanted.values().removeIf(each -> each <= 0);
        return wanted.isEmpty() ? new Next.Done(Set.of()) : new Talk(connection, shipment, others, wanted).begin();
    }

    @Override
    public OptionalInt callsLeft(Answer answer) {
        JsonNode cost = InventoryLevels.json(answer.body()).path("extensions").path("cost");
        JsonNode available = cost.path("throttleStatus").path("currentlyAvailable");
        int asked = cost.path("requestedQueryCost").asInt();
        return available.isNumber() && asked > 0
                ? OptionalInt.of(Math.max(0, (int) (available.asDouble() / asked)))
                : OptionalInt.empty();
    }

    /** One shipment's. Each step takes what is known with it. */
    private record Talk(Connection connection, Shipment shipment, Set<String> others, Map<String, Integer> wanted) {
        Next begin() {
            return askOrder(null, null, new Known(false, Set.of(), List.of(), 0));
        }

        private Next askOrder(@Nullable String place, @Nullable String line, Known known) {
            ObjectNode variables = JsonNodeFactory.instance.objectNode();
            variables.put("order", "gid://shopify/Order/" + shipment.channelOrderId());
            variables.put("place", place);
            variables.put("line", line);
            return new Next.Ask(
                    call(connection, ORDER, variables),
                    answer -> data(answer, false, data -> {
                        JsonNode order = data.path("order");
                        if (order.isNull()) {
                            return new Next.Refused(
                                    ChannelError.ORDER_UNKNOWN_THERE,
                                    "'" + shipment.channelOrderId() + "' is not there");
                        }
                        return order.isObject() ? read(order, place, known) : unreadable("order");
                    }));
        }

        private Next read(JsonNode order, @Nullable String place, Known known) {
            JsonNode orders = order.path("fulfillmentOrders");
            if (!orders.path("nodes").isArray() || !order.path("fulfillments").isArray()) {
                return unreadable("fulfillmentOrders");
            }
            if (order.path("fulfillmentsCount").path("count").asInt() > MOST_FULFILMENTS
                    || known.pages() >= MOST_PAGES) {
                return new Next.Refused(
                        ChannelError.SHIPMENT_NOT_TAKEN, "it has more fulfilments there than are looked through");
            }
            List<Item> items = new ArrayList<>(known.items());
            String nextLine = null;
            for (JsonNode each : orders.path("nodes")) {
                JsonNode lines = each.path("lineItems");
                if (!lines.path("nodes").isArray()) {
                    return unreadable("lineItems");
                }
                lines.path("nodes").forEach(item -> items.add(item(each, item)));
                nextLine = next(lines);
            }
            Known more = new Known(!order.path("cancelledAt").isNull(), found(order), items, known.pages() + 1);
            if (nextLine != null) {
                return askOrder(place, nextLine, more);
            }
            String nextPlace = next(orders);
            return nextPlace == null
                    ? subtract(more, new ArrayList<>(more.found()), Set.of(), wanted)
                    : askOrder(nextPlace, null, more);
        }

        private static Item item(JsonNode fulfilmentOrder, JsonNode item) {
            return new Item(
                    fulfilmentOrder.path("id").asText(),
                    fulfilmentOrder.path("status").asText(),
                    number(fulfilmentOrder
                            .path("assignedLocation")
                            .path("location")
                            .path("id")),
                    item.path("id").asText(),
                    number(item.path("lineItem").path("id")),
                    item.path("remainingQuantity").asInt());
        }

        private Set<String> found(JsonNode order) {
            Set<String> ours = new LinkedHashSet<>(numbers());
            Set<String> found = new LinkedHashSet<>();
            for (JsonNode each : order.path("fulfillments")) {
                String name = each.path("id").asText();
                if (!VOID.contains(each.path("status").asText()) && !others.contains(name)) {
                    each.path("trackingInfo").forEach(info -> {
                        if (ours.contains(info.path("number").asText())) {
                            found.add(name);
                        }
                    });
                }
            }
            return found;
        }

        private List<String> numbers() {
            return shipment.trackingNumbers().isEmpty()
                    ? List.of(shipment.shipmentNumber())
                    : shipment.trackingNumbers();
        }

        /** @param ahead names whose lines are not subtracted yet */
        private Next subtract(Known known, List<String> ahead, Set<String> taken, Map<String, Integer> left) {
            if (ahead.isEmpty()) {
                return left.isEmpty() ? new Next.Done(taken) : tell(known, taken, left);
            }
            String name = ahead.get(0);
            return new Next.Ask(
                    call(
                            connection,
                            FULFILMENT,
                            JsonNodeFactory.instance.objectNode().put("id", name)),
                    answer -> data(answer, false, data -> {
                        JsonNode lines = data.path("fulfillment").path("fulfillmentLineItems");
                        if (!lines.path("nodes").isArray() || next(lines) != null) {
                            return unreadable("fulfillmentLineItems");
                        }
                        Map<String, Integer> rest = new TreeMap<>(left);
                        boolean itself = false;
                        for (JsonNode each : lines.path("nodes")) {
                            String line = number(each.path("lineItem").path("id"));
                            itself |= wanted.containsKey(line);
                            rest.computeIfPresent(line, (key, units) -> {
                                int still = units - each.path("quantity").asInt();
                                return still > 0 ? still : null;
                            });
                        }
                        Set<String> names = new LinkedHashSet<>(taken);
                        if (itself) {
                            names.add(name);
                        }
                        return subtract(known, ahead.subList(1, ahead.size()), names, rest);
                    }));
        }

        /** A fulfilment there leaves one place: as many of them as there are places that the shop has assigned these lines to. */
        private Next tell(Known known, Set<String> taken, Map<String, Integer> left) {
            if (known.cancelled()) {
                return new Next.Refused(ChannelError.ORDER_CANCELLED_THERE, "'" + shipment.channelOrderId() + "'");
            }
            List<Item> open = new ArrayList<>();
            known.items().stream()
                    .filter(each -> OPEN.contains(each.status()) && each.remaining() > 0)
                    .forEach(open::add);
            // Where they left comes first; the others in the shop's order.
            open.sort((a, b) -> Boolean.compare(
                    !a.place().equals(shipment.location()), !b.place().equals(shipment.location())));
            Map<String, Map<String, ArrayNode>> places = new LinkedHashMap<>();
            for (Map.Entry<String, Integer> line : left.entrySet()) {
                int units = line.getValue();
                for (Item each : open) {
                    int some = each.line().equals(line.getKey()) ? Math.min(units, each.remaining()) : 0;
                    if (some > 0) {
                        units -= some;
                        places.computeIfAbsent(each.place(), place -> new LinkedHashMap<>())
                                .computeIfAbsent(each.fulfilmentOrder(), order -> JsonNodeFactory.instance.arrayNode())
                                .addObject()
                                .put("id", each.id())
                                .put("quantity", some);
                    }
                }
                if (units > 0) {
                    return new Next.Refused(
                            ChannelError.NOT_OPEN_THERE, missing(line.getKey(), line.getValue(), units, known.items()));
                }
            }
            return tell(new ArrayList<>(places.values()), taken);
        }

        private static String missing(String line, int left, int missing, List<Item> items) {
            StringBuilder words = new StringBuilder(
                    "line '" + line + "': " + left + " have left, " + (left - missing) + " are open there");
            items.stream()
                    .filter(each -> each.line().equals(line) && !OPEN.contains(each.status()) && each.remaining() > 0)
                    .forEach(each -> words.append(", ")
                            .append(each.remaining())
                            .append(' ')
                            .append(each.status()));
            return words.toString();
        }

        private Next tell(List<Map<String, ArrayNode>> places, Set<String> taken) {
            if (places.isEmpty()) {
                return new Next.Done(taken);
            }
            Next after = tell(places.subList(1, places.size()), taken);
            return new Next.Tell(
                    call(connection, CREATE, fulfilment(places.get(0))),
                    answer -> data(answer, true, data -> {
                        JsonNode created = data.path("fulfillmentCreate");
                        JsonNode errors = created.path("userErrors");
                        if (errors.size() > 0) {
                            return new Next.Refused(ChannelError.SHIPMENT_NOT_TAKEN, userErrors(errors));
                        }
                        String name = created.path("fulfillment").path("id").asText();
                        return name.isEmpty()
                                ? new Next.Unclear("its answer has no fulfilment in it")
                                : new Next.Told(name, after);
                    }));
        }

        private ObjectNode fulfilment(Map<String, ArrayNode> byOrder) {
            ObjectNode variables = JsonNodeFactory.instance.objectNode();
            ObjectNode fulfilment = variables.putObject("fulfillment");
            ArrayNode orders = fulfilment.putArray("lineItemsByFulfillmentOrder");
            byOrder.forEach((order, items) ->
                    orders.addObject().put("fulfillmentOrderId", order).set("fulfillmentOrderLineItems", items));
            ObjectNode tracking = fulfilment.putObject("trackingInfo");
            if (shipment.carrier() != null) {
                tracking.put("company", shipment.carrier());
            }
            put(tracking, "number", numbers());
            put(tracking, "url", shipment.trackingUrls());
            fulfilment.put("notifyCustomer", true);
            return variables;
        }

        /** One, or several under the plural. */
        private static void put(ObjectNode parent, String field, List<String> values) {
            if (values.size() == 1) {
                parent.put(field, values.get(0));
            } else if (!values.isEmpty()) {
                ArrayNode all = parent.putArray(field + "s");
                values.forEach(all::add);
            }
        }

        private static String userErrors(JsonNode errors) {
            List<String> all = new ArrayList<>();
            for (JsonNode each : errors) {
                List<String> path = new ArrayList<>();
                each.path("field").forEach(part -> path.add(part.asText()));
                all.add((path.isEmpty() ? "" : String.join(".", path) + ": ")
                        + each.path("message").asText());
            }
            return InventoryLevels.words(String.join("; ", all));
        }
    }

    private static Call call(Connection connection, String query, ObjectNode variables) {
        Question question = AdminQuestions.question(connection, "graphql.json");
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("query", query);
        body.set("variables", variables);
        return new Call(question.uri(), question.secretHeader(), body.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** What stands in a good answer; of what changes something only what surely was not done may be done again. */
    private static Next data(Answer answer, boolean changes, Function<JsonNode, Next> read) {
        return switch (answer.status()) {
            case 200 -> data(InventoryLevels.json(answer.body()), changes, read);
            case 401, 403 -> new Next.Failed("the api secret is refused (" + answer.status() + ")");
            case 429 -> new Next.Busy(AdminQuestions.rest(answer.header().apply("Retry-After")));
            case 400, 402, 404, 406, 422, 423 -> new Next.Failed("answered " + answer.status());
            default ->
                changes
                        ? new Next.Unclear("answered " + answer.status())
                        : new Next.Failed("answered " + answer.status());
        };
    }

    private static Next data(JsonNode json, boolean changes, Function<JsonNode, Next> read) {
        JsonNode errors = json.path("errors");
        if (errors.isEmpty()) {
            return json.path("data").isObject()
                    ? read.apply(json.path("data"))
                    : unclear(changes, "its answer has no data in it");
        }
        String code = errors.path(0).path("extensions").path("code").asText();
        String words = InventoryLevels.words(
                code + " " + errors.path(0).path("message").asText());
        return switch (code) {
            case "THROTTLED" ->
                new Next.Busy(untilItFits(json.path("extensions").path("cost")));
            case "ACCESS_DENIED", "SHOP_INACTIVE", "MAX_COST_EXCEEDED" -> new Next.Failed(words);
            case "" ->
                unclear(changes && !errors.path(0).path("message").asText().equals("Throttled"), words);
            default -> unclear(changes, words);
        };
    }

    private static Next unclear(boolean changes, String why) {
        return changes ? new Next.Unclear(why) : new Next.Failed(why);
    }

    private static Duration untilItFits(JsonNode cost) {
        double missing = cost.path("requestedQueryCost").asDouble()
                - cost.path("throttleStatus").path("currentlyAvailable").asDouble();
        double rate = cost.path("throttleStatus").path("restoreRate").asDouble();
        return AdminQuestions.rest(
                rate > 0 && missing > 0 ? BigDecimal.valueOf(missing / rate).toPlainString() : null);
    }

    private static Next unreadable(String field) {
        return new Next.Failed("its answer has no " + field + " that can be read");
    }

    private static @Nullable String next(JsonNode connection) {
        JsonNode page = connection.path("pageInfo");
        return page.path("hasNextPage").asBoolean() ? page.path("endCursor").asText() : null;
    }

    /** The number in a global id; empty if there is none. */
    private static String number(JsonNode globalId) {
        String text = globalId.asText();
        return globalId.isTextual() ? text.substring(text.lastIndexOf('/') + 1) : "";
    }
}
