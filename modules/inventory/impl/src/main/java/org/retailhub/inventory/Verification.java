package org.retailhub.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Whether positions are what their ledger says, and whether the ledger is whole: each row's number follows the one before it, and so does the
 * balance that it carries. A row that was deleted, doubled or changed contradicts a neighbour, the position, or both, and is named.
 */
public final class Verification {
    private static final int MOST_FAULTS = 500;
    private static final String SUMS = """
            select m.sku, m.location, max(m.number) as number, count(*) as rows, sum(m.on_hand_change) as on_hand,
              sum(m.reserved_change) as reserved,
              coalesce(sum(-m.on_hand_change) filter (where m.kind in ('sale', 'return', 'consumption') and not m.erp_knows), 0)
                - coalesce(sum(k.quantity), 0) as unknown,
              max(m.unit) as unit, max(m.recorded_at) as recorded_at
            from movement m left join known_to_erp k
              on k.tenant = m.tenant and k.feed = m.feed and k.source_key = m.source_key
            where m.tenant = ? and (m.sku = ? or ? = '') group by m.sku, m.location""";

    private final Database database;
    private final Stock stock;
    private final Positions positions;
    private final Rules rules;

    Verification(Database database, Stock stock, Rules rules) {
        this.database = database;
        this.stock = stock;
        this.positions = new Positions(database);
        this.rules = rules;
    }

    /** @param number of the row in its position's ledger; 0 if the position itself is to blame */
    public record Fault(PositionKey position, long number, String what) {}

    /** @param positions how many were looked at. @param faults the first 500 */
    public record Report(Instant at, long positions, long movements, List<Fault> faults) {}

    /** Reads only. @param sku empty for all of the tenant's */
    public Report verify(String tenant, String sku) {
        List<Fault> faults = new ArrayList<>(rows(tenant, sku));
        faults.addAll(balances(tenant, sku));
        long[] counted = database.queryOne(
                        """
                        select (select count(*) from position where tenant = ? and (sku = ? or ? = '')),
                          (select count(*) from movement where tenant = ? and (sku = ? or ? = ''))""", row -> new long[] {row.getLong(1), row.getLong(2)}, tenant, sku, sku, tenant, sku, sku)
                .orElseThrow();
        return new Report(stock.now(), counted[0], counted[1], faults);
    }

    /** Rows that do not follow from the one before them. */
    private List<Fault> rows(String tenant, String sku) {
        return database.query(
                """
                select sku, location, number, before, kind from (
                  select sku, location, number, kind, on_hand_change, reserved_change, on_hand_after, reserved_after,
                    coalesce(lag(number) over w, 0) as before, coalesce(lag(on_hand_after) over w, 0) as on_hand_before,
                    coalesce(lag(reserved_after) over w, 0) as reserved_before
                  from movement where tenant = ? and (sku = ? or ? = '')
                  window w as (partition by sku, location order by number, recorded_at)) l
                where number <> before + 1 or on_hand_after <> on_hand_before + on_hand_change
                  or reserved_after <> reserved_before + reserved_change
                order by sku, location, number limit ?""",
                row -> {
                    PositionKey position = new PositionKey(tenant, row.getString(1), row.getString(2));
                    long number = row.getLong(3);
                    long before = row.getLong(4);
                    if (number == before) {
                        return new Fault(position, number, "movement " + number + " is there twice");
                    }
                    if (number > before + 1) {
                        String missing = number == before + 2
                                ? "movement " + (before + 1) + " is missing"
                                : "movements " + (before + 1) + " to " + (number - 1) + " are missing";
                        return new Fault(position, before + 1, missing);
                    }
                    return new Fault(
                            position,
                            number,
                            "movement " + number + " (" + row.getString(5)
                                    + ") does not follow from the one before it");
                },
                tenant,
                sku,
                sku,
                MOST_FAULTS);
    }

