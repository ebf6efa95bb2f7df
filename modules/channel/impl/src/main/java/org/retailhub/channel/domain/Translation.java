package org.retailhub.channel.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.platform.kernel.ErrorCode;

/** What a payload says, in our words. */
public sealed interface Translation {
    /**
     * An order as it stands.
     *
     * @param document the channel's own key of it, such as {@code order/4711}
     * @param version newer ones replace older ones
     * @param cancelled why, if it is; else null
     * @param refunds all so far
     */
    record Sold(
            String document,
            Instant version,
            CanonicalOrder order,
            @Nullable String cancelled,
            List<RefundMade> refunds)
            implements Translation {
        public Sold {
            refunds = List.copyOf(refunds);
        }
    }

    /** A refund of an order, by itself. */
    record Refunded(String document, RefundMade refund) implements Translation {}

    /** The document is gone in the channel. */
    record Deleted(String document) implements Translation {}

    /** Understood, and nothing follows from it. */
    record Noted(String document, String why) implements Translation {}

    /** A topic that the connector does not take. */
    record NotTaken(String why) implements Translation {}

    /** Cannot be told from what is there, but the channel has it whole. */
    record Incomplete(String document, ErrorCode code, String field, String detail) implements Translation {}

    /** Cannot be translated; the field is a path such as {@code line_items[2].price}. */
    record Refused(ErrorCode code, String field, String detail) implements Translation {}
}
