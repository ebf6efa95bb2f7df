package org.retailhub.inventory;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.ReorderPoint;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/** The rows of positions: locked in one order by everybody, written once per transaction whatever number of entries they had. */
final class Positions {
    /** Makes sure once more that what was reserved was there. */
    static final String GUARD = " and (d.newly = 0 or p.on_hand + d.on_hand - p.reserved - d.reserved - p.safety >= 0)";

    private final Database database;

    Positions(Database database) {
        this.database = database;
    }

    /** Rows for those that have none yet. Before {@link #lock}, so that nobody waits for a new row with an old one in hand. */
    void create(SortedSet<PositionKey> keys) {
        if (!keys.isEmpty()) {
            database.update("""
                    insert into position (tenant, sku, location, unit, on_hand, reserved, safety, unknown_to_erp, number,
                      event_sequence, recorded_at)
                    select k.tenant, k.sku, k.location, '', 0, 0, 0, 0, 0, 0, ? from unnest(?, ?, ?) as k(tenant, sku, location)
                    where not exists (select from position p
                      where p.tenant = k.tenant and p.sku = k.sku and p.location = k.location)
                    order by 1, 2, 3 on conflict do nothing""", Instant.EPOCH, tenants(keys), skus(keys), locations(keys));
        }
    }

    /** Those that there are. @param waits whether for rows that others have in hand; else they are left out */
    Map<PositionKey, Position> lock(SortedSet<PositionKey> keys, boolean waits) {
        Map<PositionKey, Position> positions = new HashMap<>(keys.size() * 2);
        if (!keys.isEmpty()) {
            database.query(
                    """
                    select p.tenant, p.sku, p.location, p.unit, p.on_hand, p.reserved, p.safety, p.unknown_to_erp, p.number,
                      p.event_sequence, p.recorded_at, p.reorder_point, p.target, p.low, p.signal_sequence
                    from unnest(?, ?, ?) as k(tenant, sku, location) join position p using (tenant, sku, location)
                    order by 1, 2, 3 for update of p""" + (waits ? "" : " skip locked"),
                    row -> {
                        Position position = read(row);
                        return positions.put(position.key(), position);
                    },
                    tenants(keys),
                    skus(keys),
                    locations(keys));
        }
        return positions;
    }

    /** Those of a tenant, of one SKU if it is not empty, locked. */
    List<Position> lockAll(String tenant, String sku) {
        return database.query("""
                select tenant, sku, location, unit, on_hand, reserved, safety, unknown_to_erp, number, event_sequence, recorded_at,
                  reorder_point, target, low, signal_sequence
                from position where tenant = ? and (sku = ? or ? = '') order by 1, 2, 3 for update""", Positions::read, tenant, sku, sku);
    }

    private static Position read(ResultSet row) throws SQLException {
        BigDecimal point = row.getBigDecimal(12);
        return new Position(
                        new PositionKey(row.getString(1), row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getBigDecimal(5),
                        row.getBigDecimal(6),
                        row.getBigDecimal(7),
                        row.getBigDecimal(8),
                        row.getLong(9),
                        row.getLong(10),
                        row.getObject(11, OffsetDateTime.class).toInstant())
                .watched(
                        point == null ? null : new ReorderPoint(point, row.getBigDecimal(13)),
                        row.getBoolean(14),
                        row.getLong(15));
    }

    /**
     * One conditional write per row.
     *
     * @throws RetailException {@link RuntimeError#BUG} if a row is not as it was when it was locked: nothing is oversold for it
     */
    void write(Collection<Position> changed) {
        if (changed.isEmpty()) {
            return;
        }
        List<Position> rows = List.copyOf(changed);
        List<PositionKey> keys = rows.stream().map(Position::key).toList();
        int written = database.update(
                """
                update position p set unit = d.unit, on_hand = p.on_hand + d.on_hand, reserved = p.reserved + d.reserved,
                  unknown_to_erp = p.unknown_to_erp + d.unknown, number = p.number + d.rows, event_sequence = p.event_sequence + 1,
                  recorded_at = d.recorded_at, low = d.low, signal_sequence = d.signals
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  as d(tenant, sku, location, unit, on_hand, reserved, unknown, rows, recorded_at, newly, low, signals)
                where p.tenant = d.tenant and p.sku = d.sku and p.location = d.location""" + GUARD,
                tenants(keys),
                skus(keys),
                locations(keys),
                rows.stream().map(Position::unit).toArray(String[]::new),
                rows.stream().map(Position::onHandChange).toArray(BigDecimal[]::new),
                rows.stream().map(Position::reservedChange).toArray(BigDecimal[]::new),
                rows.stream().map(Position::unknownToErpChange).toArray(BigDecimal[]::new),
                rows.stream().map(Position::rows).toArray(Long[]::new),
                rows.stream().map(Position::recordedAt).toArray(Instant[]::new),
                rows.stream().map(Position::newlyReserved).toArray(BigDecimal[]::new),
                rows.stream().map(Position::isLow).toArray(Boolean[]::new),
                rows.stream().map(Position::signalSequence).toArray(Long[]::new));
        if (written != rows.size()) {
            throw new RetailException(
                    RuntimeError.BUG, "of " + rows.size() + " positions " + written + " were as they were locked");
        }
    }

    /** Whether it is low, and how many signals it has had; what it has is written by others. */
    void mark(Position position) {
        database.update(
                "update position set low = ?, signal_sequence = ? where tenant = ? and sku = ? and location = ?",
                position.isLow(),
                position.signalSequence(),
                position.key().tenant(),
                position.key().sku(),
                position.key().location());
    }

    static String[] tenants(Collection<PositionKey> keys) {
        return keys.stream().map(PositionKey::tenant).toArray(String[]::new);
    }

    static String[] skus(Collection<PositionKey> keys) {
        return keys.stream().map(PositionKey::sku).toArray(String[]::new);
    }

    static String[] locations(Collection<PositionKey> keys) {
        return keys.stream().map(PositionKey::location).toArray(String[]::new);
    }
}
