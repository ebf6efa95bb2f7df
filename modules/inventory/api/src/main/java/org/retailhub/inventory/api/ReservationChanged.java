package org.retailhub.inventory.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something became of a reservation: one of the types here. The business key is {@link ReserveStock#businessKey}.
 *
 * @param document of the step, such as a shipment's number; null for reserving, refusal and expiry
 * @param items what was held, is missing if it was refused, was given back, or has left by this step
 */
public record ReservationChanged(
        String tenant,
        String reservationId,
        String reference,
        @Nullable String channel,
        @Nullable String document,
        List<Item> items,
        Instant at) {
    /** It is held; if less than asked, its owner allowed that. */
    public static final String RESERVED = "StockReserved.v1";

    /** Nothing is held. Told to whoever commanded it; over HTTP the answer says it. */
    public static final String REFUSED = "StockRefused.v1";

    /** Given back by its owner. */
    public static final String RELEASED = "StockReleased.v1";

    /** Given back since its time was over. */
    public static final String EXPIRED = "ReservationExpired.v1";

    /** It has left. */
    public static final String CONSUMED = "StockConsumed.v1";

    /** Some of a SKU at a location. */
    public record Item(String sku, String location, BigDecimal quantity) {}
}
