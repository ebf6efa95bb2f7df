package org.retailhub.order.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order as other modules see it.
 *
 * @param revision of its content, from 1
 * @param version of its state, from 1; grows with each change of anything
 * @param grandTotal in the currency, with its minor units
 * @param documentNo the ERP's; null while there is no document
 * @param reason why it stands where it stands, such as the ERP's own words; null if all is well
 */
public record OrderView(
        String orderId,
        String tenant,
        String channel,
        String channelOrderId,
        OrderStatus status,
        int revision,
        int version,
        Instant placedAt,
        Instant receivedAt,
        Instant statusSince,
        String currency,
        BigDecimal grandTotal,
        @Nullable String documentNo,
        @Nullable String reason) {
    public OrderView {
        Objects.requireNonNull(orderId);
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(status);
    }
}
