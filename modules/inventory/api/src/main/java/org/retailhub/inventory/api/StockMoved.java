package org.retailhub.inventory.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A movement that the ERP does not know and has to: told once. The business key is {@link #businessKey}, a movement's own, so that the
 * message's sequence is 1 and no movement waits for another: they are differences, and add up in any order.
 *
 * @param feed who told it
 * @param sourceKey its name in the feed, as {@link RecordMovement#sourceKey} makes it
 * @param kind {@link MovementKind#wire}
 * @param quantity by how much on hand changed: below 0 for what left
 * @param occurredAt when it happened
 * @param recordedAt when it came into the ledger
 * @param reference what it was for: for a sale or a consumption the order that tells the ERP of it
 * @param reason for people
 */
public record StockMoved(
        String tenant,
        String feed,
        String sourceKey,
        String kind,
        String sku,
        String location,
        BigDecimal quantity,
        String unit,
        Instant occurredAt,
        Instant recordedAt,
        @Nullable String reference,
        @Nullable String reason) {
    public static final String TYPE = "StockMoved.v1";

    /** With which the business keys of these messages begin, and of no others on the address. */
    public static final String KEYS = "moved/";

    public StockMoved {
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(feed);
        Objects.requireNonNull(sourceKey);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(sku);
        Objects.requireNonNull(location);
        Objects.requireNonNull(quantity);
        Objects.requireNonNull(occurredAt);
    }

    /** One movement's. */
    public static String businessKey(String tenant, String feed, String sourceKey) {
        return KEYS + tenant + "/" + feed + "/" + sourceKey;
    }
}
