package org.retailhub.inventory.domain;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the ledger leaves a SKU at a location, in hand for a transaction that has locked its row: each entry is numbered, applied and becomes
 * a row.
 */
public final class Position {
    private final PositionKey key;
    private String unit;
    private BigDecimal onHand;
    private BigDecimal reserved;
    private final BigDecimal safety;
    private BigDecimal unknownToErp;
    private long number;
    private long eventSequence;
    private Instant recordedAt;
    private final BigDecimal onHandBefore;
    private final BigDecimal reservedBefore;
    private final BigDecimal unknownBefore;
    private final long numberBefore;
    private BigDecimal newlyReserved = BigDecimal.ZERO;
    private @Nullable ReorderPoint reorder;
    private boolean low;
    private long signalSequence;

    public Position(
            PositionKey key,
            String unit,
            BigDecimal onHand,
            BigDecimal reserved,
            BigDecimal safety,
            BigDecimal unknownToErp,
            long number,
            long eventSequence,
            Instant recordedAt) {
        this.key = key;
        this.unit = unit;
        this.onHand = onHand;
        this.reserved = reserved;
        this.safety = safety;
        this.unknownToErp = unknownToErp;
        this.number = number;
        this.eventSequence = eventSequence;
        this.recordedAt = recordedAt;
        this.onHandBefore = onHand;
        this.reservedBefore = reserved;
        this.unknownBefore = unknownToErp;
        this.numberBefore = number;
    }

    /** Before its first movement. */
    public static Position empty(PositionKey key) {
        BigDecimal none = BigDecimal.ZERO;
        return new Position(key, "", none, none, none, none, 0, 0, Instant.EPOCH);
    }

    /** The same with another safety stock, which is not the ledger's. */
    public Position keeping(BigDecimal quantity) {
        return new Position(key, unit, onHand, reserved, quantity, unknownToErp, number, eventSequence, recordedAt)
                .watched(reorder, low, signalSequence);
    }

    /** The same with another reorder point, which is not the ledger's; null for none. */
    public Position reorderedAt(@Nullable ReorderPoint point) {
        return keeping(safety).watched(point, low, signalSequence);
    }

    /** As it is watched: what is kept beside its balance. @return this one */
    public Position watched(@Nullable ReorderPoint point, boolean isLow, long signals) {
        reorder = point;
        low = isLow;
        signalSequence = signals;
        return this;
    }

    /** Whether it has just fallen to its reorder point or below. To be asked once, after all that is done to it. */
    public boolean falls() {
        boolean before = low;
        low = reorder != null && availableToSell().compareTo(reorder.point()) <= 0;
        return low && !before;
    }

    /** The number of the next signal about it. */
    public long signal() {
        return ++signalSequence;
    }

    public @Nullable ReorderPoint reorder() {
        return reorder;
    }

    public boolean isLow() {
        return low;
    }

    public long signalSequence() {
        return signalSequence;
    }

    /** Whether an entry of this unit fits; the first one says in which unit it is counted. */
    public boolean counts(String otherUnit) {
        return unit.isEmpty() || unit.equals(otherUnit);
    }

    /** @param now to the microsecond; a clock that went back does not count */
    public LedgerRow record(Entry entry, Instant now) {
        unit = entry.unit();
        onHand = onHand.add(entry.onHandChange());
        reserved = reserved.add(entry.reservedChange());
        if (entry.reservedChange().signum() > 0) {
            newlyReserved = newlyReserved.add(entry.reservedChange());
        }
        unknownToErp = unknownToErp.add(entry.unknownToErp());
        number++;
        recordedAt = now.isBefore(recordedAt) ? recordedAt : now;
        return new LedgerRow(key, number, entry, onHand, reserved, recordedAt);
    }

    /** The number of the next message about it. */
    public long tell() {
        return ++eventSequence;
    }

    public PositionKey key() {
        return key;
    }

    public String unit() {
        return unit;
    }

    public BigDecimal onHand() {
        return onHand;
    }

    public BigDecimal reserved() {
        return reserved;
    }

    public BigDecimal safety() {
        return safety;
    }

    /** What may be promised: below 0 if more was sold elsewhere than was there. */
    public BigDecimal availableToSell() {
        return onHand.subtract(reserved).subtract(safety);
    }

    /** What was reserved since it was locked: whoever writes it makes sure once more that it was there. */
    public BigDecimal newlyReserved() {
        return newlyReserved;
    }

    public long number() {
        return number;
    }

    public Instant recordedAt() {
        return recordedAt;
    }

    /** How many rows its ledger grew by since it was locked. */
    public long rows() {
        return number - numberBefore;
    }

    public BigDecimal onHandChange() {
        return onHand.subtract(onHandBefore);
    }

    public BigDecimal reservedChange() {
        return reserved.subtract(reservedBefore);
    }

    public BigDecimal unknownToErpChange() {
        return unknownToErp.subtract(unknownBefore);
    }

    public boolean isChanged() {
        return number > numberBefore;
    }
}
