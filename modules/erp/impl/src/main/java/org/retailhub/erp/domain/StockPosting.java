package org.retailhub.erp.domain;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.StockMoved;
import org.retailhub.platform.kernel.Envelope;

/**
 * One movement of stock at one ERP. Immutable; changed under its row's lock only.
 *
 * @param key the message's business key: the movement's
 * @param messageId of the message that told it: the ERP's row bears its mark
 * @param orderId the order that tells the ERP of it; null if it is booked by itself
 * @param documentId the ERP's own key of the document; null while there is none
 * @param reason the ERP's words; null if it has none
 * @param toldAt when inventory was told that the ERP knows it; null if it was not
 */
public record StockPosting(
        String key,
        String tenant,
        String feed,
        String sourceKey,
        String kind,
        State state,
        String messageId,
        String traceparent,
        @Nullable String orderId,
        @Nullable String documentId,
        @Nullable String reason,
        Instant writtenAt,
        @Nullable Instant verdictAt,
        @Nullable Instant toldAt) {
    /** How far it is. */
    public enum State {
        /** In the ERP's import table, no verdict yet. */
        WRITTEN,
        /** In the ERP's books, by its own document or by its order's. */
        BOOKED,
        /** The ERP refused it; it tries again by itself. */
        REJECTED,
        /** Not booked by itself: the ERP knows it when it has the order. */
        BY_ORDER;

        public String stored() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        public static State of(String stored) {
            return valueOf(stored.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public StockPosting {
        Objects.requireNonNull(key);
        Objects.requireNonNull(state);
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(writtenAt);
    }

    /** @param before what is known of it, if it comes again since the ERP has lost it */
    public static StockPosting written(Envelope message, StockMoved moved, @Nullable StockPosting before, Instant now) {
        return first(message, moved, State.WRITTEN, null, before, now);
    }

    public static StockPosting byOrder(Envelope message, StockMoved moved, String orderId, Instant now) {
        return first(message, moved, State.BY_ORDER, orderId, null, now);
    }

    private static StockPosting first(
            Envelope message,
            StockMoved moved,
            State state,
            @Nullable String orderId,
            @Nullable StockPosting before,
            Instant now) {
        return new StockPosting(
                message.businessKey(),
                message.tenant(),
                moved.feed(),
                moved.sourceKey(),
                moved.kind(),
                state,
                message.messageId(),
                message.traceparent(),
                orderId,
                null,
                null,
                now,
                null,
                before == null ? null : before.toldAt);
    }

    /** @param id of the ERP's document */
    public StockPosting booked(@Nullable String id, Instant now) {
        return decided(State.BOOKED, id, null, now, toldAt == null ? now : toldAt);
    }

    public StockPosting rejected(@Nullable String words, Instant now) {
        return decided(State.REJECTED, null, words, now, toldAt);
    }

    private StockPosting decided(
            State next, @Nullable String id, @Nullable String words, Instant now, @Nullable Instant told) {
        return new StockPosting(
                key,
                tenant,
                feed,
                sourceKey,
                kind,
                next,
                messageId,
                traceparent,
                orderId,
                id,
                words,
                writtenAt,
                now,
                told);
    }
}
