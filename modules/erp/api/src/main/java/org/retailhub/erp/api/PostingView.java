package org.retailhub.erp.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A posting as other modules see it.
 *
 * @param sequence the number of the last message of this order that took effect in the ERP's tables
 * @param documentNo null while there is no document
 * @param reason the ERP's own words; null if it has none
 */
public record PostingView(
        String orderId,
        String target,
        PostingState state,
        long sequence,
        @Nullable String documentNo,
        @Nullable String reason,
        Instant writtenAt,
        @Nullable Instant verdictAt) {}
