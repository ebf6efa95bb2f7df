package org.retailhub.inventory.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was held has left: it is neither held nor on hand any more. Idempotent by reservation and document.
 *
 * @param document such as a shipment's number
 * @param items what; empty or null for all that is still held
 */
public record ConsumeStock(
        String reference, String document, @Nullable List<ReleaseStock.Item> items) {
    public static final String TYPE = "ConsumeStock.v1";
}
