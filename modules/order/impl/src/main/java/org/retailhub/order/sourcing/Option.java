package org.retailhub.order.sourcing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.order.sourcing.Explanation.Reason;

/**
 * A place that may send something of an order. Quantities in thousandths.
 *
 * @param available by the order's SKUs; what the rule lets it give
 * @param points by the rule's steps, if it alone sent
 * @param score the points as they are compared
 * @param lacks why it gives less than it has, or nothing, of a SKU
 */
record Option(
        LocationView location,
        @Nullable Distance distance,
        long[] available,
        long[] points,
        long[] score,
        List<Reason> lacks) {
    String id() {
        return location.id();
    }
}
