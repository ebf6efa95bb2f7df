package org.retailhub.order.domain;

import java.util.List;
import java.util.function.Function;
import org.retailhub.order.api.OrderStatus;

/** What became of a placement. */
public sealed interface Placed {
    /** It is stored; {@code replayed} if it was before. */
    record Accepted(String orderId, OrderStatus status, boolean replayed) implements Placed {}

    /** Another content lies under the natural key. */
    record Differs(String orderId, List<String> fields) implements Placed {}

    /** The caller's own key was used with another content. */
    record KeyReused(String orderId) implements Placed {}

    default <T> T fold(Function<Accepted, T> accepted, Function<Differs, T> differs, Function<KeyReused, T> reused) {
        if (this instanceof Accepted one) {
            return accepted.apply(one);
        }
        return this instanceof Differs other ? differs.apply(other) : reused.apply((KeyReused) this);
    }
}
