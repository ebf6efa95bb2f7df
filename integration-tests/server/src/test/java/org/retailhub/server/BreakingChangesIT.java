package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Who has built on the released document can still rely on it. */
class BreakingChangesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER = "/components/schemas/CanonicalOrder";
    private static final String PLACED = "/components/schemas/PlacedOrder";

    @Test
    void theReleasedDocumentStillHolds() throws IOException {
        JsonNode current = ApiDocument.of(Hub.shared()).orElseThrow().document();
        assertEquals(
                List.of(),
                BreakingChanges.between(released(), current),
                "docs/api/README.md says what to do about a break");
    }

    /** Each kind of break, seen red. */
    @Test
    void findsEachKindOfBreak() throws IOException {
        Map<String, Consumer<JsonNode>> changes = new TreeMap<>();
        changes.put("is gone", api -> at(api, "/paths").remove(Shop.ORDERS + "/{orderId}"));
        changes.put("its id", api -> at(api, place()).put("operationId", "createOrder"));
        changes.put("its scope", api -> at(api, place()).put("x-required-scope", "hub:operate"));
        changes.put(
                "parameter Idempotency-Key is required now",
                api -> ((ObjectNode) at(api, place()).path("parameters").get(0)).put("required", true));
        changes.put("parameter cursor is gone", api -> {
            ArrayNode parameters = (ArrayNode) api.at("/paths/~1api~1order~1v1~1orders/get/parameters");
            for (int i = parameters.size() - 1; i >= 0; i--) {
                if (parameters.get(i).path("name").asText().equals("cursor")) {
                    parameters.remove(i);
                }
            }
        });
        changes.put("takes no application/json any more", api -> at(api, place() + "/requestBody/content")
                .remove("application/json"));
        changes.put("notes is required now", api -> ((ArrayNode) api.at(ORDER + "/required")).add("notes"));
        changes.put("body.test is gone", api -> at(api, ORDER + "/properties").remove("test"));
        changes.put("maxLength is 10 now", api -> at(api, ORDER + "/properties/channel")
                .put("maxLength", 10));
        changes.put("takes another pattern", api -> at(api, ORDER + "/properties/channel")
                .put("pattern", "[a-z]+"));
        changes.put("takes fewer values", api -> ((ArrayNode)
                        api.at("/components/schemas/CanonicalOrderPayment/properties/status/enum"))
                .remove(0));
        changes.put("takes [boolean] in place of [string]", api -> at(api, ORDER + "/properties/currency")
                .put("type", "boolean"));
        changes.put("202 is gone", api -> at(api, place() + "/responses").remove("202"));
        changes.put(
                "202.orderId is gone", api -> at(api, PLACED + "/properties").remove("orderId"));
        changes.put("202.replayed: is [string]", api -> at(api, PLACED + "/properties/replayed")
                .put("type", "string"));
        changes.forEach((found, change) -> {
            JsonNode changed = read();
            change.accept(changed);
            List<String> breaks = BreakingChanges.between(read(), changed);
            assertTrue(breaks.stream().anyMatch(each -> each.contains(found)), () -> found + " is not in " + breaks);
        });
    }

    @Test
    void letsAdditionsPass() {
        JsonNode changed = read();
        at(changed, ORDER + "/properties").putObject("giftNote").put("type", "string");
        at(changed, PLACED + "/properties").putObject("colour").put("type", "string");
        at(changed, "/paths").putObject("/api/order/v2/orders").putObject("get");
        at(changed, ORDER + "/properties/channel").put("maxLength", 1_000);
        assertEquals(List.of(), BreakingChanges.between(read(), changed));
    }

    private static String place() {
        return "/paths/~1api~1order~1v1~1orders/post";
    }

    private static ObjectNode at(JsonNode api, String pointer) {
        return (ObjectNode) api.at(pointer);
    }

    private static JsonNode read() {
        try {
            return released();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode released() throws IOException {
        return JSON.readTree(Path.of(System.getProperty("retail.checkout"), "docs/api/released.json")
                .toFile());
    }
}
