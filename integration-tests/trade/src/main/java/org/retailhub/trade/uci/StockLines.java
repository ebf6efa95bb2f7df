package org.retailhub.trade.uci;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Map;
import org.retailhub.trade.HubClient;
import org.retailhub.trade.StockFeed;

/**
 * Tells the hub what moved, as a till and a stockroom would: one feed with gapless numbers, in the order of the files, so many lines a
 * request. Not thread-safe.
 */
final class StockLines {
    private final StockFeed feed;
    private final String location;

    /** @param run names the feed and the location, so that each run has a ledger of its own */
    StockLines(HubClient hub, String run) {
        this.feed = new StockFeed(hub, "uci-" + run);
        this.location = "uci-" + run;
    }

    String location() {
        return location;
    }

    String feed() {
        return feed.name();
    }

    long told() {
        return feed.told();
    }

    /** What the hub did not take, by its problem's code. */
    Map<String, Integer> refused() {
        return feed.refused();
    }

    void add(Invoice invoice, int line, LineClass kind, Invoice.Item item, String order) {
        BigDecimal moves = kind.moves(item);
        if (moves.signum() == 0) {
            return;
        }
        ObjectNode movement = HubClient.json()
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
        feed.add(movement);
    }

    /** Sales reach the ERP as orders; what came back and what was corrected, by its own books of stock. */
    void toldToErp(HubClient operator, String tenant) {
        ObjectNode kinds = HubClient.json().put("location", location);
        kinds.putArray("kinds").add(LineClass.RETURNED.movement()).add(LineClass.CORRECTED.movement());
        operator.put("/api/inventory/v1/erp-movements?tenant=" + tenant, kinds).expect(200);
    }

    void send() {
        feed.send();
    }
}
