package org.retailhub.trade.uci;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.retailhub.simulator.erp.ErpControl;
import org.retailhub.trade.Seller;

/** What the ERP has in a warehouse by its own books. */
record ErpStock(ErpControl erp, String warehouse) {
    /** Units by SKU in capitals; when they are as they should be, or the patience is at its end. */
    Map<String, Long> settled(Map<String, Long> wanted, Duration patience) {
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            Map<String, Long> found = onHand();
            if (found.equals(wanted) || Instant.now().isAfter(deadline)) {
                return found;
            }
            Seller.pause(Duration.ofSeconds(1));
        }
    }

    private Map<String, Long> onHand() {
        Map<String, Long> found = new TreeMap<>();
        for (JsonNode each : erp.stock("").path("onHand")) {
            if (each.path("warehouse").asText().equals(warehouse)) {
                found.put(
                        each.path("product").asText().substring(InvoiceOrders.ITEM.length()),
                        each.path("quantity").decimalValue().longValueExact());
            }
        }
        return found;
    }
}
