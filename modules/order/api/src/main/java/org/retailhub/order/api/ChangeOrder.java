package org.retailhub.order.api;

import java.util.Objects;

/**
 * The whole order anew, found by its natural key. After the ERP has made its document the change follows
 * it by further documents; where the ERP cannot do that, it becomes {@link OrderStatus#CHANGE_AWAITS_ERP}: a person has to follow it there. An order that is not there is placed.
 */
public record ChangeOrder(CanonicalOrder order) {
    public static final String TYPE = "ChangeOrder.v1";

    public ChangeOrder {
        Objects.requireNonNull(order);
    }
}
