package org.retailhub.inventory.canonical;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException.Violation;

/**
 * A line of a snapshot, read: a count, or what is wrong with it.
 *
 * @param number in the file, from 1, blank ones and the head counted
 * @param count null if something is wrong with it
 * @param faults empty if nothing is
 */
public record SnapshotLine(long number, @Nullable Count count, List<Violation> faults) {
    /**
     * What was counted of a SKU at a location.
     *
     * @param counted with three decimals
     * @param unit null for the one that the stock is counted in
     * @param skuClass what the source calls the SKU's class; empty if it does not say
     */
    public record Count(
            String sku,
            String location,
            BigDecimal counted,
            @Nullable String unit,
            String skuClass) {}

    static SnapshotLine of(long number, Count count) {
        return new SnapshotLine(number, count, List.of());
    }

    static SnapshotLine faulty(long number, List<Violation> faults) {
        return new SnapshotLine(number, null, faults);
    }

    static SnapshotLine faulty(long number, String field, String message) {
        return faulty(number, List.of(new Violation(field, message)));
    }
}
