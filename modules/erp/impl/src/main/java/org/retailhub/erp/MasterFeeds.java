package org.retailhub.erp;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.domain.Horizon;
import org.retailhub.platform.runtime.sql.Database;

/** Which masters of the ERPs come back for whom, and how far; and what was told of each. In the caller's transaction, if it has one. */
public final class MasterFeeds {
    /**
     * @param horizon null before the first look has ended
     * @param fullAt when all were looked at; null if they are to be
     * @param round how often all were wanted anew
     * @param looks pages kept
     * @param seenAt when a look has ended; before the first, when it was set up
     */
    public record Feed(
            String target,
            String kind,
            String tenant,
            @Nullable Horizon horizon,
            @Nullable Instant fullAt,
            long round,
            long looks,
            Instant seenAt) {}

    /** What was told last of one master, in which round, by which number. */
    public record Told(String content, long round, long sequence) {}

    private final Database database;

    public MasterFeeds(Database database) {
        this.database = database;
    }

    public List<Feed> of(String target) {
        return database.query("""
                select target, kind, tenant, settled_at, horizon_at, horizon_number, full_at, round, looks, seen_at
                from master_feed where target = ? order by kind""", MasterFeeds::feed, target);
    }

    private static Feed feed(ResultSet row) throws SQLException {
        LocalDateTime settledAt = row.getObject(4, LocalDateTime.class);
        OffsetDateTime fullAt = row.getObject(7, OffsetDateTime.class);
        return new Feed(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                settledAt == null
                        ? null
                        : new Horizon(settledAt, row.getObject(5, LocalDateTime.class), row.getLong(6)),
                fullAt == null ? null : fullAt.toInstant(),
                row.getLong(8),
                row.getLong(9),
                row.getObject(10, OffsetDateTime.class).toInstant());
    }

    /** From now on these and no others; another tenant begins at the beginning, and what is put back is told anew. */
    public void set(String target, String tenant, Collection<String> kinds, Instant now) {
        String[] wanted = kinds.stream().sorted().toArray(String[]::new);
        database.update("delete from master_feed where target = ? and kind <> all(?)", target, wanted);
        database.update("""
                insert into master_feed as f (target, tenant, seen_at, kind, round)
                select t.target, t.tenant, ?, k.kind, coalesce((select max(round) + 1 from master_told m
                  where m.target = t.target and m.tenant = t.tenant and m.kind = k.kind), 0)
                from (values (?, ?)) as t(target, tenant), unnest(?) as k(kind)
                on conflict (target, kind) do update set tenant = excluded.tenant, settled_at = null, horizon_at = null,
                  horizon_number = null, full_at = null, looks = f.looks + 1, seen_at = excluded.seen_at
                where f.tenant <> excluded.tenant""", now, target, tenant, wanted);
    }

    /** All of them are read and told anew, each once. @return of how many feeds */
    public int again(String target, Collection<String> kinds) {
        return database.update(
                "update master_feed set round = round + 1, looks = looks + 1, full_at = null where target = ? and kind = any(?)",
                target,
                kinds.toArray(String[]::new));
    }

    /**
     * Claims the right to keep one page more. False if another node kept one since the feed was read, or somebody changed what is wanted: then
     * what was read may be old.
     */
    public boolean mayKeep(Feed feed, long looks) {
        return database.update(
                        "update master_feed set looks = looks + 1 where target = ? and kind = ? and tenant = ? and looks = ?",
                        feed.target(),
                        feed.kind(),
                        feed.tenant(),
                        looks)
                == 1;
    }

    /** Those of which nothing was told have no entry. */
    public Map<Long, Told> told(Feed feed, Collection<Long> ids) {
        Map<Long, Told> told = new HashMap<>();
        database.query(
                """
                select erp_id, content, round, sequence from master_told
                where target = ? and tenant = ? and kind = ? and erp_id = any(?)""",
                row -> told.put(row.getLong(1), new Told(row.getString(2), row.getLong(3), row.getLong(4))),
                feed.target(),
                feed.tenant(),
                feed.kind(),
                ids.toArray(Long[]::new));
        return told;
    }

    public void store(Feed feed, Map<Long, Told> told) {
        if (told.isEmpty()) {
            return;
        }
        List<Long> ids = told.keySet().stream().sorted().toList();
        List<Told> states = ids.stream()
                .map(id -> Objects.requireNonNull(told.get(id), "of its own keys"))
                .toList();
        database.update(
                """
                insert into master_told (target, tenant, kind, erp_id, content, round, sequence)
                select ?, ?, ?, * from unnest(?, ?, ?, ?)
                on conflict (target, tenant, kind, erp_id) do update
                  set content = excluded.content, round = excluded.round, sequence = excluded.sequence""",
                feed.target(),
                feed.tenant(),
                feed.kind(),
                ids.toArray(Long[]::new),
                states.stream().map(Told::content).toArray(String[]::new),
                states.stream().map(Told::round).toArray(Long[]::new),
                states.stream().map(Told::sequence).toArray(Long[]::new));
    }

    /** A look has ended. @param fullAt when it began, if it was at all of them */
    public void seen(Feed feed, Horizon horizon, @Nullable Instant fullAt, Instant now) {
        database.update(
                """
                update master_feed set settled_at = ?::timestamp, horizon_at = ?::timestamp, horizon_number = ?,
                  full_at = coalesce(?::timestamptz, full_at), seen_at = ?
                where target = ? and kind = ?""",
                horizon.settledAt().toString(),
                horizon.at().toString(),
                horizon.number(),
                fullAt,
                now,
                feed.target(),
                feed.kind());
    }
}
