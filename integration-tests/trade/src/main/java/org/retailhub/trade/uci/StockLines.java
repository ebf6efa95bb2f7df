package org.retailhub.trade.uci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.retailhub.trade.HubClient;

/**
 * Tells the hub what moved, as a till and a stockroom would: one feed with gapless numbers, in the order of the files, so many lines a
 * request. Not thread-safe.
 */
final class StockLines {
    private static final int MOST_LINES = 1_000;

    private final HubClient hub;
    private final String feed;
    private final String location;
    private final List<ObjectNode> waiting = new ArrayList<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private long told;

    /** @param run names the feed and the location, so that each run has a ledger of its own */
    StockLines(HubClient hub, String run) {
        this.hub = hub;
        this.feed = "uci-" + run;
        this.location = "uci-" + run;
    }

    String location() {
        return location;
    }

    String feed() {
        return feed;
    }

    long told() {
        return told;
    }

    /** What the hub did not take, by its problem's code. */
    Map<String, Integer> refused() {
        return refused;
    }

    void add(Invoice invoice, int line, LineClass kind, Invoice.Item item, String order) {
        BigDecimal moves = kind.moves(item);
        if (moves.signum() == 0) {
            return;
        }
        ObjectNode movement = HubClient.json()
                .put("feed", feed)
                .put("sequence", ++told)
                .put("document", invoice.number())
                .put("line", Integer.toString(line))
                .put("kind", kind.movement())
                .put("sku", item.code())
                .put("location", location)
                .put("quantity", moves.toPlainString())
                .put("occurredAt", InvoiceOrders.at(invoice).toString());
        if (kind == LineClass.SOLD) {
            movement.put("reference", order).put("channel", InvoiceOrders.CHANNEL);
        } else if (!item.description().isEmpty()) {
            movement.put("reason", item.description());
        }
        waiting.add(movement);
        if (waiting.size() == MOST_LINES) {
            send();
        }
    }

    void send() {
        if (waiting.isEmpty()) {
            return;
        }
        for (JsonNode verdict : hub.postLines("/api/inventory/v1/movements", waiting)) {
            if (verdict.path("status").asInt() != 201) {
                refused.merge(
                        verdict.path("problem")
                                .path("code")
                                .asText(verdict.path("status").asText()),
                        1,
                        Integer::sum);
            }
        }
        waiting.clear();
    }
}
