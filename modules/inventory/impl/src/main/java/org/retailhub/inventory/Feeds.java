package org.retailhub.inventory;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.FeedLine;
import org.retailhub.platform.runtime.sql.Database;

/** The rows of feeds and of their gaps. Locked before any position. */
public final class Feeds {
    /** A tenant's feed. */
    record Name(String tenant, String feed) implements Comparable<Name> {
        @Override
        public int compareTo(Name other) {
            int byTenant = tenant.compareTo(other.tenant);
            return byTenant != 0 ? byTenant : feed.compareTo(other.feed);
        }
    }

    /** Numbers that have not come, from the first to the last. */
    public record Gap(long from, long to, Instant noticedAt) {}

    /**
     * What a feed has told so far.
     *
     * @param missing how many numbers have not come
     * @param gaps the first of them
     */
    public record Account(
            String feed,
            long firstSequence,
            long highestSequence,
            long movements,
            long duplicates,
            long conflicts,
            long reordered,
            long late,
            long missing,
            @Nullable Instant lastOccurredAt,
            @Nullable Instant lastRecordedAt,
            List<Gap> gaps,
            FeedExpectations.Freshness freshness) {}

    private static final int MOST_GAPS = 100;

    private final Database database;

    Feeds(Database database) {
        this.database = database;
    }

    /**
     * In the caller's transaction; makes the rows of new feeds.
     *
     * @param numbers by feed those that came, for the gaps they may lie in
     * @param waits whether for rows that others have in hand; else they are left out
     */
    Map<Name, FeedLine> lock(SortedSet<Name> names, Map<Name, List<Long>> numbers, boolean waits) {
        String[] tenants = names.stream().map(Name::tenant).toArray(String[]::new);
        String[] feeds = names.stream().map(Name::feed).toArray(String[]::new);
        database.update("""
                insert into feed (tenant, feed, first_sequence, highest_sequence, movements, duplicates, conflicts, reordered, late)
                select k.tenant, k.feed, 0, 0, 0, 0, 0, 0, 0 from unnest(?, ?) as k(tenant, feed)
                where not exists (select from feed f where f.tenant = k.tenant and f.feed = k.feed)
                order by 1, 2 on conflict do nothing""", tenants, feeds);
        record Row(
                Name name,
                long first,
                long highest,
                @Nullable Instant lastOccurredAt) {}
        List<Row> rows = database.query(
                """
                select f.tenant, f.feed, f.first_sequence, f.highest_sequence, f.last_occurred_at
                from unnest(?, ?) as k(tenant, feed) join feed f using (tenant, feed) order by 1, 2 for update of f""" + (waits ? "" : " skip locked"),
                row -> new Row(
                        new Name(row.getString(1), row.getString(2)),
                        row.getLong(3),
                        row.getLong(4),
                        instant(row.getObject(5, OffsetDateTime.class))),
                tenants,
                feeds);
        Map<Name, Long> highest = new HashMap<>();
        rows.forEach(row -> highest.put(row.name(), row.highest()));
        Map<Name, Map<Long, Long>> gaps = gapsOf(numbers, highest);
        Map<Name, FeedLine> lines = new HashMap<>();
        rows.forEach(row -> lines.put(
                row.name(),
                new FeedLine(
                        row.name().tenant(),
                        row.name().feed(),
                        row.first(),
                        row.highest(),
                        row.lastOccurredAt(),
                        gaps.getOrDefault(row.name(), Map.of()))));
        return lines;
    }

    /** Only what lies below a feed's highest number can lie in a gap. */
    private Map<Name, Map<Long, Long>> gapsOf(Map<Name, List<Long>> numbers, Map<Name, Long> highest) {
        List<String> tenants = new ArrayList<>();
        List<String> feeds = new ArrayList<>();
        List<Long> below = new ArrayList<>();
        numbers.forEach((name, all) -> all.forEach(number -> {
            if (number < highest.getOrDefault(name, 0L)) {
                tenants.add(name.tenant());
                feeds.add(name.feed());
                below.add(number);
            }
        }));
        Map<Name, Map<Long, Long>> gaps = new HashMap<>();
        if (!below.isEmpty()) {
            database.query(
                    """
                    select g.tenant, g.feed, g.first_missing, g.last_missing
                    from unnest(?, ?, ?) as k(tenant, feed, number) join feed_gap g
                      on g.tenant = k.tenant and g.feed = k.feed and g.first_missing <= k.number and g.last_missing >= k.number""",
                    row -> gaps.computeIfAbsent(new Name(row.getString(1), row.getString(2)), name -> new TreeMap<>())
                            .put(row.getLong(3), row.getLong(4)),
                    tenants.toArray(String[]::new),
                    feeds.toArray(String[]::new),
                    below.toArray(Long[]::new));
        }
        return gaps;
    }

