package org.retailhub.inventory.domain;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.MovementDocument;

/**
 * What is to be written into a position's ledger.
 *
 * @param feed who tells it; {@link #RESERVATIONS} for what reservations do
 * @param sourceKey its name in the feed
 */
public record Entry(
        MovementKind kind,
        BigDecimal onHandChange,
        BigDecimal reservedChange,
        String unit,
        String feed,
        String sourceKey,
        @Nullable Long sourceSequence,
        @Nullable String document,
        @Nullable String line,
        Instant occurredAt,
        @Nullable String reference,
        @Nullable String reason,
        @Nullable String channel,
        boolean erpKnows,
        String traceparent) {
    /** No source can call itself so. */
    public static final String RESERVATIONS = ":reservations";

    /** What a snapshot corrected; no source can call itself so either. */
    public static final String SNAPSHOTS = ":snapshots";

    /** What a source told. */
    public static Entry of(MovementDocument movement, String traceparent) {
        return new Entry(
                movement.kind(),
                movement.quantity(),
                BigDecimal.ZERO,
                movement.unit(),
                movement.feed(),
                movement.sourceKey(),
                movement.sequence(),
                movement.document(),
                movement.line(),
                movement.occurredAt(),
                movement.reference(),
                movement.reason(),
                movement.channel(),
                movement.erpKnows(),
                traceparent);
    }

    /** By how much more the ERP does not know after it: what was sold or sent less what came back. */
    public BigDecimal unknownToErp() {
        boolean sold = kind == MovementKind.SALE || kind == MovementKind.RETURN || kind == MovementKind.CONSUMPTION;
        return sold && !erpKnows ? onHandChange.negate() : BigDecimal.ZERO;
    }
}