    /** Positions that are not what their rows add up to. */
    private List<Fault> balances(String tenant, String sku) {
        return database.query(
                """
                select coalesce(p.sku, s.sku), coalesce(p.location, s.location), p.number, coalesce(s.number, 0), p.on_hand,
                  coalesce(s.on_hand, 0), p.reserved, coalesce(s.reserved, 0), p.unknown_to_erp, coalesce(s.unknown, 0)
                from (""" + SUMS + """
                ) s full join (select * from position where tenant = ? and (sku = ? or ? = '')) p
                  on p.sku = s.sku and p.location = s.location
                where p.sku is null or p.number <> coalesce(s.number, 0) or p.on_hand <> coalesce(s.on_hand, 0)
                  or p.reserved <> coalesce(s.reserved, 0) or p.unknown_to_erp <> coalesce(s.unknown, 0)
                order by 1, 2 limit ?""",
                row -> {
                    PositionKey position = new PositionKey(tenant, row.getString(1), row.getString(2));
                    if (row.getBigDecimal(5) == null) {
                        return new Fault(position, 0, "the position's row is missing");
                    }
                    long number = row.getLong(3);
                    long last = row.getLong(4);
                    if (number > last) {
                        return new Fault(position, last + 1, "movement " + number + ", the last one, is missing");
                    }
                    if (number < last) {
                        return new Fault(
                                position,
                                last,
                                "movement " + last + " is none of the position's: it has had " + number);
                    }
                    return new Fault(
                            position,
                            0,
                            "the position says " + plain(row.getBigDecimal(5)) + " on hand, "
                                    + plain(row.getBigDecimal(7))
                                    + " held, " + plain(row.getBigDecimal(9))
                                    + " unknown to the ERP; its movements add up to "
                                    + plain(row.getBigDecimal(6)) + ", " + plain(row.getBigDecimal(8)) + ", "
                                    + plain(row.getBigDecimal(10)));
                },
                tenant,
                sku,
                sku,
                tenant,
                sku,
                sku,
                MOST_FAULTS);
    }

    /**
     * Positions made anew from the ledger, in the caller's transaction; audited. A ledger that is not whole is not mended by it.
     *
     * @param sku empty for all of the tenant's
     * @return those that were not what they are now
     */
    public List<PositionKey> rebuild(String actor, String tenant, String sku) {
        stock.begin();
        positions.create(new TreeSet<>(database.query(
                "select distinct sku, location from movement where tenant = ? and (sku = ? or ? = '')",
                row -> new PositionKey(tenant, row.getString(1), row.getString(2)),
                tenant,
                sku,
                sku)));
        positions.lockAll(tenant, sku);
        List<PositionKey> changed = database.query(
                """
                update position p set on_hand = s.on_hand, reserved = s.reserved, unknown_to_erp = s.unknown, number = s.number,
                  unit = s.unit, recorded_at = s.recorded_at
                from (select p.sku, p.location, coalesce(s.on_hand, 0) as on_hand, coalesce(s.reserved, 0) as reserved,
                    coalesce(s.unknown, 0) as unknown, coalesce(s.number, 0) as number, coalesce(s.unit, '') as unit,
                    coalesce(s.recorded_at, ?) as recorded_at
                  from position p left join (""" + SUMS + """
                ) s on s.sku = p.sku and s.location = p.location where p.tenant = ? and (p.sku = ? or ? = '')) s
                where p.tenant = ? and p.sku = s.sku and p.location = s.location and (p.on_hand <> s.on_hand
                  or p.reserved <> s.reserved or p.unknown_to_erp <> s.unknown or p.number <> s.number)
                returning p.sku, p.location""",
                row -> new PositionKey(tenant, row.getString(1), row.getString(2)),
                OffsetDateTime.ofInstant(Instant.EPOCH, java.time.ZoneOffset.UTC),
                tenant,
                sku,
                sku,
                tenant,
                sku,
                sku,
                tenant);
        rules.audit(
                actor,
                "positions-rebuilt",
                tenant,
                sku.isEmpty() ? "all" : sku,
                changed.isEmpty() ? "as they were" : changed.size() + " were different, such as " + changed.get(0));
        return changed;
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
