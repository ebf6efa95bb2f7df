package org.retailhub.inventory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Insight.Signal;
import org.retailhub.platform.runtime.sql.Database;

/** How often feeds speak if all is well, and which of them do not. Each change is audited, in the caller's transaction. */
public final class FeedExpectations {
    private static final int MOST_SILENT = 100;

    private final Database database;
    private final Rules rules;
    private final Clock clock;

    FeedExpectations(Database database, Rules rules, Clock clock) {
        this.database = database;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * When a feed spoke, and how often it should.
     *
     * @param lastHeardAt by a movement, one that it told before, or a snapshot; null if never
     * @param everySeconds null if nothing is expected of it
     * @param since when that was said: before it nothing was late
     */
    public record Freshness(
            @Nullable Instant lastHeardAt,
            @Nullable Long everySeconds,
            @Nullable Instant since) {
        /** Null if nothing is expected. */
        public @Nullable Instant expectedBy() {
            if (everySeconds == null || since == null) {
                return null;
            }
            Instant from = lastHeardAt == null || lastHeardAt.isBefore(since) ? since : lastHeardAt;
            return from.plusSeconds(everySeconds);
        }

        public boolean isSilent(Instant now) {
            Instant by = expectedBy();
            return by != null && now.isAfter(by);
        }
    }

    public Instant now() {
        return clock.instant();
    }

    /** A feed that has never spoken is known from then on. The same again changes nothing. */
    public void set(String actor, String tenant, String feed, Duration every) {
        database.update("""
                insert into feed (tenant, feed, first_sequence, highest_sequence, movements, duplicates, conflicts, reordered, late)
                values (?, ?, 0, 0, 0, 0, 0, 0, 0) on conflict do nothing""", tenant, feed);
        int changed = database.update("""
                insert into feed_expectation as e (tenant, feed, interval_seconds, set_at) values (?, ?, ?, ?)
                on conflict (tenant, feed) do update set interval_seconds = excluded.interval_seconds, set_at = excluded.set_at
                where e.interval_seconds <> excluded.interval_seconds""", tenant, feed, every.toSeconds(), now());
        if (changed > 0) {
            rules.audit(actor, "feed-expected", tenant, feed, "every " + every.toSeconds() + " s");
        }
    }

    /** @return whether something was expected */
    public boolean remove(String actor, String tenant, String feed) {
        boolean removed =
                database.update("delete from feed_expectation where tenant = ? and feed = ?", tenant, feed) > 0;
        if (removed) {
            rules.audit(actor, "feed-not-expected", tenant, feed, "");
        }
        return removed;
    }

    /** Of all tenants. A signal for each that is silent now; none once it speaks again. */
    List<Signal> silent() {
        Instant now = now();
        return database.query(
                """
                select tenant, feed, interval_seconds, heard from (
                  select e.tenant, e.feed, e.interval_seconds,
                    greatest(e.set_at, coalesce(f.last_heard_at, f.last_recorded_at)) as heard
                  from feed_expectation e join feed f using (tenant, feed)) l
                where heard + interval_seconds * interval '1 second' < ? order by heard limit ?""",
                row -> new Signal(
                        Signal.FEED_SILENT,
                        row.getString(1) + "/" + row.getString(2),
                        1,
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        "expected every " + row.getLong(3) + " s, not heard"),
                now,
                MOST_SILENT);
    }
}
