package org.retailhub.inventory;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.Cause;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.runtime.sql.Database;

/** The rows of differences between a count and the ledger. Locked before any position. */
public final class Drifts {
    /** That it waits for a person. */
    public static final String QUEUED = "queued";

    /**
     * A difference.
     *
     * @param expected what the ledger had, as it was compared last
     * @param drift what was counted less what is meant by expected
     * @param corrected what was booked for it
     * @param movement the correction's number in the position's ledger; null if none was booked
     */
    public record Drift(
            String id,
            PositionKey position,
            String snapshotId,
            String source,
            String system,
            String unit,
            long line,
            Instant takenAt,
            BigDecimal counted,
            BigDecimal drift,
            String state,
            Cause cause,
            Instant noticedAt,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy,
            @Nullable String reason,
            BigDecimal corrected,
            @Nullable Long movement) {
        /** What was meant to be there. */
        public BigDecimal expected() {
            return counted.subtract(drift);
        }
    }

    /** What is asked for; empty text for any. @param after the last one of the page before, or empty */
    public record Question(
            String tenant, String snapshotId, String state, String source, String sku, String location, String after) {}

    private static final String COLUMNS = """
            drift_id, tenant, sku, location, snapshot_id, source, system, unit, line, taken_at, counted, counted - expected, state, cause,
            cause_detail, cause_feed, cause_first, cause_last, cause_movements, noticed_at, decided_at, decided_by, reason, corrected,
            movement_number""";

    private final Database database;

    Drifts(Database database) {
        this.database = database;
    }

    void add(List<Drift> drifts) {
        if (drifts.isEmpty()) {
            return;
        }
        List<PositionKey> keys = drifts.stream().map(Drift::position).toList();
        database.update(
                """
                insert into drift (drift_id, tenant, sku, location, snapshot_id, source, system, unit, line, taken_at, counted, expected,
                  state, cause, cause_detail, cause_feed, cause_first, cause_last, cause_movements, noticed_at, corrected, movement_number)
                select d.id, d.tenant, d.sku, d.location, d.snapshot, d.source, d.system, d.unit, d.line, d.taken_at, d.counted, d.expected,
                  d.state, d.cause, d.detail, d.feed, d.first, d.last, string_to_array(d.movements, ' ')::bigint[], d.noticed_at,
                  d.corrected, d.movement
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as d(id, tenant, sku, location, snapshot,
                  source, system, unit, line, taken_at, counted, expected, state, cause, detail, feed, first, last, movements, noticed_at,
                  corrected, movement)""",
                drifts.stream().map(Drift::id).toArray(String[]::new),
                Positions.tenants(keys),
                Positions.skus(keys),
                Positions.locations(keys),
                drifts.stream().map(Drift::snapshotId).toArray(String[]::new),
                drifts.stream().map(Drift::source).toArray(String[]::new),
                drifts.stream().map(Drift::system).toArray(String[]::new),
                drifts.stream().map(Drift::unit).toArray(String[]::new),
                drifts.stream().map(Drift::line).toArray(Long[]::new),
                drifts.stream().map(Drift::takenAt).toArray(Instant[]::new),
                drifts.stream().map(Drift::counted).toArray(BigDecimal[]::new),
                drifts.stream().map(Drift::expected).toArray(BigDecimal[]::new),
                drifts.stream().map(Drift::state).toArray(String[]::new),
                drifts.stream().map(each -> each.cause().kind().wire()).toArray(String[]::new),
                drifts.stream().map(each -> each.cause().detail()).toArray(String[]::new),
                drifts.stream().map(each -> each.cause().feed()).toArray(String[]::new),
                drifts.stream().map(each -> each.cause().first()).toArray(Long[]::new),
                drifts.stream().map(each -> each.cause().last()).toArray(Long[]::new),
                drifts.stream()
                        .map(each -> String.join(
                                " ",
                                each.cause().movements().stream()
                                        .map(String::valueOf)
                                        .toList()))
                        .toArray(String[]::new),
                drifts.stream().map(Drift::noticedAt).toArray(Instant[]::new),
                drifts.stream().map(Drift::corrected).toArray(BigDecimal[]::new),
                drifts.stream().map(Drift::movement).toArray(Long[]::new));
    }

