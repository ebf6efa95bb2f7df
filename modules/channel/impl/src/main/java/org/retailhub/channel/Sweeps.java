package org.retailhub.channel;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.sql.Database;

/** How far each channel was asked, when it is asked next, and which documents are wanted whole. Joins the caller's transaction. */
public final class Sweeps {
    /** A document of which only a part came, with the payload that brought it. */
    public record Wanted(String connection, String document, String payloadId) {}

    /** As operators see it. */
    public record State(
            Instant watermark,
            Instant dueAt,
            @Nullable Instant askedAt,
            int failures,
            @Nullable String lastError,
            long wanted) {}

    /** A connection that is ours to ask for a while. */
    record Claim(String connection, Instant watermark, int failures) {}

    private final Database database;

    Sweeps(Database database) {
        this.database = database;
    }

    void register(String connection, Instant now) {
        database.update(
                "insert into sweep (connection, watermark, due_at) values (?, ?, ?) on conflict do nothing",
                connection,
                now,
                now);
    }

    /** The one that is due longest, if any; nobody else gets it until then. */
    Optional<Claim> claim(Instant now, Instant until) {
        return database.queryOne(
                """
                update sweep set due_at = ? where connection = (
                  select s.connection from sweep s join connection c on c.code = s.connection
                  where s.due_at <= ? and c.active and c.api_url is not null
                  order by s.due_at limit 1 for update of s skip locked)
                returning connection, watermark, failures""",
                row -> new Claim(
                        row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant(), row.getInt(3)),
                until,
                now);
    }

    /** Everything up to the watermark has been seen; somebody who set it back meanwhile is not overruled. */
    void advance(String connection, Instant from, Instant to, Instant dueAt, Instant now) {
        database.update("""
                update sweep set watermark = case when watermark = ? then ? else watermark end,
                  due_at = case when watermark = ? then ? else ? end, asked_at = ?, failures = 0, last_error = null
                where connection = ?""", from, to, from, dueAt, now, now, connection);
    }

    /** Due again at once if something came to be wanted meanwhile. */
    void rest(String connection, Instant watermark, Instant dueAt, Instant now) {
        database.update("""
                update sweep s set due_at = case when watermark <> ?
                  or exists (select 1 from wanted w where w.connection = s.connection) then ? else ? end
                where connection = ?""", watermark, now, dueAt, connection);
    }

    void busy(String connection, Instant dueAt) {
        database.update("update sweep set due_at = ? where connection = ?", dueAt, connection);
    }

    void failed(String connection, String why, Instant dueAt, Instant now) {
        database.update("""
                update sweep set due_at = ?, asked_at = ?, failures = failures + 1, last_error = ?
                where connection = ?""", dueAt, now, why, connection);
    }

    /** @return whether there is such a connection */
    boolean startAt(String connection, Instant since, Instant now) {
        return database.update(
                        "update sweep set watermark = ?, due_at = ? where connection = ?", since, now, connection)
                == 1;
    }

    public void want(List<Wanted> documents, Instant now) {
        if (documents.isEmpty()) {
            return;
        }
        String[] connections = documents.stream().map(Wanted::connection).toArray(String[]::new);
        database.update(
                """
                insert into wanted (wanted_at, connection, document, payload_id) select ?, * from unnest(?, ?, ?)
                on conflict do nothing""",
                now,
                connections,
                documents.stream().map(Wanted::document).toArray(String[]::new),
                documents.stream().map(Wanted::payloadId).toArray(String[]::new));
        database.update("""
                update sweep set due_at = ? where connection in (
                  select connection from sweep where connection = any(?) and due_at > ? and failures = 0
                  order by connection for update)""", now, connections, now);
    }

    List<Wanted> wanted(String connection, int limit) {
        return database.query(
                """
                select connection, document, payload_id from wanted where connection = ?
                order by wanted_at, document limit ?""", row -> new Wanted(row.getString(1), row.getString(2), row.getString(3)), connection, limit);
    }

    /** After all others. */
    void wantLater(Wanted wanted, Instant now) {
        database.update(
                "update wanted set wanted_at = ? where connection = ? and document = ?",
                now,
                wanted.connection(),
                wanted.document());
    }

    void noMoreWanted(Wanted wanted) {
        database.update(
                "delete from wanted where connection = ? and document = ?", wanted.connection(), wanted.document());
    }

    public @Nullable State state(String connection) {
        return database.queryOne(
                        """
                        select watermark, due_at, asked_at, failures, last_error,
                          (select count(*) from wanted w where w.connection = s.connection)
                        from sweep s where connection = ?""",
                        row -> new State(
                                row.getObject(1, OffsetDateTime.class).toInstant(),
                                row.getObject(2, OffsetDateTime.class).toInstant(),
                                instant(row.getObject(3, OffsetDateTime.class)),
                                row.getInt(4),
                                row.getString(5),
                                row.getLong(6)),
                        connection)
                .orElse(null);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
