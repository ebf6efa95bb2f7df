package org.retailhub.masterdata.api;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Money;

/**
 * How a place sends goods.
 *
 * @param brands whose goods it sends; empty for anybody's
 * @param parcelCost of one parcel from there; null where nobody said
 * @param leadTimeDays from the order to the carrier, on days it is open
 * @param parcelsPerDay most it sends on a day; null for no limit
 * @param supplier who delivers from there, for a drop-ship place or a supplier's
 * @param openOn the days of the week on which it sends; empty for each day
 * @param closedFrom first day it is closed; null if no closing is known
 * @param closedUntil first day it is open again; null with {@code closedFrom} for until further notice
 * @param timeZone of these days, as {@code Europe/Berlin}
 */
public record Fulfilment(
        Set<String> brands,
        @Nullable Money parcelCost,
        int leadTimeDays,
        @Nullable Integer parcelsPerDay,
        @Nullable String supplier,
        Set<DayOfWeek> openOn,
        @Nullable LocalDate closedFrom,
        @Nullable LocalDate closedUntil,
        String timeZone) {
    /** Nobody said anything: open each day, at once, without limit. */
    public static final Fulfilment UNSAID = new Fulfilment(Set.of(), null, 0, null, null, Set.of(), null, null, "UTC");

    public Fulfilment {
        brands = Set.copyOf(brands);
        openOn = Set.copyOf(openOn);
    }
}
