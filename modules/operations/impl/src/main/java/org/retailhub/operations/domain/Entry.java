package org.retailhub.operations.domain;

import java.time.Instant;
import java.util.List;

/**
 * One thing that came in, and the one term of the balance that it is counted in.
 *
 * @param kind {@code payload} or {@code order}
 * @param channel {@code unknown} where the row that knew it is gone
 * @param at when it came in
 * @param times how often it came: all but the first are duplicates
 * @param detail for people, empty if the term says all
 * @param faults rows that are missing or contradict each other; empty is good
 */
public record Entry(
        String kind,
        String key,
        String tenant,
        String channel,
        Instant at,
        Term term,
        int times,
        String detail,
        List<String> faults) {
    /** Where the row is gone that knew the channel. */
    public static final String UNKNOWN = "unknown";

    public Entry {
        faults = List.copyOf(faults);
    }
}
