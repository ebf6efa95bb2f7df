package org.retailhub.erp;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.domain.Correction;
import org.retailhub.erp.domain.Posting;
import org.retailhub.platform.runtime.sql.Database;

/** The rows of {@code posting} of one target. In the caller's transaction, if it has one. */
public final class KnownPostings {
    private static final String COLUMNS =
            "business_key, tenant, channel, state, sequence, event_sequence, message_id, traceparent, document_no, document_id,"
                    + " reason, written_at, verdict_at, told, replay_until, correction";
    private static final String SELECT = "select " + COLUMNS + " from posting where target = ? and ";

    /** Where a page ended. */
    public record Mark(Instant writtenAt, String orderId) {
        static final Mark START = new Mark(Instant.EPOCH, "");

        public static Mark of(Posting posting) {
            return new Mark(posting.writtenAt(), posting.orderId());
        }
    }

    private final Database database;
    private final String target;

    public KnownPostings(Database database, String target) {
        this.database = database;
        this.target = target;
    }

    /** Locks the rows in the order of their keys; an order that nothing was posted for has no entry. */
    public Map<String, Posting> lock(Collection<String> orderIds) {
        return byKey("order by business_key for update", orderIds);
    }

    public Map<String, Posting> find(Collection<String> orderIds) {
        return byKey("", orderIds);
    }

    private Map<String, Posting> byKey(String rest, Collection<String> orderIds) {
        Map<String, Posting> found = new HashMap<>();
        database.query(
                SELECT + "business_key = any(?) " + rest,
                row -> {
                    Posting posting = read(row);
                    return found.put(posting.orderId(), posting);
                },
                target,
                orderIds.toArray(String[]::new));
        return found;
    }

    /** Oldest first. @param after null for the first page */
    public List<Posting> page(PostingState state, @Nullable Mark after, int limit) {
        Mark from = after == null ? Mark.START : after;
        // The state is part of the statement, or a partial index would not be used.
        return database.query(
                SELECT + "state = '" + stored(state)
                        + "' and (written_at, business_key) > (?, ?) order by written_at, business_key limit ?",
                KnownPostings::read,
                target,
                from.writtenAt(),
                from.orderId(),
                limit);
    }

    /** Newest order first. @param tenant null for all @param channels empty for all @param before null for the first page */
    public List<Posting> search(
            @Nullable PostingState state,
            @Nullable String tenant,
            Set<String> channels,
            @Nullable String before,
            int limit) {
        return database.query(
                SELECT + """
                        (?::text is null or state = ?) and (?::text is null or tenant = ?)
                          and (cardinality(?::text[]) = 0 or channel = any (?))
                          and (?::text is null or business_key < ?) order by business_key desc limit ?""",
                KnownPostings::read,
                target,
                state == null ? null : stored(state),
                state == null ? null : stored(state),
                tenant,
                tenant,
                channels.toArray(String[]::new),
                channels.toArray(String[]::new),
                before,
                before,
                limit);
    }

    /** Those written in a time, by order. @param after the last page's last order, or empty */
    public List<Posting> between(Instant from, Instant to, String after, int limit) {
        return database.query(SELECT + """
                        business_key > ? and written_at >= ? and written_at < ?
                        order by business_key limit ?""", KnownPostings::read, target, after, from, to, limit);
    }

    /** Under the rows' locks: the orders' messages up to these numbers come again. */
    public void replay(List<String> orderIds, List<Long> until) {
        database.update("""
                update posting p set replay_until = greatest(p.replay_until, r.number)
                from unnest(?, ?) as r(business_key, number) where p.target = ? and p.business_key = r.business_key""", orderIds.toArray(String[]::new), until.toArray(Long[]::new), target);
    }

    /** How many wait for the ERP, and since when the oldest does. */
    public Waiting waiting() {
        return database.queryOne(
                        """
                        select (select count(*) from posting where target = ? and state = 'written'),
                          (select min(written_at) from posting where target = ? and state = 'written'),
                          (select count(*) from posting where target = ? and state = 'rejected')""",
                        row -> new Waiting(row.getLong(1), instant(row, 2), row.getLong(3)),
                        target,
                        target,
                        target)
                .orElseThrow();
    }

    public record Waiting(long written, @Nullable Instant oldestWrittenAt, long rejected) {}

    /** New ones are inserted, known ones replaced; one statement for all. */
    public void store(List<Posting> postings) {
        if (postings.isEmpty()) {
            return;
        }
        int n = postings.size();
        String[][] texts = new String[11][n];
        Long[][] numbers = new Long[3][n];
        Instant[][] times = new Instant[2][n];
        for (int i = 0; i < n; i++) {
            Posting posting = postings.get(i);
            texts[0][i] = posting.orderId();
            texts[1][i] = posting.tenant();
            texts[2][i] = posting.channel();
            texts[3][i] = stored(posting.state());
            numbers[0][i] = posting.sequence();
            numbers[1][i] = posting.eventSequence();
            texts[4][i] = posting.messageId();
            texts[5][i] = posting.traceparent();
            texts[6][i] = posting.documentNo();
            texts[7][i] = posting.documentId();
            texts[8][i] = posting.reason();
            times[0][i] = posting.writtenAt();
            times[1][i] = posting.verdictAt();
            texts[9][i] = posting.told() == null ? null : stored(posting.told());
            numbers[2][i] = posting.replayUntil();
            texts[10][i] =
                    posting.correction() == null ? null : posting.correction().stored();
        }
        database.update(
                "insert into posting (target, " + COLUMNS + """
                        ) select ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (target, business_key) do update set state = excluded.state, sequence = excluded.sequence,
                          event_sequence = excluded.event_sequence, message_id = excluded.message_id,
                          traceparent = excluded.traceparent, document_no = excluded.document_no,
                          document_id = excluded.document_id, reason = excluded.reason, written_at = excluded.written_at,
                          verdict_at = excluded.verdict_at, told = excluded.told,
                          correction = excluded.correction""",
                target,
                texts[0],
                texts[1],
                texts[2],
                texts[3],
                numbers[0],
                numbers[1],
                texts[4],
                texts[5],
                texts[6],
                texts[7],
                texts[8],
                times[0],
                times[1],
                texts[9],
                numbers[2],
                texts[10]);
    }

    private static Posting read(ResultSet row) throws SQLException {
        String told = row.getString(14);
        String correction = row.getString(16);
        return new Posting(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                state(row.getString(4)),
                row.getLong(5),
                row.getLong(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getObject(12, OffsetDateTime.class).toInstant(),
                instant(row, 13),
                told == null ? null : state(told),
                row.getLong(15),
                correction == null ? null : Correction.of(correction));
    }

    private static PostingState state(String stored) {
        return PostingState.valueOf(stored.toUpperCase(Locale.ROOT));
    }

    public static String stored(PostingState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
