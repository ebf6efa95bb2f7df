package org.retailhub.inventory.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hold stock for somebody. Idempotent by the owner's reference: the same content again changes nothing, another content is parked. What
 * came of it is told by {@link ReservationChanged}: reserved, or refused.
 */
public record ReserveStock(Reservation reservation) {
    public static final String TYPE = "ReserveStock.v1";

    public ReserveStock {
        Objects.requireNonNull(reservation);
    }

    /**
     * What is to be held, over HTTP as well.
     *
     * @param reference the owner's own name for it, such as an order's id; unique for the tenant
     * @param channel for which channel; its pool of locations counts then
     * @param partial whether to hold what there is, if there is not enough; else all or nothing
     * @param expiresAt when what is still held is given back; by default in 30 minutes
     */
    public record Reservation(
            String reference,
            @Nullable String channel,
            @Nullable Boolean partial,
            @Nullable OffsetDateTime expiresAt,
            List<Line> lines) {}

    /**
     * Some of one SKU, or some bundles.
     *
     * @param lineId the owner's
     * @param sku the SKU; for a bundle its own, which is not counted
     * @param components what one bundle consists of; empty or null if it is none
     */
    public record Line(
            String lineId,
            String sku,
            String location,
            BigDecimal quantity,
            @Nullable List<Component> components) {}

    /** Part of a bundle: so many of it in each. */
    public record Component(String sku, BigDecimal quantity) {}

    /** What all messages about one reservation are about. */
    public static String businessKey(String tenant, String reference) {
        return tenant + "/" + reference;
    }
}
