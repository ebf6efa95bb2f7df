package org.retailhub.erp.domain;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.api.PostingView;
import org.retailhub.platform.kernel.Envelope;

/**
 * One order at one ERP. It is written (again with each change that comes in time), then acknowledged or rejected by the ERP, or
 * withdrawn: before the ERP made its document, or after by a correction. Immutable; changed under its row's lock only.
 *
 * @param sequence of the last message that took effect in the ERP's tables
 * @param eventSequence of the last event told about it, 0 if none
 * @param messageId of the message that {@code sequence} is of: the ERP's rows bear its mark
 * @param documentNo null if there is no document
 * @param documentId the ERP's own key; null likewise
 * @param reason the ERP's words; null if it has none
 * @param told the verdict that was told last about this version; null if none was
 * @param replayUntil messages up to this number come again, because the ERP lost them; 0 if none do
 * @param correction why that message made further documents, after the ERP had made its own; null if it made none
 */
public record Posting(
        String orderId,
        String tenant,
        String channel,
        PostingState state,
        long sequence,
        long eventSequence,
        String messageId,
        String traceparent,
        @Nullable String documentNo,
        @Nullable String documentId,
        @Nullable String reason,
        Instant writtenAt,
        @Nullable Instant verdictAt,
        @Nullable PostingState told,
        long replayUntil,
        @Nullable Correction correction) {
    public Posting {
        Objects.requireNonNull(orderId);
        Objects.requireNonNull(state);
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(writtenAt);
    }

    /** The first posting of an order, or the next version of {@code before}. */
    public static Posting written(Envelope message, @Nullable Posting before, Instant now) {
        return by(message, before, PostingState.WRITTEN, null, now);
    }

    public static Posting withdrawn(Envelope message, @Nullable Posting before, @Nullable String reason, Instant now) {
        return by(message, before, PostingState.WITHDRAWN, reason, now);
    }

    private static Posting by(
            Envelope message, @Nullable Posting before, PostingState state, @Nullable String reason, Instant now) {
        boolean again = before != null && before.isReplayed(message.sequence());
        return new Posting(
                message.businessKey(),
                message.tenant(),
                message.channel(),
                state,
                message.sequence(),
                before == null ? 0 : before.eventSequence,
                message.messageId(),
                message.traceparent(),
                null,
                null,
                reason,
                now,
                state == PostingState.WITHDRAWN ? now : null,
                before != null && again ? before.told : null,
                before == null ? 0 : before.replayUntil,
                null);
    }

    /** The ERP has made its document, and gets further ones for this message. */
    public static Posting correcting(
            Envelope message,
            @Nullable Posting before,
            Correction correction,
            @Nullable String documentId,
            Instant now) {
        Posting written = by(message, before, PostingState.WRITTEN, null, now);
        return new Posting(
                written.orderId,
                written.tenant,
                written.channel,
                written.state,
                written.sequence,
                written.eventSequence,
                written.messageId,
                written.traceparent,
                written.orderId,
                documentId,
                null,
                now,
                null,
                written.told,
                written.replayUntil,
                correction);
    }

    /** Whether a message of this number comes again, because the ERP has lost it. */
    public boolean isReplayed(long number) {
        return number <= replayUntil;
    }

    /** The ERP made all that it was to make. */
    public Posting acknowledged(@Nullable String id, @Nullable String remark, Instant now) {
        return correction == null
                ? decided(PostingState.ACKNOWLEDGED, orderId, id, remark, now)
                : decided(correction.done(), documentNo, documentId, remark, now);
    }

    /** @param id of the document that the ERP made of a part; null in the usual case */
    public Posting rejected(@Nullable String id, @Nullable String words, Instant now) {
        return correction == null
                ? decided(PostingState.REJECTED, id == null ? null : orderId, id, words, now)
                : decided(PostingState.REJECTED, documentNo, documentId, words, now);
    }

    private Posting decided(
            PostingState next, @Nullable String no, @Nullable String id, @Nullable String words, Instant now) {
        return new Posting(
                orderId,
                tenant,
                channel,
                next,
                sequence,
                eventSequence,
                messageId,
                traceparent,
                no,
                id,
                words,
                writtenAt,
                now,
                told,
                replayUntil,
                correction);
    }

    /** As other modules see it. */
    public PostingView view(String target) {
        return new PostingView(orderId, target, state, sequence, documentNo, reason, writtenAt, verdictAt);
    }

    /** Whether its state is news to those who listen. */
    public boolean isNews() {
        return told != state || state == PostingState.REJECTED;
    }

    /** With the number of one more event. @param verdict that it tells; null if it tells of a refused message */
    public Posting telling(@Nullable PostingState verdict) {
        return new Posting(
                orderId,
                tenant,
                channel,
                state,
                sequence,
                eventSequence + 1,
                messageId,
                traceparent,
                documentNo,
                documentId,
                reason,
                writtenAt,
                verdictAt,
                verdict == null ? told : verdict,
                replayUntil,
                correction);
    }
}