    /** Those of these positions that wait for a person, locked in one order. */
    List<Drift> lockQueued(Collection<PositionKey> keys) {
        return keys.isEmpty()
                ? List.of()
                : database.query(
                        "select " + COLUMNS + " " + """
                                from drift where state = 'queued'
                                  and (tenant, sku, location) in (select * from unnest(?, ?, ?)) order by drift_id for update""",
                        Drifts::read,
                        Positions.tenants(keys),
                        Positions.skus(keys),
                        Positions.locations(keys));
    }

    /** Nothing is to be decided about them any more. */
    void supersede(List<Drift> drifts, Instant now) {
        if (!drifts.isEmpty()) {
            database.update(
                    "update drift set state = 'superseded', decided_at = ? where drift_id = any (?) and state = 'queued'",
                    now,
                    drifts.stream().map(Drift::id).toArray(String[]::new));
        }
    }

    /** What a person decided. */
    void decide(
            Drift drift,
            String state,
            String by,
            @Nullable String reason,
            BigDecimal corrected,
            @Nullable Long movement,
            Instant now) {
        database.update("""
                update drift set state = ?, decided_at = ?, decided_by = ?, reason = ?, corrected = ?, movement_number = ?::bigint
                where drift_id = ?""", state, now, by, reason, corrected, movement, drift.id());
    }

    /** It was compared again. */
    void compared(Drift drift, BigDecimal difference, Cause cause) {
        database.update(
                """
                update drift set expected = counted - ?::numeric, cause = ?, cause_detail = ?, cause_feed = ?, cause_first = ?::bigint,
                  cause_last = ?::bigint, cause_movements = ? where drift_id = ?""",
                difference,
                cause.kind().wire(),
                cause.detail(),
                cause.feed(),
                cause.first(),
                cause.last(),
                cause.movements().toArray(Long[]::new),
                drift.id());
    }

    public Optional<Drift> of(String id) {
        return database.queryOne("select " + COLUMNS + " from drift where drift_id = ?", Drifts::read, id);
    }

    /** In the order in which they were noticed. */
    public List<Drift> of(Question asked, int most) {
        List<String> conditions = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        Stream.of(
                        new String[] {"tenant = ?", asked.tenant()},
                        new String[] {"snapshot_id = ?", asked.snapshotId()},
                        new String[] {"state = ?", asked.state()},
                        new String[] {"source = ?", asked.source()},
                        new String[] {"sku = ?", asked.sku()},
                        new String[] {"location = ?", asked.location()},
                        new String[] {"drift_id > ?", asked.after()})
                .filter(each -> !each[1].isEmpty())
                .forEach(each -> {
                    conditions.add(each[0]);
                    values.add(each[1]);
                });
        values.add(most);
        return database.query(
                "select " + COLUMNS + " from drift where " + String.join(" and ", conditions)
                        + " order by drift_id limit ?",
                Drifts::read,
                values.toArray());
    }

    private static Drift read(ResultSet row) throws SQLException {
        OffsetDateTime decided = row.getObject(21, OffsetDateTime.class);
        return new Drift(
                row.getString(1),
                new PositionKey(row.getString(2), row.getString(3), row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                row.getBigDecimal(11),
                row.getBigDecimal(12),
                row.getString(13),
                new Cause(
                        Cause.Kind.valueOf(
                                row.getString(14).toUpperCase(Locale.ROOT).replace('-', '_')),
                        row.getString(15),
                        row.getString(16),
                        row.getObject(17, Long.class),
                        row.getObject(18, Long.class),
                        List.of((Long[]) row.getArray(19).getArray())),
                row.getObject(20, OffsetDateTime.class).toInstant(),
                decided == null ? null : decided.toInstant(),
                row.getString(22),
                row.getString(23),
                row.getBigDecimal(24),
                row.getObject(25, Long.class));
    }
}
