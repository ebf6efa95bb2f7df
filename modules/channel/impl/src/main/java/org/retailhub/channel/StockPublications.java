package org.retailhub.channel;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.Publication;
import org.retailhub.channel.domain.Publication.State;
import org.retailhub.channel.domain.StockTelling.Level;
import org.retailhub.platform.runtime.sql.Database;

/** What each channel is to show, a row per connection, SKU and place; rows are locked in the order of their keys. Joins the caller's transaction. */
public final class StockPublications {
    /** The location is empty for all that the channel sells from. */
    public record Key(String connection, String sku, String location) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::connection).thenComparing(Key::sku).thenComparing(Key::location);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** One in hand, with what the channel calls it. */
    record InHand(Key key, Publication publication, Level level) {}

    private static final String FIELDS =
            "p.state, p.wanted, p.asked, p.value, p.sent_value, p.sent_at, p.heard_at, p.due_since, p.due_at,"
                    + " p.attempts, p.reason";

    private final Database database;

    StockPublications(Database database) {
        this.database = database;
    }

    /**
     * Something changed: the newest is to be told, once however often this is said.
     *
     * @param movements of the positions that changed, by what is to be told; 0 where no position did
     */
    public void hear(SortedMap<Key, Long> movements, Instant now) {
        if (movements.isEmpty()) {
            return;
        }
        Map<Key, Publication> known = lock(movements.keySet());
        SortedMap<Key, Publication> next = new TreeMap<>();
        movements
                .keySet()
                .forEach(key ->
                        next.put(key, known.containsKey(key) ? known.get(key).heard(now) : Publication.first(now)));
        write(next, movements);
        database.update("""
                insert into stock_delivery (connection, due_at, token, budget, budget_at, failures)
                select distinct k, ?::timestamptz, '', 0, '2000-01-01T00:00:00Z'::timestamptz, 0 from unnest(?) as k
                where not exists (select from stock_delivery d where d.connection = k) order by 1 on conflict do nothing""", now, texts(movements.keySet(), Key::connection));
    }

    private Map<Key, Publication> lock(Collection<Key> keys) {
        Map<Key, Publication> found = new HashMap<>();
        database.query(
                "select p.connection, p.sku, p.location, " + FIELDS + """
                         from unnest(?, ?, ?) as k(connection, sku, location) join stock_publication p using (connection, sku, location)
                        order by 1, 2, 3 for update of p""",
                row -> found.put(key(row), publication(row)),
                texts(keys, Key::connection),
                texts(keys, Key::sku),
                texts(keys, Key::location));
        return found;
    }

    /** What is not mapped waits for it; what waited for stock waits no more. */
    private void write(SortedMap<Key, Publication> rows, Map<Key, Long> movements) {
        Collection<Publication> all = rows.values();
        database.update(
                """
                insert into stock_publication as p (connection, sku, location, state, waits_for, wanted, asked, movement, value, sent_value,
                  sent_at, heard_at, due_since, due_at, attempts, reason)
                select k.connection, k.sku, k.location, k.state,
                  case when l.location is null then 'location' when i.sku is null then 'item' end,
                  k.wanted, k.asked, k.movement, k.value, k.sent_value, k.sent_at, k.heard_at, k.due_since, k.due_at, k.attempts, k.reason
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as k(connection, sku, location, state, wanted, asked, movement,
                  value, sent_value, sent_at, heard_at, due_since, due_at, attempts, reason)
                  left join stock_item i on i.connection = k.connection and i.sku = k.sku
                  left join stock_place l on l.connection = k.connection and l.location = k.location and l.channel_location <> ''
                order by 1, 2, 3
                on conflict (connection, sku, location) do update set state = excluded.state, waits_for = excluded.waits_for,
                  wanted = excluded.wanted, movement = greatest(p.movement, excluded.movement), heard_at = excluded.heard_at,
                  due_since = excluded.due_since, due_at = excluded.due_at, attempts = excluded.attempts, reason = excluded.reason""",
                texts(rows.keySet(), Key::connection),
                texts(rows.keySet(), Key::sku),
                texts(rows.keySet(), Key::location),
                all.stream().map(each -> each.state().wire()).toArray(String[]::new),
                all.stream().map(Publication::wanted).toArray(Long[]::new),
                all.stream().map(Publication::asked).toArray(Long[]::new),
                rows.keySet().stream().map(movements::get).toArray(Long[]::new),
                all.stream().map(Publication::value).toArray(BigDecimal[]::new),
                all.stream().map(Publication::sentValue).toArray(BigDecimal[]::new),
                all.stream().map(Publication::sentAt).toArray(Instant[]::new),
                all.stream().map(Publication::heardAt).toArray(Instant[]::new),
                all.stream().map(Publication::dueSince).toArray(Instant[]::new),
                all.stream().map(Publication::dueAt).toArray(Instant[]::new),
                all.stream().map(Publication::attempts).toArray(Integer[]::new),
                all.stream().map(Publication::reason).toArray(String[]::new));
    }

    /** What was on its way when its sender went away: nobody knows what came of it. */
    void recover(String connection, Instant askAt) {
        List<InHand> left = inHand("p.state = 'sending'", connection, Instant.MAX, Integer.MAX_VALUE);
        for (InHand each : left) {
            store(each.key(), each.publication().unclear("its sender went away before the answer", askAt));
        }
    }

    /** Those whose outcome nobody knows and that may be asked for, the longest due first. */
    List<InHand> unknown(String connection, Instant now, int most) {
        return inHand("p.state = 'unknown' and p.waits_for is null", connection, now, most);
    }

    /** Takes those in hand that are due, the longest due first. */
    List<InHand> take(String connection, Instant now, int most) {
        List<InHand> due = inHand("p.state = 'due' and p.waits_for is null", connection, now, most);
        return due.stream()
                .map(each -> new InHand(each.key(), each.publication().taken(), each.level()))
                .peek(each -> store(each.key(), each.publication()))
                .toList();
    }

    private List<InHand> inHand(String state, String connection, Instant now, int most) {
        return database.query(
                "select p.connection, p.sku, p.location, " + FIELDS + ", i.channel_item, l.channel_location"
                        + " from stock_publication p left join stock_item i using (connection, sku)"
                        + " left join stock_place l using (connection, location) where " + state
                        + " and p.connection = ? and p.due_at <= ?::timestamptz order by p.due_at, p.sku limit ?"
                        + " for update of p skip locked",
                row -> new InHand(
                        key(row),
                        publication(row),
                        new Level(
                                row.getString(15) == null ? "" : row.getString(15),
                                row.getString(16) == null ? "" : row.getString(16))),
                connection,
                now.equals(Instant.MAX) ? "infinity" : now.toString(),
                most);
    }

    /** What the change makes of it as it stands now; nothing if it is not there any more, or not any more in hand. */
    void settle(Key key, Function<Publication, @Nullable Publication> change) {
        Publication now = lock(List.of(key)).get(key);
        Publication next = now == null ? null : change.apply(now);
        if (next != null) {
            store(key, next);
        }
    }

    /** Inventory knew nothing of it: until it does, the channel keeps what it shows. Not if something was heard since it was asked. */
    void waitForStock(Key key) {
        database.update("""
                update stock_publication set waits_for = 'stock'
                where connection = ? and sku = ? and location = ? and wanted = asked""", key.connection(), key.sku(), key.location());
    }

    private void store(Key key, Publication next) {
        database.update(
                """
                update stock_publication set state = ?, wanted = ?, asked = ?, value = ?::numeric, sent_value = ?::numeric,
                  sent_at = ?::timestamptz, heard_at = ?, due_since = ?::timestamptz, due_at = ?, attempts = ?, reason = ?::text
                where connection = ? and sku = ? and location = ?""",
                next.state().wire(),
                next.wanted(),
                next.asked(),
                next.value(),
                next.sentValue(),
                next.sentAt(),
                next.heardAt(),
                next.dueSince(),
                next.dueAt(),
                next.attempts(),
                next.reason(),
                key.connection(),
                key.sku(),
                key.location());
    }

    List<Key> keysOf(String connection, List<String> skus) {
        return database.query(
                "select connection, sku, location from stock_publication where connection = ? and sku = any(?)",
                StockPublications::key,
                connection,
                skus.toArray(String[]::new));
    }

    /** @param sku, state null for all */
    List<Key> keysOf(String connection, @Nullable String sku, @Nullable State state) {
        return database.query(
                """
                select connection, sku, location from stock_publication
                where connection = ? and (sku = ?::text or ?::text is null) and (state = ?::text or ?::text is null)""",
                StockPublications::key,
                connection,
                sku,
                sku,
                state == null ? null : state.wire(),
                state == null ? null : state.wire());
    }

    List<String> skusOf(String connection) {
        return database.query(
                "select distinct sku from stock_publication where connection = ?", row -> row.getString(1), connection);
    }

    /** The channel is told nothing of this place any more. */
    void forget(String connection, String location) {
        database.update("delete from stock_publication where connection = ? and location = ?", connection, location);
    }

    /** What waits for a name of its place, of which there is one for all now. */
    void forgetNameless(String connection) {
        database.update("delete from stock_publication where connection = ? and waits_for = 'location'", connection);
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getString(1), row.getString(2), row.getString(3));
    }

    static Publication publication(ResultSet row) throws SQLException {
        return new Publication(
                State.of(row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                row.getBigDecimal(7),
                row.getBigDecimal(8),
                instant(row, 9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                instant(row, 11),
                row.getObject(12, OffsetDateTime.class).toInstant(),
                row.getInt(13),
                row.getString(14));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String[] texts(Collection<Key> keys, Function<Key, String> field) {
        return keys.stream().map(field).toArray(String[]::new);
    }
}
