package org.retailhub.inventory.domain;

import java.util.Comparator;

/** A tenant's SKU at a location. Its order is the one in which positions are locked, everywhere. */
public record PositionKey(String tenant, String sku, String location) implements Comparable<PositionKey> {
    private static final Comparator<PositionKey> ORDER = Comparator.comparing(PositionKey::tenant)
            .thenComparing(PositionKey::sku)
            .thenComparing(PositionKey::location);

    @Override
    public int compareTo(PositionKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return tenant + "/" + location + "/" + sku;
    }
}
