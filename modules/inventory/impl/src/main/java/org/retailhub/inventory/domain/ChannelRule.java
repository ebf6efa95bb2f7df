package org.retailhub.inventory.domain;

import java.math.BigDecimal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a channel may show of what can be sold: never more than there is, and mostly less, since what it shows is old when it is read.
 *
 * @param buffer kept back from what is shown
 * @param cap most that is shown; null for no cap
 * @param minimumDisplay less than this is shown as nothing
 * @param locations from which it sells; empty for all
 */
public record ChannelRule(
        long version, BigDecimal buffer, @Nullable BigDecimal cap, BigDecimal minimumDisplay, Set<String> locations) {
    /** Of a channel without a rule: all locations, nothing kept back. */
    public static final ChannelRule NONE = new ChannelRule(0, BigDecimal.ZERO, null, BigDecimal.ZERO, Set.of());

    public boolean sellsFrom(String location) {
        return locations.isEmpty() || locations.contains(location);
    }

    /** @param availableToSell at one location, or over the pool; below 0 counts as nothing */
    public BigDecimal shown(BigDecimal availableToSell) {
        BigDecimal shown = availableToSell.subtract(buffer).max(BigDecimal.ZERO);
        if (cap != null) {
            shown = shown.min(cap);
        }
        return shown.compareTo(minimumDisplay) < 0 ? BigDecimal.ZERO : shown;
    }
}
