package org.retailhub.inventory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.retailhub.inventory.domain.Tolerance;
import org.retailhub.platform.runtime.sql.Database;

/** How much of a difference is passed over or corrected, by source, location and class; each change audited, in the caller's transaction. */
public final class Tolerances {
    private static final int MOST = 1_000;

    private final Database database;
    private final Stock stock;
    private final Rules rules;

    Tolerances(Database database, Stock stock, Rules rules) {
        this.database = database;
        this.stock = stock;
        this.rules = rules;
    }

    /** In order of source, location and class, 1000 at most. */
    public List<Tolerance> of(String tenant) {
        return database.query("""
                select source, location, sku_class, ignore_units, ignore_percent, correct_units from tolerance
                where tenant = ? order by 1, 2, 3 limit ?""", Tolerances::read, tenant, MOST);
    }

    private static Tolerance read(ResultSet row) throws SQLException {
        return new Tolerance(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getBigDecimal(4),
                row.getBigDecimal(5),
                row.getBigDecimal(6));
    }

    /** The same again changes nothing. */
    public void set(String actor, String tenant, Tolerance wanted) {
        int changed = database.update(
                """
                insert into tolerance as t (tenant, source, location, sku_class, ignore_units, ignore_percent, correct_units, set_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (tenant, source, location, sku_class) do update
                  set ignore_units = excluded.ignore_units, ignore_percent = excluded.ignore_percent,
                    correct_units = excluded.correct_units, set_at = excluded.set_at
                  where (t.ignore_units, t.ignore_percent, t.correct_units)
                    <> (excluded.ignore_units, excluded.ignore_percent, excluded.correct_units)""",
                tenant,
                wanted.source(),
                wanted.location(),
                wanted.skuClass(),
                wanted.ignoreUnits(),
                wanted.ignorePercent(),
                wanted.correctUnits(),
                stock.now());
        if (changed > 0) {
            rules.audit(
                    actor,
                    "tolerance-set",
                    tenant,
                    subject(wanted.source(), wanted.location(), wanted.skuClass()),
                    "ignore " + wanted.ignoreUnits().toPlainString() + " or "
                            + wanted.ignorePercent().toPlainString() + " %, correct "
                            + wanted.correctUnits().toPlainString());
        }
    }

    /** @return whether there was one */
    public boolean remove(String actor, String tenant, String source, String location, String skuClass) {
        boolean removed = database.update(
                        "delete from tolerance where tenant = ? and source = ? and location = ? and sku_class = ?",
                        tenant,
                        source,
                        location,
                        skuClass)
                > 0;
        if (removed) {
            rules.audit(actor, "tolerance-removed", tenant, subject(source, location, skuClass), "");
        }
        return removed;
    }

    private static String subject(String source, String location, String skuClass) {
        return "source " + orAny(source) + ", location " + orAny(location) + ", class " + orAny(skuClass);
    }

    private static String orAny(String value) {
        return value.isEmpty() ? "any" : value;
    }
}
