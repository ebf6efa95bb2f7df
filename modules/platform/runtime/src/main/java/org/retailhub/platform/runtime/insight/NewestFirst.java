package org.retailhub.platform.runtime.insight;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.retailhub.platform.kernel.Insight.Received;

/**
 * The newest of a long time, where the rows have only a block range index by time: such an index finds a time's rows but does not sort
 * them, so that a page of a day's rows would read and sort the day. Here the time is read in slices, from its end; where little came the
 * slices get longer.
 */
public final class NewestFirst {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int LONGER = 4;

    private NewestFirst() {}

    /** The newest of a slice, newest first. */
    @FunctionalInterface
    public interface Slice {
        List<Received> read(Instant from, Instant to, int limit);
    }

    /** @return the newest of all, newest first, each key once */
    public static List<Received> of(Instant from, Instant to, int limit, Slice slice) {
        List<Received> found = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        Duration length = FIRST;
        Instant end = to;
        while (end.isAfter(from) && found.size() < limit) {
            Instant begin = end.minus(length);
            if (begin.isBefore(from)) {
                begin = from;
            }
            int before = found.size();
            List<Received> rows = slice.read(begin, end, limit);
            rows.stream().filter(each -> keys.add(each.key())).forEach(found::add);
            if (rows.size() >= limit) {
                break;
            }
            if (found.size() - before < limit / LONGER) {
                length = length.multipliedBy(LONGER);
            }
            end = begin;
        }
        return found.size() <= limit ? found : List.copyOf(found.subList(0, limit));
    }
}
