package org.retailhub.order.rest;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.RetailException;

/** An order's ETag is its version in quotes. */
final class EntityTags {
    private EntityTags() {}

    /**
     * @return empty without the header
     * @throws RetailException {@link OrderError#VERSION_DIFFERS} for what is no tag of ours: it matches no version
     */
    static OptionalInt version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.isBlank()) {
            return OptionalInt.empty();
        }
        String tag = ifMatch.strip();
        if (tag.length() > 2 && tag.startsWith("\"") && tag.endsWith("\"")) {
            tag = tag.substring(1, tag.length() - 1);
        }
        if (!tag.matches("[0-9]{1,9}")) {
            throw new RetailException(OrderError.VERSION_DIFFERS, "If-Match must be one ETag of the order");
        }
        return OptionalInt.of(Integer.parseInt(tag));
    }
}
