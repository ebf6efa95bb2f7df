package org.retailhub.platform.runtime.messaging;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Remembers per queue and business key the last message handled. A lower number is a duplicate, a higher one than the next has
 * to wait. Rows are written in the transaction of the effect.
 */
final class Inbox {
    /** Mutable while a batch is at work; {@code openCases} counts the key's messages in the hospital. */
    static final class Line {
        long lastSequence;
        int openCases;
        boolean changed;

        Line(long lastSequence, int openCases) {
            this.lastSequence = lastSequence;
            this.openCases = openCases;
        }

        void handled(long sequence) {
            lastSequence = sequence;
            changed = true;
        }

        void opened() {
            openCases++;
            changed = true;
        }

        void closed() {
            openCases--;
            changed = true;
        }
    }

    private final Database database;
    private final Clock clock;

    Inbox(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Locks the rows in key order; keys never seen get a fresh line. */
    Map<String, Line> lock(String queue, Collection<String> keys) {
        Map<String, Line> lines = new HashMap<>();
        database.query(
                """
                select business_key, last_sequence, open_cases from inbox
                where queue = ? and business_key = any(?) order by business_key for update""",
                row -> lines.put(row.getString(1), new Line(row.getLong(2), row.getInt(3))),
                queue,
                keys.toArray(String[]::new));
        for (String key : keys) {
            lines.computeIfAbsent(key, k -> new Line(0, 0));
        }
        return lines;
    }

    void store(String queue, Map<String, Line> lines) {
        var changed =
                lines.entrySet().stream().filter(e -> e.getValue().changed).toList();
        if (changed.isEmpty()) {
            return;
        }
        database.update(
                """
                insert into inbox (queue, business_key, last_sequence, open_cases, updated_at)
                select ?, k, s, o, ? from unnest(?, ?, ?) as t(k, s, o)
                on conflict (queue, business_key) do update
                set last_sequence = excluded.last_sequence, open_cases = excluded.open_cases, updated_at = excluded.updated_at""",
                queue,
                clock.instant(),
                changed.stream().map(Map.Entry::getKey).toArray(String[]::new),
                changed.stream().map(e -> e.getValue().lastSequence).toArray(Long[]::new),
                changed.stream().map(e -> e.getValue().openCases).toArray(Integer[]::new));
    }
}
