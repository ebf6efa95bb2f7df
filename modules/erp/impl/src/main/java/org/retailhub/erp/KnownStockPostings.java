package org.retailhub.erp;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.domain.StockPosting;
import org.retailhub.erp.domain.StockPosting.State;
import org.retailhub.platform.runtime.sql.Database;

/** The rows of {@code stock_posting} of one ERP. In the caller's transaction, if it has one. */
public final class KnownStockPostings {
    private static final String COLUMNS =
            "business_key, tenant, feed, source_key, kind, state, message_id, traceparent, order_id, document_id, reason, written_at,"
                    + " verdict_at, told_at";

    /** Where a page ended. */
    public record Mark(Instant writtenAt, String key) {
        static final Mark START = new Mark(Instant.EPOCH, "");

        public static Mark of(StockPosting posting) {
            return new Mark(posting.writtenAt(), posting.key());
        }
    }

    /** A movement that waited for its order, and the order's document. */
    public record Matched(String key, @Nullable String documentId) {}

    private final Database database;
    private final String target;

    public KnownStockPostings(Database database, String target) {
        this.database = database;
        this.target = target;
    }

    /** Locks the rows in the order of their keys. */
    public Map<String, StockPosting> lock(Collection<String> keys) {
        return byKey(" order by business_key for update", keys);
    }

    public Map<String, StockPosting> find(Collection<String> keys) {
        return byKey("", keys);
    }

    private Map<String, StockPosting> byKey(String rest, Collection<String> keys) {
        Map<String, StockPosting> found = new HashMap<>();
        database.query(
                "select " + COLUMNS + " from stock_posting where target = ? and business_key = any(?)" + rest,
                row -> {
                    StockPosting posting = read(row);
                    return found.put(posting.key(), posting);
                },
                target,
                keys.toArray(String[]::new));
        return found;
    }

    /** Oldest first. @param after null for the first page */
    public List<StockPosting> page(State state, @Nullable Mark after, int limit) {
        Mark from = after == null ? Mark.START : after;
        // The state is part of the statement, or a partial index would not be used.
        return database.query(
                "select " + COLUMNS + " from stock_posting where target = ? and state = '" + state.stored()
                        + "' and (written_at, business_key) > (?, ?) order by written_at, business_key limit ?",
                KnownStockPostings::read,
                target,
                from.writtenAt(),
                from.key(),
                limit);
    }

    /** Those written in a time, by key; without those that their orders tell. @param after the last page's last key, or empty */
    public List<StockPosting> between(Instant from, Instant to, String after, int limit) {
        return database.query("select " + COLUMNS + """
                         from stock_posting where target = ? and order_id is null and business_key > ? and written_at >= ? and written_at < ?
                        order by business_key limit ?""", KnownStockPostings::read, target, after, from, to, limit);
    }

    /** Those that wait for an order which the ERP has acknowledged, whatever became of it after. */
    public List<Matched> acknowledged(int limit) {
        return database.query("""
                select s.business_key, p.document_id from stock_posting s join posting p
                  on p.target = s.target and p.business_key = s.order_id and p.tenant = s.tenant
                where s.target = ? and s.state = 'by-order' and (p.state = 'acknowledged' or p.correction is not null) limit ?""", row -> new Matched(row.getString(1), row.getString(2)), target, limit);
    }

    /** How many wait for the ERP, since when the oldest does, and how many it refused. */
    public KnownPostings.Waiting waiting() {
        return database.queryOne(
                        """
                        select count(*) filter (where state = 'written'), min(written_at) filter (where state = 'written'),
                          count(*) filter (where state = 'rejected') from stock_posting
                        where target = ? and state in ('written', 'rejected')""", row -> new KnownPostings.Waiting(row.getLong(1), instant(row, 2), row.getLong(3)), target)
                .orElseThrow();
    }

    /** New ones are inserted, known ones replaced; one statement for all. */
    public void store(List<StockPosting> postings) {
        if (postings.isEmpty()) {
            return;
        }
        database.update(
                "insert into stock_posting (target, " + COLUMNS + """
                        ) select ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (target, business_key) do update set state = excluded.state, message_id = excluded.message_id,
                          document_id = excluded.document_id, reason = excluded.reason, written_at = excluded.written_at,
                          verdict_at = excluded.verdict_at, told_at = excluded.told_at""",
                target,
                texts(postings, StockPosting::key),
                texts(postings, StockPosting::tenant),
                texts(postings, StockPosting::feed),
                texts(postings, StockPosting::sourceKey),
                texts(postings, StockPosting::kind),
                texts(postings, posting -> posting.state().stored()),
                texts(postings, StockPosting::messageId),
                texts(postings, StockPosting::traceparent),
                texts(postings, StockPosting::orderId),
                texts(postings, StockPosting::documentId),
                texts(postings, StockPosting::reason),
                postings.stream().map(StockPosting::writtenAt).toArray(Instant[]::new),
                postings.stream().map(StockPosting::verdictAt).toArray(Instant[]::new),
                postings.stream().map(StockPosting::toldAt).toArray(Instant[]::new));
    }

    private static @Nullable String[] texts(
            List<StockPosting> postings, Function<StockPosting, @Nullable String> value) {
        return postings.stream().map(value).toArray(String[]::new);
    }

    private static StockPosting read(ResultSet row) throws SQLException {
        return new StockPosting(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                State.of(row.getString(6)),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getObject(12, OffsetDateTime.class).toInstant(),
                instant(row, 13),
                instant(row, 14));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
