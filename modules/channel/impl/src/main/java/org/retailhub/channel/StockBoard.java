package org.retailhub.channel;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.Publication.State;
import org.retailhub.platform.kernel.Insight.Signal;
import org.retailhub.platform.runtime.sql.Database;

/** How far channels are told of stock, for who looks. Reads only. */
public final class StockBoard {
    /** The location is empty for all that the channel sells from. */
    public record Place(String sku, String location) {}

    /** As operators see it. */
    public record Entry(
            Place place,
            State state,
            @Nullable String waitsFor,
            @Nullable String channelItem,
            @Nullable String channelLocation,
            long movement,
            @Nullable BigDecimal sentValue,
            @Nullable Instant sentAt,
            @Nullable Instant dueSince,
            Instant dueAt,
            int attempts,
            @Nullable String reason) {}

    /** @param counts by state; @param dueSince since when the connection lacks what it lacks longest; null if it has all */
    public record Summary(
            Map<String, Long> counts,
            @Nullable Instant dueSince,
            @Nullable String lastError) {}

    private final Database database;

    StockBoard(Database database) {
        this.database = database;
    }

    /** In the order of SKUs and locations. @param state null for all; @param after null for the first page */
    public List<Entry> page(String connection, @Nullable State state, @Nullable Place after, int limit) {
        String wanted = state == null ? null : state.wire();
        return database.query(
                """
                select p.sku, p.location, p.state, p.waits_for, i.channel_item, nullif(l.channel_location, ''), p.movement, p.sent_value,
                  p.sent_at, p.due_since, p.due_at, p.attempts, p.reason
                from stock_publication p left join stock_item i using (connection, sku)
                  left join stock_place l on l.connection = p.connection and l.location = p.location
                where p.connection = ? and (p.sku, p.location) > (?, ?) and (p.state = ?::text or ?::text is null)
                order by p.sku, p.location limit ?""",
                StockBoard::entry,
                connection,
                after == null ? "" : after.sku(),
                after == null ? "" : after.location(),
                wanted,
                wanted,
                limit);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new Place(row.getString(1), row.getString(2)),
                State.of(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                row.getBigDecimal(8),
                instant(row, 9),
                instant(row, 10),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                row.getInt(12),
                row.getString(13));
    }

    public Summary summary(String connection) {
        Map<String, Long> counts = new HashMap<>();
        List<Instant> oldest = new ArrayList<>();
        database.query(
                "select state, count(*), min(due_since) from stock_publication where connection = ? group by state",
                row -> {
                    Instant since = instant(row, 3);
                    if (since != null) {
                        oldest.add(since);
                    }
                    return counts.put(row.getString(1), row.getLong(2));
                },
                connection);
        return new Summary(
                counts,
                oldest.stream().min(Instant::compareTo).orElse(null),
                Deliveries.ofStock(database)
                        .state(connection)
                        .map(Deliveries.State::lastError)
                        .orElse(null));
    }

    /** Of each connection that lacks something: what is on its way to it, and what waits for somebody. */
    List<Signal> signals() {
        List<Signal> signals = new ArrayList<>();
        database.query("""
                select p.connection, coalesce(d.last_error, ''),
                  count(*) filter (where p.waits_for is null and p.state <> 'failed'),
                  min(p.due_since) filter (where p.waits_for is null and p.state <> 'failed'),
                  count(*) filter (where p.waits_for is not null), min(p.due_since) filter (where p.waits_for is not null),
                  count(*) filter (where p.state = 'failed'), min(p.due_since) filter (where p.state = 'failed'), max(p.reason)
                from stock_publication p left join stock_delivery d using (connection) where p.due_since is not null
                group by 1, 2 order by 1""", row -> {
            String connection = row.getString(1);
            signals.add(new Signal(Signal.STOCK_DUE, connection, row.getLong(3), instant(row, 4), row.getString(2)));
            signals.add(new Signal(Signal.STOCK_UNMAPPED, connection, row.getLong(5), instant(row, 6), ""));
            return signals.add(new Signal(
                    Signal.STOCK_REFUSED,
                    connection,
                    row.getLong(7),
                    instant(row, 8),
                    row.getString(9) == null ? "" : row.getString(9)));
        });
        return signals;
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
