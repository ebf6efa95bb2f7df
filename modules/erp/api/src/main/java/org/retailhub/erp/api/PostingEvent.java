package org.retailhub.erp.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a posting; the body of all events on {@link ErpQueues#EVENTS}, told apart by the {@code JMSType}. The message's
 * business key is the {@code orderId}.
 *
 * @param documentNo the ERP's document number; null where there is no document
 * @param documentId the ERP's own key of the document; null likewise
 * @param reason the ERP's own words, or ours for a refused change; null if all is well
 * @param at when the hub learned of it
 * @param postingSequence the number of the order's message that it is about; null if the sender is of an earlier version
 */
public record PostingEvent(
        String orderId,
        String target,
        @Nullable String documentNo,
        @Nullable String documentId,
        @Nullable String reason,
        Instant at,
        @Nullable Long postingSequence) {
    /** The ERP made its document, or after a change all further documents that the change needs. */
    public static final String ACKNOWLEDGED = "PostingAcknowledged.v1";

    /** The ERP says no; it tries again by itself when somebody corrected its master data, and a change may cure it. */
    public static final String REJECTED = "PostingRejected.v1";

    /** The posting was taken back: before the ERP made a document of it, or by a further document that returns it. */
    public static final String WITHDRAWN = "PostingWithdrawn.v1";

    /** A change came after the ERP had made its document, and it has no further document for that: a person has to decide. */
    public static final String AMENDMENT_REFUSED = "PostingAmendmentRefused.v1";

    /** A cancellation came after the ERP had made its document, and it has none that returns it: a person has to decide. */
    public static final String WITHDRAWAL_REFUSED = "PostingWithdrawalRefused.v1";
}
