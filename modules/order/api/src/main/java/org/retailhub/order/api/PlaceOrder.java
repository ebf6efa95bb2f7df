package org.retailhub.order.api;

import java.util.Objects;

/**
 * Place this order. Idempotent by its natural key: the same content again changes nothing, another content is parked.
 */
public record PlaceOrder(CanonicalOrder order) {
    public static final String TYPE = "PlaceOrder.v1";

    public PlaceOrder {
        Objects.requireNonNull(order);
    }
}
