package org.retailhub.channel;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/**
 * The positions of one store as inventory told them, whole at first and then what changed. Read are only rows whose transactions, and all before
 * them, have ended: whoever reads on from there misses none. Reads only.
 */
public final class StoreStock {
    /** A position. @param xid of the transaction that wrote it last */
    public record Line(
            String sku,
            String unit,
            BigDecimal onHand,
            BigDecimal reserved,
            BigDecimal safety,
            long movement,
            Instant recordedAt,
            long xid) {
        /** Below 0 if more was sold elsewhere than was there. */
        public BigDecimal available() {
            return onHand.subtract(reserved).subtract(safety);
        }
    }

    /** Up to where somebody has read. */
    public record Cursor(long xid, String sku) {
        private static final Pattern WIRE = Pattern.compile("(\\d{1,18})~(.{0,64})");
        public static final Cursor START = new Cursor(0, "");

        /** @throws RetailException {@link RuntimeError#INVALID_PARAMETER} if it is none of ours */
        public static Cursor of(@Nullable String wire) {
            if (wire == null) {
                return START;
            }
            Matcher matcher = WIRE.matcher(wire);
            if (!matcher.matches()) {
                throw new RetailException(
                        RuntimeError.INVALID_PARAMETER,
                        "after: none of ours",
                        List.of(new Violation("after", "give the cursor of the answer before")),
                        null);
            }
            return new Cursor(Long.parseLong(matcher.group(1)), matcher.group(2));
        }

        public String wire() {
            return xid + "~" + sku;
        }
    }

    private final Database database;

    StoreStock(Database database) {
        this.database = database;
    }

    /**
     * In the order in which they changed last.
     *
     * @throws RetailException {@link ChannelError#OTHER_TIMES_CURSOR} for one of before a restore
     */
    public List<Line> changedAfter(String tenant, String location, Cursor cursor, int limit) {
        long horizon = database.queryOne(
                        "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint", row -> row.getLong(1))
                .orElseThrow();
        if (cursor.xid() >= horizon) {
            throw new RetailException(ChannelError.OTHER_TIMES_CURSOR, "leave the parameter after out");
        }
        return database.query(
                """
                select sku, unit, on_hand, reserved, safety, movement, recorded_at, changed_xid from stock_position
                where tenant = ? and location = ? and (changed_xid, sku) > (?, ?) and changed_xid < ?
                order by changed_xid, sku limit ?""",
                row -> new Line(
                        row.getString(1),
                        row.getString(2),
                        row.getBigDecimal(3),
                        row.getBigDecimal(4),
                        row.getBigDecimal(5),
                        row.getLong(6),
                        row.getObject(7, OffsetDateTime.class).toInstant(),
                        row.getLong(8)),
                tenant,
                location,
                cursor.xid(),
                cursor.sku(),
                horizon,
                limit);
    }

    /** After a restore into a new database numbers of transactions begin anew: rows of later ones would not be seen for long. */
    void beginAnew() {
        database.update("""
                update stock_position set changed_xid = pg_current_xact_id()::text::bigint
                where changed_xid > pg_current_xact_id()::text::bigint""");
    }
}
