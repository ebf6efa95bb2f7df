package org.retailhub.inventory;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.SnapshotHeader;
import org.retailhub.inventory.canonical.SnapshotLine;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/** The rows of snapshots, of their lines as they came, of what was counted and of what was wrong. */
public final class Snapshots {
    /**
     * A snapshot as it stands.
     *
     * @param columns the first line of a CSV file; empty for JSON
     * @param lines of the body
     * @param doneLine the last one that is taken in
     */
    public record Known(
            String id,
            String tenant,
            SnapshotHeader header,
            String format,
            String columns,
            String hash,
            long bytes,
            String state,
            Instant receivedAt,
            @Nullable Instant finishedAt,
            long lines,
            long doneLine,
            Tally tally,
            String traceparent) {}

    /** How many positions were found so or so. @param faulty lines that say nothing usable */
    public record Tally(
            long counted, long faulty, long matching, long ignored, long corrected, long queued, long superseded) {
        static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, 0);
    }

    /** What is wrong with a line. */
    public record Fault(long line, String field, String message) {}

    /** Lines as they came. */
    record Piece(long firstLine, byte[] content) {}

    /** A position that was named, and what became of it. */
    record Counted(PositionKey position, long line, SnapshotLine.Count count, Comparison comparison, String verdict) {}

    private static final String COLUMNS = """
            snapshot_id, tenant, source, source_key, system, taken_at, format, columns, hash, bytes, state, received_at, finished_at,
            lines, done_line, counted, faulty, matching, ignored, corrected, queued, superseded, traceparent""";

    private final Database database;

    Snapshots(Database database) {
        this.database = database;
    }

    /** Before its first piece. */
    void begin(String id, String tenant, SnapshotHeader header, String format, String by, String trace, Instant now) {
        database.update(
                """
                insert into snapshot (snapshot_id, tenant, source, source_key, system, taken_at, format, columns, hash, bytes, state,
                  received_at, received_by, lines, done_line, counted, faulty, matching, ignored, corrected, queued, superseded, node,
                  touched_at, attempts, not_before, traceparent)
                values (?, ?, ?, ?, ?, ?, ?, '', '', 0, 'receiving', ?, ?, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', ?, 0, ?, ?)""",
                id,
                tenant,
                header.source(),
                header.key(),
                header.system(),
                header.takenAt(),
                format,
                now,
                by,
                now,
                now,
                trace);
    }

    void keep(String id, LinePieces.Piece piece, Instant now) {
        database.update(
                "insert into snapshot_piece (snapshot_id, first_line, lines, content) values (?, ?, ?, ?)",
                id,
                piece.firstLine(),
                piece.lines(),
                piece.content());
        database.update("update snapshot set touched_at = ? where snapshot_id = ?", now, id);
    }

    /** All of it is there. Twins follow each other: ask {@link #of} before, with {@link #lock}. */
    void received(String id, String columns, String hash, long bytes, long lines, Instant now) {
        database.update("""
                update snapshot set state = 'received', columns = ?, hash = ?, bytes = ?, lines = ?, received_at = ?, touched_at = ?
                where snapshot_id = ? and state = 'receiving'""", columns, hash, bytes, lines, now, now, id);
    }

    /** Those of one name follow each other. */
    void lock(String tenant, SnapshotHeader header) {
        database.query(
                "select pg_advisory_xact_lock(hashtextextended('snapshot ' || ? || ' ' || ? || ' ' || ?, 0))",
                row -> 0,
                tenant,
                header.source(),
                header.key());
    }

    Optional<Known> of(String tenant, String source, String key) {
        return database.queryOne(
                "select " + COLUMNS
                        + " from snapshot where tenant = ? and source = ? and source_key = ? and state <> 'receiving'",
                Snapshots::read,
                tenant,
                source,
                key);
    }

    /** None while it is being received. */
    public Optional<Known> of(String id) {
        return database.queryOne(
                "select " + COLUMNS + " from snapshot where snapshot_id = ? and state <> 'receiving'",
                Snapshots::read,
                id);
    }

    /** The newest first. @param source empty for all. @param before the last one of the page before, or null */
    public List<Known> of(String tenant, String source, @Nullable String before, int most) {
        return database.query(
                "select " + COLUMNS + " " + """
                        from snapshot where tenant = ? and (source = ? or ? = '') and snapshot_id < ? and state <> 'receiving'
                        order by snapshot_id desc limit ?""",
                Snapshots::read,
                tenant,
                source,
                source,
                before == null ? "~" : before,
                most);
    }

    private static Known read(ResultSet row) throws SQLException {
        OffsetDateTime finished = row.getObject(13, OffsetDateTime.class);
        return new Known(
                row.getString(1),
                row.getString(2),
                new SnapshotHeader(
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getObject(6, OffsetDateTime.class).toInstant()),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getLong(10),
                row.getString(11),
                row.getObject(12, OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getLong(14),
                row.getLong(15),
                new Tally(
                        row.getLong(16),
                        row.getLong(17),
                        row.getLong(18),
                        row.getLong(19),
                        row.getLong(20),
                        row.getLong(21),
                        row.getLong(22)),
                row.getString(23));
    }

    /** What was received of it goes; also what a crash left of one an hour ago. */
    void forget(String id, Instant leftBefore) {
        database.update(
                "delete from snapshot where state = 'receiving' and (snapshot_id = ? or touched_at < ?)",
                id,
                leftBefore);
    }

    /** The piece that a line is in. */
    Optional<Piece> piece(String id, long line) {
        return database.queryOne("""
                select first_line, content from snapshot_piece where snapshot_id = ? and first_line + lines - 1 > ?
                order by first_line limit 1""", row -> new Piece(row.getLong(1), row.getBytes(2)), id, line);
    }

    /**
     * First of all in a transaction that takes lines in.
     *
     * @throws RetailException {@link RuntimeError#ROLLED_BACK} if another run has them: this one ends
     */
    void advance(String id, long first, long last, String node, Instant now) {
        int moved = database.update("""
                update snapshot set done_line = ?, node = ?, touched_at = ?, attempts = 0
                where snapshot_id = ? and done_line < ? and state = 'processing'""", last, node, now, id, first);
        if (moved == 0) {
            throw new RetailException(
                    RuntimeError.ROLLED_BACK,
                    "line " + first + " of the snapshot " + id + " is taken in by another run");
        }
    }

    /** The lines by which positions are counted already. */
    Map<PositionKey, Long> counted(String id, String tenant, Collection<PositionKey> keys) {
        Map<PositionKey, Long> lines = new HashMap<>();
        database.query(
                """
                select c.sku, c.location, c.line from unnest(?, ?) as k(sku, location)
                  join snapshot_count c on c.snapshot_id = ? and c.sku = k.sku and c.location = k.location""",
                row -> lines.put(new PositionKey(tenant, row.getString(1), row.getString(2)), row.getLong(3)),
                Positions.skus(keys),
                Positions.locations(keys),
                id);
        return lines;
    }

    void add(String id, List<Counted> counted, List<SnapshotLine> faulty, Tally more) {
        if (!counted.isEmpty()) {
            database.update(
                    """
                    insert into snapshot_count (snapshot_id, sku, location, line, counted, expected, verdict)
                    select ?, * from unnest(?, ?, ?, ?, ?, ?)""",
                    id,
                    counted.stream().map(each -> each.position().sku()).toArray(String[]::new),
                    counted.stream().map(each -> each.position().location()).toArray(String[]::new),
                    counted.stream().map(Counted::line).toArray(Long[]::new),
                    counted.stream().map(each -> each.count().counted()).toArray(BigDecimal[]::new),
                    counted.stream().map(each -> each.comparison().expected()).toArray(BigDecimal[]::new),
                    counted.stream().map(Counted::verdict).toArray(String[]::new));
        }
        addFaults(id, faulty);
        database.update(
                """
                update snapshot set counted = counted + ?, faulty = faulty + ?, matching = matching + ?, ignored = ignored + ?,
                  corrected = corrected + ?, queued = queued + ?, superseded = superseded + ? where snapshot_id = ?""",
                more.counted(),
                more.faulty(),
                more.matching(),
                more.ignored(),
                more.corrected(),
                more.queued(),
                more.superseded(),
                id);
    }

    private void addFaults(String id, List<SnapshotLine> faulty) {
        List<Long> lines = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (SnapshotLine line : faulty) {
            for (int i = 0; i < line.faults().size(); i++) {
                lines.add(line.number());
                numbers.add((long) i);
                fields.add(line.faults().get(i).field());
                messages.add(line.faults().get(i).message());
            }
        }
        if (!lines.isEmpty()) {
            database.update(
                    "insert into snapshot_fault (snapshot_id, line, number, field, message) select ?, * from unnest(?, ?, ?, ?)",
                    id,
                    lines.toArray(Long[]::new),
                    numbers.toArray(Long[]::new),
                    fields.toArray(String[]::new),
                    messages.toArray(String[]::new));
        }
    }

    /** In order of the lines; what is wrong with one stays together. @param after the last line of the page before, or 0 */
    public List<Fault> faults(String id, long after, int mostLines) {
        return database.query(
                """
                select line, field, message from snapshot_fault where snapshot_id = ? and line in (
                  select distinct line from snapshot_fault where snapshot_id = ? and line > ? order by line limit ?)
                order by line, number""", row -> new Fault(row.getLong(1), row.getString(2), row.getString(3)), id, id, after, mostLines);
    }

    /** All lines are taken in: as they came they are not needed any more. */
    public void finish(String id, Instant now) {
        database.update(
                "update snapshot set state = 'done', finished_at = ?, touched_at = ? where snapshot_id = ? and state = 'processing'",
                now,
                now,
                id);
        database.update("delete from snapshot_piece where snapshot_id = ?", id);
    }

    // --- Who runs which job
    // -----------------------------------------------------------------------------------------------

    /** To be run here. @param execution of the job that broke off; null if none began */
    record Claim(String id, @Nullable Long execution) {}

    /**
     * The oldest one that nobody runs: it was just received, this server had it and does not run it, or another one has not been heard of. A
     * row that a branch in doubt holds is passed over until recovery has decided it, and with it the line that the job goes on from.
     *
     * @param running here
     */
    Optional<Claim> claim(String node, Collection<String> running, Duration silence, Instant now) {
        Optional<Claim> claim = database.queryOne(
                """
                select snapshot_id, execution_id from snapshot
                where state in ('received', 'processing') and not_before <= ? and snapshot_id <> all (?)
                  and (state = 'received' or node = ? or touched_at < ?)
                order by received_at limit 1 for update skip locked""",
                row -> new Claim(row.getString(1), row.getObject(2, Long.class)),
                now,
                running.toArray(String[]::new),
                node,
                now.minus(silence));
        claim.ifPresent(each -> database.update("""
                update snapshot set state = 'processing', node = ?, touched_at = ?, attempts = attempts + 1,
                  not_before = ?::timestamptz + least(60, 1 << least(attempts, 6)) * interval '1 second' where snapshot_id = ?""", node, now, now, each.id()));
        return claim;
    }

    void runs(String id, long execution) {
        database.update("update snapshot set execution_id = ? where snapshot_id = ?", execution, id);
    }
}
