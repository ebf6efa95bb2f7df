package org.retailhub.inventory.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ERP has a movement in its books now. Idempotent by the movement: a second time changes nothing. What the position has sold without
 * the ERP's knowledge falls by it.
 *
 * @param feed who told the movement
 * @param sourceKey its name in the feed
 * @param target which ERP
 * @param document the ERP's own key of its document; null if it has not said
 */
public record MarkKnownToErp(
        String feed,
        String sourceKey,
        String target,
        @Nullable String document) {
    public static final String TYPE = "MarkKnownToErp.v1";

    public MarkKnownToErp {
        Objects.requireNonNull(feed);
        Objects.requireNonNull(sourceKey);
        Objects.requireNonNull(target);
    }

    /** What the message is about: one movement. */
    public static String businessKey(String tenant, String feed, String sourceKey) {
        return "known/" + tenant + "/" + feed + "/" + sourceKey;
    }
}
