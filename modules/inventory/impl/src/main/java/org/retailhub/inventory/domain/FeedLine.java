package org.retailhub.inventory.domain;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What has come by a feed, in hand for a transaction that has locked its row. Tells gaps, reorderings and duplicates by the feed's own
 * numbers. A number may have several lines; nothing is missed before the first number that ever came, unless a lower one comes.
 */
public final class FeedLine {
    private final String tenant;
    private final String feed;
    private long first;
    private long highest;
    private long movements;
    private long duplicates;
    private long conflicts;
    private long reordered;
    private long late;
    private @Nullable Instant lastOccurredAt;
    private final NavigableMap<Long, Long> gaps = new TreeMap<>();
    private final NavigableMap<Long, Long> gapsBefore;

    /** @param gaps those that numbers of the batch may lie in, first missing to last missing */
    public FeedLine(
            String tenant,
            String feed,
            long first,
            long highest,
            @Nullable Instant lastOccurredAt,
            Map<Long, Long> gaps) {
        this.tenant = tenant;
        this.feed = feed;
        this.first = first;
        this.highest = highest;
        this.lastOccurredAt = lastOccurredAt;
        this.gaps.putAll(gaps);
        this.gapsBefore = new TreeMap<>(gaps);
    }

    /** A movement that was not known. @param sequence null if it has none */
    public void take(@Nullable Long sequence, Instant occurredAt, boolean isLate) {
        movements++;
        late += isLate ? 1 : 0;
        lastOccurredAt = lastOccurredAt == null || lastOccurredAt.isBefore(occurredAt) ? occurredAt : lastOccurredAt;
        if (sequence != null) {
            place(sequence);
        }
    }

    private void place(long sequence) {
        if (first == 0) {
            first = sequence;
            highest = sequence;
        } else if (sequence > highest) {
            if (sequence > highest + 1) {
                gaps.put(highest + 1, sequence - 1);
            }
            highest = sequence;
        } else if (sequence < first) {
            reordered++;
            if (sequence < first - 1) {
                gaps.put(sequence + 1, first - 1);
            }
            first = sequence;
        } else {
            fill(sequence);
        }
    }

    private void fill(long sequence) {
        Map.Entry<Long, Long> gap = gaps.floorEntry(sequence);
        if (gap == null || gap.getValue() < sequence) {
            // Another line of a number that came before.
            return;
        }
        reordered++;
        gaps.remove(gap.getKey());
        if (gap.getKey() < sequence) {
            gaps.put(gap.getKey(), sequence - 1);
        }
        if (gap.getValue() > sequence) {
            gaps.put(sequence + 1, gap.getValue());
        }
    }

    public void duplicate() {
        duplicates++;
    }

    public void conflict() {
        conflicts++;
    }

    public String tenant() {
        return tenant;
    }

    public String feed() {
        return feed;
    }

    public long first() {
        return first;
    }

    public long highest() {
        return highest;
    }

    /** Of this transaction, as are the counts below. */
    public long movements() {
        return movements;
    }

    public long duplicates() {
        return duplicates;
    }

    public long conflicts() {
        return conflicts;
    }

    public long reordered() {
        return reordered;
    }

    public long late() {
        return late;
    }

    public @Nullable Instant lastOccurredAt() {
        return lastOccurredAt;
    }

    /** Gaps that were there and are not, by their first number. */
    public Map<Long, Long> closedGaps() {
        return without(gapsBefore, gaps);
    }

    /** Gaps that were not there. */
    public Map<Long, Long> openedGaps() {
        return without(gaps, gapsBefore);
    }

    private static Map<Long, Long> without(NavigableMap<Long, Long> some, NavigableMap<Long, Long> others) {
        Map<Long, Long> left = new TreeMap<>(some);
        others.forEach(left::remove);
        return left;
    }
}
