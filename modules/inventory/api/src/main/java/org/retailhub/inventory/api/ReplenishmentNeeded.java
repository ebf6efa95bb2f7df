package org.retailhub.inventory.api;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What may be sold of a SKU at a location has fallen to its reorder point or below: told once, and again only after it was above. The
 * business key is {@link #businessKey}, with numbers of its own. Amounts are in the position's unit.
 *
 * @param availableToSell on hand − reserved − safety
 * @param expected what is still to come by purchase orders and advices
 * @param target up to how much it is to be filled
 * @param suggested what is missing to the target after what is to come; 0 if enough is on its way
 */
public record ReplenishmentNeeded(
        String tenant,
        String sku,
        String location,
        String unit,
        BigDecimal onHand,
        BigDecimal reserved,
        BigDecimal safety,
        BigDecimal availableToSell,
        BigDecimal expected,
        BigDecimal reorderPoint,
        BigDecimal target,
        BigDecimal suggested,
        Instant at) {
    public static final String TYPE = "ReplenishmentNeeded.v1";

    /** What the signals of a position are about; no tenant has a colon, so that it is no position's own key. */
    public static String businessKey(String tenant, String sku, String location) {
        return "replenishment:" + tenant + "/" + location + "/" + sku;
    }
}
