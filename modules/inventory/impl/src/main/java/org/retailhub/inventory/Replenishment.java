package org.retailhub.inventory;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.ReorderPoint;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.sql.Database;

/**
 * When places are to be filled up again: each version is kept and each change audited, in the caller's transaction. The same again changes
 * nothing. A place that is at its point or below when it is set is told at once.
 */
public final class Replenishment {
    /** A place with its point. @param low whether it has fallen to it, which was told */
    public record Known(PositionKey position, ReorderPoint reorder, BigDecimal availableToSell, boolean low) {}

    private final Database database;
    private final Stock stock;
    private final Positions positions;
    private final Signals signals;
    private final Rules rules;
    private final MessageSender sender;

    Replenishment(Database database, Stock stock, Rules rules, MessageSender sender) {
        this.database = database;
        this.stock = stock;
        this.positions = new Positions(database);
        this.signals = stock.signals();
        this.rules = rules;
        this.sender = sender;
    }

    /** @param wanted null to take it away. @return what it was before */
    public Optional<ReorderPoint> set(
            String actor, PositionKey key, @Nullable ReorderPoint wanted, String traceparent) {
        stock.begin();
        TreeSet<PositionKey> one = new TreeSet<>(List.of(key));
        if (wanted != null) {
            positions.create(one);
        }
        Position position = positions.lock(one, true).get(key);
        ReorderPoint before = position == null ? null : position.reorder();
        boolean same = before == null ? wanted == null : wanted != null && before.same(wanted);
        if (position != null && !same) {
            Position after = position.reorderedAt(wanted);
            var messages = signals.of(List.of(after), stock.now(), "", traceparent);
            database.update(
                    """
                    update position set reorder_point = ?::numeric, target = ?::numeric
                    where tenant = ? and sku = ? and location = ?""",
                    wanted == null ? null : wanted.point(),
                    wanted == null ? null : wanted.target(),
                    key.tenant(),
                    key.sku(),
                    key.location());
            positions.mark(after);
            keep(key, wanted);
            rules.audit(
                    actor,
                    wanted == null ? "reorder-point-removed" : "reorder-point-set",
                    key.tenant(),
                    key.location() + " " + key.sku(),
                    wanted == null
                            ? ""
                            : wanted.point().toPlainString() + ", target "
                                    + wanted.target().toPlainString());
            sender.send(messages);
        }
        return Optional.ofNullable(before);
    }

    private void keep(PositionKey key, @Nullable ReorderPoint wanted) {
        database.update(
                """
                insert into reorder_version (tenant, sku, location, version, reorder_point, target, set_at)
                select ?, ?, ?, coalesce(max(version), 0) + 1, ?::numeric, ?::numeric, ?::timestamptz from reorder_version
                where tenant = ? and sku = ? and location = ?""",
                key.tenant(),
                key.sku(),
                key.location(),
                wanted == null ? null : wanted.point(),
                wanted == null ? null : wanted.target(),
                stock.now(),
                key.tenant(),
                key.sku(),
                key.location());
    }

    /** In order of location and SKU. @param after the last one of the page before; null for the first page */
    public List<Known> of(String tenant, @Nullable PositionKey after, int most) {
        return database.query(
                """
                select sku, location, reorder_point, target, on_hand - reserved - safety, low from position
                where tenant = ? and reorder_point is not null and (location, sku) > (?, ?) order by location, sku limit ?""",
                row -> new Known(
                        new PositionKey(tenant, row.getString(1), row.getString(2)),
                        new ReorderPoint(
                                Objects.requireNonNull(row.getBigDecimal(3)),
                                Objects.requireNonNull(row.getBigDecimal(4))),
                        row.getBigDecimal(5),
                        row.getBoolean(6)),
                tenant,
                after == null ? "" : after.location(),
                after == null ? "" : after.sku(),
                most);
    }
}
