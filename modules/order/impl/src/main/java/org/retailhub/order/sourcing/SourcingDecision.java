package org.retailhub.order.sourcing;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * From where an order is sent. Allocated and short quantities of a line add up to what was asked.
 *
 * @param allocations in the order of the lines; a line may come from several locations
 * @param shortLines what is nowhere to be had within the rule
 * @param ruleId {@link SourcingRule#BUILT_IN} if none was in force
 * @param ruleVersion 0 for the built-in rule
 */
public record SourcingDecision(
        String orderId,
        List<Allocation> allocations,
        List<ShortLine> shortLines,
        String ruleId,
        int ruleVersion,
        Explanation explanation) {
    public SourcingDecision {
        allocations = List.copyOf(allocations);
        shortLines = List.copyOf(shortLines);
    }

    /** A quantity of a line from a location. */
    public record Allocation(String lineId, String sku, String location, BigDecimal quantity) {}

    /** A quantity of a line from nowhere. */
    public record ShortLine(String lineId, String sku, BigDecimal quantity) {}

    public boolean isComplete() {
        return shortLines.isEmpty();
    }

    /** Each is one parcel. */
    public Set<String> locations() {
        Set<String> locations = new LinkedHashSet<>();
        allocations.forEach(each -> locations.add(each.location()));
        return locations;
    }
}
