package org.retailhub.inventory;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger has of a position as of a time.
 *
 * @param unit null if nothing ever moved there
 * @param expected what had happened by then, told in time or late
 * @param late part of it that was recorded only afterwards
 * @param correctedSince whether a later count has been booked
 * @param unknownToErp sold, and not told to the ERP
 */
record Comparison(
        @Nullable String unit, BigDecimal expected, BigDecimal late, boolean correctedSince, BigDecimal unknownToErp) {
    static final Comparison NOTHING = new Comparison(null, BigDecimal.ZERO, BigDecimal.ZERO, false, BigDecimal.ZERO);

    /**
     * Whoever counted may not have known what came to the hub late either: the nearer of the two is meant, so that a movement that was
     * recorded after the count is no difference, whichever side had it.
     */
    BigDecimal drift(BigDecimal counted) {
        BigDecimal drift = counted.subtract(expected);
        BigDecimal without = drift.add(late);
        return without.abs().compareTo(drift.abs()) < 0 ? without : drift;
    }
}
