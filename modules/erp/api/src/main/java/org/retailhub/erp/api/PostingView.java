package org.retailhub.erp.api;

import java.time.Instant;

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
        String documentNo,
        String reason,
        Instant writtenAt,
        Instant verdictAt) {}
