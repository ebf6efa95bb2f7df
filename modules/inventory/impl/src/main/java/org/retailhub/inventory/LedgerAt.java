package org.retailhub.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.Suspicion;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What the ledger has of positions as of a time at which somebody counted: by when things happened, unlike {@link StockHistory}, which tells
 * what was believed. One statement whatever the number.
 */
final class LedgerAt {
    /** No movement is told longer before it happens. */
    private static final Duration AHEAD = Duration.ofDays(1);

    private static final Duration NEAR = Duration.ofDays(7);
    private static final int MOST_NEAR = 100;

    private final Database database;

    LedgerAt(Database database) {
        this.database = database;
    }

    /** Positions that there are not are left out. */
    Map<PositionKey, Comparison> compare(String tenant, Collection<PositionKey> keys, Instant at) {
        Map<PositionKey, Comparison> found = new HashMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        // Rows are numbered in the order of recording: what was recorded a day before the time had happened by then,
        // and its
        // balance stands for all of it.
        database.query(
                """
                select p.sku, p.location, p.unit, coalesce(b.on_hand_after, 0) + coalesce(s.by_then, 0), coalesce(s.late, 0),
                  coalesce(s.corrected, false), p.unknown_to_erp
                from unnest(?, ?) as k(sku, location)
                  join position p on p.tenant = ? and p.sku = k.sku and p.location = k.location
                  left join lateral (select number, on_hand_after from movement
                    where tenant = p.tenant and sku = p.sku and location = p.location and recorded_at < ?
                    order by number desc limit 1) b on true
                  left join lateral (select sum(on_hand_change) filter (where occurred_at <= ?) as by_then,
                      sum(on_hand_change) filter (where occurred_at <= ? and recorded_at > ? and feed <> ?) as late,
                      bool_or(feed = ? and occurred_at > ?) as corrected
                    from movement where tenant = p.tenant and sku = p.sku and location = p.location
                      and number > coalesce(b.number, 0)) s on true""",
                row -> found.put(
                        new PositionKey(tenant, row.getString(1), row.getString(2)),
                        new Comparison(
                                row.getString(3).isEmpty() ? null : row.getString(3),
                                row.getBigDecimal(4),
                                row.getBigDecimal(5),
                                row.getBoolean(6),
                                row.getBigDecimal(7))),
                Positions.skus(keys),
                Positions.locations(keys),
                tenant,
                at.minus(AHEAD),
                at,
                at,
                at,
                Entry.SNAPSHOTS,
                Entry.SNAPSHOTS,
                at);
        return found;
    }

    /** What happened around a time, and what is missing of the feeds that told it. */
    record Around(List<LedgerRow> movements, List<Suspicion.Gap> gaps) {
        static final Around NOTHING = new Around(List.of(), List.of());
    }

    /** Of each position the last movements up to a day after the time, and the gaps beside those. */
    Map<PositionKey, Around> around(String tenant, Collection<PositionKey> keys, Instant at) {
        Map<PositionKey, Around> around = new HashMap<>();
        if (keys.isEmpty()) {
            return around;
        }
        List<LedgerRow> rows = database.query(
                "select " + Ledger.COLUMNS + """

                from unnest(?, ?) as k(sku, location) join lateral (select * from movement m
                  where m.tenant = ? and m.sku = k.sku and m.location = k.location and m.on_hand_change <> 0 and m.feed <> ?
                    and m.occurred_at between ? and ? order by m.number desc limit ?) m on true""",
                Ledger::read,
                Positions.skus(keys),
                Positions.locations(keys),
                tenant,
                Entry.SNAPSHOTS,
                at.minus(NEAR),
                at.plus(AHEAD),
                MOST_NEAR);
        rows.forEach(
                row -> around.computeIfAbsent(row.position(), key -> new Around(new ArrayList<>(), new ArrayList<>()))
                        .movements()
                        .add(row));
        gaps(tenant, at, around);
        return around;
    }

    /** A gap is near if it showed itself around that time. */
    private void gaps(String tenant, Instant at, Map<PositionKey, Around> around) {
        Map<String, List<Suspicion.Gap>> byFeed = new HashMap<>();
        String[] feeds = around.values().stream()
                .flatMap(each -> each.movements().stream())
                .map(row -> row.entry().feed())
                .distinct()
                .toArray(String[]::new);
        database.query(
                """
                select g.feed, g.first_missing, g.last_missing from unnest(?) as k(feed)
                  join feed_gap g on g.tenant = ? and g.feed = k.feed
                where g.noticed_at between ? and ? order by 1, 2 limit 1000""",
                row -> byFeed.computeIfAbsent(row.getString(1), feed -> new ArrayList<>())
                        .add(new Suspicion.Gap(row.getString(1), row.getLong(2), row.getLong(3))),
                feeds,
                tenant,
                at.minus(NEAR),
                at.plus(AHEAD));
        around.values().forEach(each -> each.movements().stream()
                .map(row -> row.entry().feed())
                .distinct()
                .forEach(feed -> each.gaps().addAll(byFeed.getOrDefault(feed, List.of()))));
    }
}
