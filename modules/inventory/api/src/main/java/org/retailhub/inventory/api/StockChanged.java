package org.retailhub.inventory.api;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A position stands so now. One per position and transaction, whatever number of movements it had; the business key is {@link #businessKey},
 * the message's sequence that of the position's events.
 *
 * @param movement number of the last movement of the position's ledger
 * @param onHand what is there, sales counted that the ERP does not know yet
 * @param reserved what of it is held
 * @param safety what of it is kept back
 */
public record StockChanged(
        String tenant,
        String sku,
        String location,
        String unit,
        long movement,
        BigDecimal onHand,
        BigDecimal reserved,
        BigDecimal safety,
        Instant recordedAt) {
    public static final String TYPE = "StockChanged.v1";

    /** What a position's messages are about. */
    public static String businessKey(String tenant, String sku, String location) {
        return tenant + "/" + location + "/" + sku;
    }
}