    /** In the transaction that locked them. */
    void write(Collection<FeedLine> all, Instant now) {
        List<FeedLine> lines = all.stream()
                .filter(line -> line.movements() + line.duplicates() + line.conflicts() > 0)
                .toList();
        if (lines.isEmpty()) {
            return;
        }
        database.update(
                """
                update feed f set first_sequence = d.first, highest_sequence = d.highest, movements = f.movements + d.movements,
                  duplicates = f.duplicates + d.duplicates, conflicts = f.conflicts + d.conflicts,
                  reordered = f.reordered + d.reordered, late = f.late + d.late, last_occurred_at = d.occurred,
                  last_recorded_at = case when d.movements > 0 then ? else f.last_recorded_at end, last_heard_at = ?
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  as d(tenant, feed, first, highest, movements, duplicates, conflicts, reordered, late, occurred)
                where f.tenant = d.tenant and f.feed = d.feed""",
                now,
                now,
                lines.stream().map(FeedLine::tenant).toArray(String[]::new),
                lines.stream().map(FeedLine::feed).toArray(String[]::new),
                lines.stream().map(FeedLine::first).toArray(Long[]::new),
                lines.stream().map(FeedLine::highest).toArray(Long[]::new),
                lines.stream().map(FeedLine::movements).toArray(Long[]::new),
                lines.stream().map(FeedLine::duplicates).toArray(Long[]::new),
                lines.stream().map(FeedLine::conflicts).toArray(Long[]::new),
                lines.stream().map(FeedLine::reordered).toArray(Long[]::new),
                lines.stream().map(FeedLine::late).toArray(Long[]::new),
                lines.stream().map(FeedLine::lastOccurredAt).toArray(Instant[]::new));
        writeGaps(lines, now);
    }

    private void writeGaps(List<FeedLine> lines, Instant now) {
        List<String[]> closed = new ArrayList<>();
        List<Long> closedFrom = new ArrayList<>();
        List<String[]> opened = new ArrayList<>();
        List<Long> openedFrom = new ArrayList<>();
        List<Long> openedTo = new ArrayList<>();
        for (FeedLine line : lines) {
            String[] name = {line.tenant(), line.feed()};
            line.closedGaps().forEach((from, to) -> {
                closed.add(name);
                closedFrom.add(from);
            });
            line.openedGaps().forEach((from, to) -> {
                opened.add(name);
                openedFrom.add(from);
                openedTo.add(to);
            });
        }
        if (!closed.isEmpty()) {
            database.update(
                    """
                    delete from feed_gap g using unnest(?, ?, ?) as k(tenant, feed, first_missing)
                    where g.tenant = k.tenant and g.feed = k.feed and g.first_missing = k.first_missing""",
                    closed.stream().map(name -> name[0]).toArray(String[]::new),
                    closed.stream().map(name -> name[1]).toArray(String[]::new),
                    closedFrom.toArray(Long[]::new));
        }
        if (!opened.isEmpty()) {
            database.update(
                    "insert into feed_gap (noticed_at, tenant, feed, first_missing, last_missing)"
                            + " select ?, * from unnest(?, ?, ?, ?)",
                    now,
                    opened.stream().map(name -> name[0]).toArray(String[]::new),
                    opened.stream().map(name -> name[1]).toArray(String[]::new),
                    openedFrom.toArray(Long[]::new),
                    openedTo.toArray(Long[]::new));
        }
    }

    /** In order of their names. @param after the last one of the page before, or empty */
    public List<Account> of(String tenant, String after, int most) {
        return database.query(
                """
                select f.feed, f.first_sequence, f.highest_sequence, f.movements, f.duplicates, f.conflicts, f.reordered, f.late,
                  coalesce(g.missing, 0)::bigint, f.last_occurred_at, f.last_recorded_at, g.firsts, g.lasts, g.noticed,
                  coalesce(f.last_heard_at, f.last_recorded_at), e.interval_seconds, e.set_at
                from feed f left join feed_expectation e using (tenant, feed) left join lateral (
                  select sum(last_missing - first_missing + 1) as missing,
                    (array_agg(first_missing order by first_missing))[1:100] as firsts,
                    (array_agg(last_missing order by first_missing))[1:100] as lasts,
                    (array_agg(extract(epoch from noticed_at) * 1000000 order by first_missing)::bigint[])[1:100] as noticed
                  from feed_gap where tenant = f.tenant and feed = f.feed) g on true
                where f.tenant = ? and f.feed > ? order by f.feed limit ?""",
                row -> new Account(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getLong(9),
                        instant(row.getObject(10, OffsetDateTime.class)),
                        instant(row.getObject(11, OffsetDateTime.class)),
                        row.getArray(12) == null
                                ? List.of()
                                : gaps(
                                        (Long[]) row.getArray(12).getArray(),
                                        (Long[]) row.getArray(13).getArray(),
                                        (Long[]) row.getArray(14).getArray()),
                        new FeedExpectations.Freshness(
                                instant(row.getObject(15, OffsetDateTime.class)),
                                row.getObject(16, Long.class),
                                instant(row.getObject(17, OffsetDateTime.class)))),
                tenant,
                after,
                most);
    }

    /** It spoke, though not of movements. In the caller's transaction; makes the row of a new feed. */
    void hear(String tenant, String feed, Instant now) {
        database.update("""
                insert into feed as f (tenant, feed, first_sequence, highest_sequence, movements, duplicates, conflicts, reordered, late,
                  last_heard_at)
                values (?, ?, 0, 0, 0, 0, 0, 0, 0, ?) on conflict (tenant, feed) do update set last_heard_at = excluded.last_heard_at""", tenant, feed, now);
    }

    private static List<Gap> gaps(Long[] firsts, Long[] lasts, Long[] noticed) {
        List<Gap> gaps = new ArrayList<>();
        for (int i = 0; i < firsts.length && i < MOST_GAPS; i++) {
            gaps.add(
                    new Gap(firsts[i], lasts[i], Instant.EPOCH.plus(noticed[i], java.time.temporal.ChronoUnit.MICROS)));
        }
        return gaps;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
