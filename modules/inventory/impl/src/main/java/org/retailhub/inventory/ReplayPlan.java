package org.retailhub.inventory;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a replay would send.
 *
 * @param keys of how many business keys
 * @param types messages by their type
 * @param someKeys the first 20
 * @param handled how many of them the subscriber has handled already, and drops; null if nobody can say
 * @param waiting how many keys would wait for a message before theirs that is not among them; null if nobody can say
 */
public record ReplayPlan(
        long messages,
        long keys,
        SortedMap<String, Long> types,
        List<String> someKeys,
        @Nullable Told first,
        @Nullable Told last,
        @Nullable Long handled,
        @Nullable Long waiting) {
    /** A message that was sent. */
    public record Told(Instant at, String businessKey, long sequence, String type) {}
}
