package org.retailhub.inventory.domain;

import java.math.BigDecimal;

/**
 * When a SKU at a location is to be filled up again, and how far.
 *
 * @param point what may be promised then, or less
 * @param target not below the point
 */
public record ReorderPoint(BigDecimal point, BigDecimal target) {
    /** Whether both say the same. */
    public boolean same(ReorderPoint other) {
        return point.compareTo(other.point) == 0 && target.compareTo(other.target) == 0;
    }

    /** What is missing to the target. @param expected what is to come anyway */
    public BigDecimal suggested(BigDecimal availableToSell, BigDecimal expected) {
        return target.subtract(availableToSell).subtract(expected).max(BigDecimal.ZERO);
    }
}
