package org.retailhub.inventory.api;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Give back what is held, all or some of it. Idempotent by reservation and document.
 *
 * @param document why, in the owner's words, such as a cancellation's number
 * @param items what; empty or null for all that is still held
 */
public record ReleaseStock(
        String reference, String document, @Nullable List<Item> items) {
    public static final String TYPE = "ReleaseStock.v1";

    /** Some of a SKU at a location. */
    public record Item(String sku, String location, BigDecimal quantity) {}
}
