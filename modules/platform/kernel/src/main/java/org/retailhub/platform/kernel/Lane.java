package org.retailhub.platform.kernel;

import java.util.Locale;

/**
 * How urgent what comes in is, the most urgent first. While not everything can be taken in, a lane is shut before the ones above it, orders
 * last.
 */
public enum Lane {
    ORDER,
    STOCK,
    PRICE,
    CATALOGUE;

    /** As in problems and logs. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
