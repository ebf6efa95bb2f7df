package org.retailhub.order.api;

import java.util.Objects;

/**
 * Cancel the order that is found by its natural key. After the ERP has made its document it is
 * returned there; where the ERP cannot do that, it becomes {@link OrderStatus#CANCELLATION_AWAITS_ERP}. One that is not there is kept as cancelled, and never posted. Repeating it changes
 * nothing.
 *
 * @param order as the channel has it now
 * @param reason in the channel's words, 1 to 200 characters
 */
public record CancelOrder(CanonicalOrder order, String reason) {
    public static final String TYPE = "CancelOrder.v1";

    public CancelOrder {
        Objects.requireNonNull(order);
        Objects.requireNonNull(reason);
    }
}
