package org.retailhub.order.domain;

import java.time.Duration;
import java.time.Instant;

/** Order ids sort by the time they were given: a time is a place in the primary key. */
final class IdTimes {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int TIME_CHARACTERS = 10;

    /** Servers' clocks may differ by so much; the column decides, this only narrows the search. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private IdTimes() {}

    /** Not above the id of any order received at the time or later. */
    static String lowest(Instant time) {
        long millis = Math.max(0, time.minus(SKEW).toEpochMilli());
        char[] text = new char[TIME_CHARACTERS];
        for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (millis & 31));
            millis >>>= 5;
        }
        return new String(text);
    }
}
