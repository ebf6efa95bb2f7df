package org.retailhub.order.sourcing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.retailhub.masterdata.api.Fulfilment;

/**
 * When a parcel leaves a place.
 *
 * @param daysClosed until it opens; {@link #NEVER} for not within a year
 * @param days until the parcel leaves
 */
record Dispatch(int daysClosed, int days) {
    static final int NEVER = 366;

    static Dispatch of(Fulfilment place, Instant now) {
        LocalDate today = now.atZone(ZoneId.of(place.timeZone())).toLocalDate();
        int daysClosed = NEVER;
        int left = place.leadTimeDays();
        for (int day = 0; day < NEVER; day++) {
            if (isOpen(place, today.plusDays(day))) {
                daysClosed = Math.min(daysClosed, day);
                if (left-- == 0) {
                    return new Dispatch(daysClosed, day);
                }
            }
        }
        return new Dispatch(daysClosed, NEVER);
    }

    private static boolean isOpen(Fulfilment place, LocalDate day) {
        LocalDate from = place.closedFrom();
        LocalDate until = place.closedUntil();
        boolean closed = (from != null || until != null)
                && (from == null || !day.isBefore(from))
                && (until == null || day.isBefore(until));
        return !closed && (place.openOn().isEmpty() || place.openOn().contains(day.getDayOfWeek()));
    }
}
