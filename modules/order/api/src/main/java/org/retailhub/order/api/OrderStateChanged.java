package org.retailhub.order.api;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An order stands so now, or has another content. The business key is the order's id; told in the transaction of the change, for channels whose
 * fulfilment policy says so.
 *
 * @param revision of its content, from 1
 * @param status {@link OrderStatus#wire}; words may be added
 * @param since when it came to stand there
 * @param reason why, such as the ERP's own words; null if all is well
 * @param documentNo the ERP's; null while there is no document
 */
public record OrderStateChanged(
        String orderId,
        String tenant,
        String channel,
        String channelOrderId,
        int revision,
        String status,
        Instant since,
        @Nullable String reason,
        @Nullable String documentNo) {
    public static final String TYPE = "OrderStateChanged.v1";

    public OrderStateChanged {
        Objects.requireNonNull(orderId);
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(channelOrderId);
        Objects.requireNonNull(status);
        Objects.requireNonNull(since);
    }
}
