package org.retailhub.inventory;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.runtime.sql.Database;

/** The append-only rows of movements. One statement whatever the number. */
public final class Ledger {
    /** What is read of a row, in this order. */
    static final String COLUMNS = """
            m.tenant, m.sku, m.location, m.number, m.kind, m.on_hand_change, m.reserved_change, m.on_hand_after, m.reserved_after,
            m.unit, m.feed, m.source_key, m.source_sequence, m.document, m.line, m.occurred_at, m.recorded_at, m.reference, m.reason,
            m.channel, m.erp_knows, m.traceparent""";

    private static final Map<String, MovementKind> KINDS = kinds();

    private final Database database;

    Ledger(Database database) {
        this.database = database;
    }

    private static Map<String, MovementKind> kinds() {
        Map<String, MovementKind> kinds = new HashMap<>();
        Arrays.stream(MovementKind.values()).forEach(kind -> kinds.put(kind.wire(), kind));
        return Map.copyOf(kinds);
    }

    /** In the caller's transaction, which has locked the positions. */
    void append(List<LedgerRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        database.update(
                """
                insert into movement (tenant, sku, location, number, kind, on_hand_change, reserved_change, on_hand_after,
                  reserved_after, unit, feed, source_key, source_sequence, document, line, occurred_at, recorded_at, reference, reason,
                  channel, erp_knows, traceparent)
                select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                texts(rows, row -> row.position().tenant()),
                texts(rows, row -> row.position().sku()),
                texts(rows, row -> row.position().location()),
                rows.stream().map(LedgerRow::number).toArray(Long[]::new),
                texts(rows, row -> row.entry().kind().wire()),
                decimals(rows, row -> row.entry().onHandChange()),
                decimals(rows, row -> row.entry().reservedChange()),
                decimals(rows, LedgerRow::onHandAfter),
                decimals(rows, LedgerRow::reservedAfter),
                texts(rows, row -> row.entry().unit()),
                texts(rows, row -> row.entry().feed()),
                texts(rows, row -> row.entry().sourceKey()),
                rows.stream().map(row -> row.entry().sourceSequence()).toArray(Long[]::new),
                texts(rows, row -> row.entry().document()),
                texts(rows, row -> row.entry().line()),
                rows.stream().map(row -> row.entry().occurredAt()).toArray(Instant[]::new),
                rows.stream().map(LedgerRow::recordedAt).toArray(Instant[]::new),
                texts(rows, row -> row.entry().reference()),
                texts(rows, row -> row.entry().reason()),
                texts(rows, row -> row.entry().channel()),
                rows.stream().map(row -> row.entry().erpKnows()).toArray(Boolean[]::new),
                texts(rows, row -> row.entry().traceparent()));
    }

    private static String[] texts(List<LedgerRow> rows, Function<LedgerRow, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static BigDecimal[] decimals(List<LedgerRow> rows, Function<LedgerRow, BigDecimal> value) {
        return rows.stream().map(value).toArray(BigDecimal[]::new);
    }

    /** A source's own name of a movement. */
    record SourceKey(String tenant, String feed, String key) {}

    /** The movements that there are under these names. */
    Map<SourceKey, LedgerRow> known(List<SourceKey> keys) {
        Map<SourceKey, LedgerRow> known = new HashMap<>();
        if (!keys.isEmpty()) {
            database.query(
                    "select " + COLUMNS + "\n" + """
                             from unnest(?, ?, ?) as k(tenant, feed, source_key) join movement m
                              on m.tenant = k.tenant and m.feed = k.feed and m.source_key = k.source_key""",
                    row -> {
                        LedgerRow found = read(row);
                        return known.put(
                                new SourceKey(
                                        found.position().tenant(),
                                        found.entry().feed(),
                                        found.entry().sourceKey()),
                                found);
                    },
                    keys.stream().map(SourceKey::tenant).toArray(String[]::new),
                    keys.stream().map(SourceKey::feed).toArray(String[]::new),
                    keys.stream().map(SourceKey::key).toArray(String[]::new));
        }
        return known;
    }

    /** What a source told when it told this row. */
    static MovementDocument told(LedgerRow row) {
        Entry entry = row.entry();
        return new MovementDocument(
                entry.feed(),
                entry.sourceSequence(),
                entry.document(),
                entry.line(),
                entry.kind(),
                row.position().sku(),
                row.position().location(),
                entry.onHandChange(),
                entry.unit(),
                entry.occurredAt(),
                entry.reference(),
                entry.reason(),
                entry.channel(),
                entry.erpKnows());
    }

    /** The newest first. @param before below this number; 0 for the newest */
    public List<LedgerRow> of(PositionKey position, long before, int most) {
        return database.query(
                "select " + COLUMNS + "\n" + """
                         from movement m where m.tenant = ? and m.sku = ? and m.location = ? and m.number < ?
                        order by m.number desc limit ?""",
                Ledger::read,
                position.tenant(),
                position.sku(),
                position.location(),
                before == 0 ? Long.MAX_VALUE : before,
                most);
    }

    static LedgerRow read(ResultSet row) throws SQLException {
        MovementKind kind = KINDS.get(row.getString(5));
        if (kind == null) {
            throw new SQLException("no kind of movement: " + row.getString(5));
        }
        return new LedgerRow(
                new PositionKey(row.getString(1), row.getString(2), row.getString(3)),
                row.getLong(4),
                new Entry(
                        kind,
                        row.getBigDecimal(6),
                        row.getBigDecimal(7),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        row.getObject(13, Long.class),
                        row.getString(14),
                        row.getString(15),
                        row.getObject(16, OffsetDateTime.class).toInstant(),
                        row.getString(18),
                        row.getString(19),
                        row.getString(20),
                        row.getBoolean(21),
                        row.getString(22)),
                row.getBigDecimal(8),
                row.getBigDecimal(9),
                row.getObject(17, OffsetDateTime.class).toInstant());
    }
}
