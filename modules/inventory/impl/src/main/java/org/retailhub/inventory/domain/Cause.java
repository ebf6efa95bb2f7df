package org.retailhub.inventory.domain;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What probably makes a count and the ledger differ.
 *
 * @param feed whose event it is; null if it is nobody's in particular
 * @param first of the feed's own numbers; null if it is not about numbers
 * @param last of them
 * @param movements their numbers in the position's ledger
 */
public record Cause(
        Kind kind,
        String detail,
        @Nullable String feed,
        @Nullable Long first,
        @Nullable Long last,
        List<Long> movements) {

    /** In what way. */
    public enum Kind {
        /** The ledger has an event under two names. */
        DOUBLED,
        /** The ledger has what left for a reservation, and the same once more as a sale. */
        CONSUMED_AND_SOLD,
        /** A feed's numbers have a gap: its event has not come here. */
        MISSING,
        /** The source has not been told of a movement, or has not counted it. */
        UNKNOWN_TO_SOURCE,
        /** The source has a movement twice. */
        DOUBLED_AT_SOURCE,
        /** The source has counted in what happened after the time it names. */
        AFTER_THE_COUNT,
        /** The ERP has not been told yet of what was sold. */
        UNKNOWN_TO_ERP,
        UNEXPLAINED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
