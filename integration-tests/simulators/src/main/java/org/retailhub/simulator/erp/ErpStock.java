package org.retailhub.simulator.erp;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the ERP has in its books of stock, counted in its own tables: documents, lines, quantities, what is on hand. Reads only. */
public final class ErpStock {
    private static final String WAITS = "i_isimported <> 'E' and coalesce(trim(i_errormsg), '') = ''";
    private final ConnectionSource connections;

    public ErpStock(ConnectionSource connections) {
        this.connections = connections;
    }

    /**
     * @param documents of inventory
     * @param lines theirs
     * @param internalUse sum of what was taken by internal use; what came counts below 0
     * @param doubled lines whose text another line has too: each row of the hub bears its movement's own name
     */
    public record Counts(long documents, long lines, BigDecimal internalUse, long doubled) {}

    /** Of a product in a warehouse, by their keys. */
    public record OnHand(String product, String warehouse, BigDecimal quantity) {}

    /** A line of a document with its charge and the document's day. */
    public record Line(
            String documentNo,
            String warehouse,
            String day,
            String product,
            @Nullable String charge,
            BigDecimal internalUse,
            BigDecimal count,
            @Nullable String description) {}

    /** A row as the client wrote it and what became of it. */
    public record InterfaceRow(
            String uu,
            String product,
            String imported,
            String error,
            @Nullable Long inventoryId) {}

    /** Rows that are not imported, found by an index. */
    public ErpLedger.Backlog backlog() throws SQLException {
        return list(
                        "select count(*) filter (where " + WAITS + "), count(*) filter (where not (" + WAITS + "))"
                                + " from i_inventory where i_isimported <> 'Y'",
                        row -> new ErpLedger.Backlog(row.getLong(1), row.getLong(2)))
                .get(0);
    }

    public Counts counts() throws SQLException {
        return list(
                        "select (select count(*) from m_inventory), count(*), coalesce(sum(qtyinternaluse), 0),"
                                + " count(*) - count(distinct coalesce(description, m_inventoryline_id::text)) from m_inventoryline",
                        row -> new Counts(row.getLong(1), row.getLong(2), row.getBigDecimal(3), row.getLong(4)))
                .get(0);
    }

    /** @param product its key; empty for all */
    public List<OnHand> onHand(String product) throws SQLException {
        return list(
                "select p.value, w.value, sum(s.qtyonhand) from m_storageonhand s join m_product p using (m_product_id)"
                        + " join m_locator l using (m_locator_id) join m_warehouse w using (m_warehouse_id)"
                        + " where p.value = ? or ? = '' group by 1, 2 order by 1, 2",
                row -> new OnHand(row.getString(1), row.getString(2), row.getBigDecimal(3)),
                product,
                product);
    }

    /** All lines of all documents, in their order. */
    public List<Line> lines() throws SQLException {
        return list(
                "select i.documentno, w.value, i.movementdate::date::text, p.value, c.name, l.qtyinternaluse, l.qtycount, l.description"
                        + " from m_inventoryline l join m_inventory i using (m_inventory_id) join m_warehouse w using (m_warehouse_id)"
                        + " join m_product p on p.m_product_id = l.m_product_id left join c_charge c on c.c_charge_id = l.c_charge_id"
                        + " order by i.m_inventory_id, l.line",
                row -> new Line(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getBigDecimal(6),
                        row.getBigDecimal(7),
                        row.getString(8)));
    }

    public List<InterfaceRow> interfaceRows() throws SQLException {
        return list(
                "select coalesce(i_inventory_uu, ''), value, i_isimported, coalesce(trim(i_errormsg), ''), m_inventory_id::bigint"
                        + " from i_inventory order by i_inventory_id",
                row -> new InterfaceRow(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getObject(5, Long.class)));
    }

    private interface Reading<T> {
        T of(ResultSet row) throws SQLException;
    }

    private <T> List<T> list(String sql, Reading<T> reading, Object... parameters) throws SQLException {
        List<T> found = new ArrayList<>();
        try (Connection connection = connections.open();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(reading.of(rows));
                }
            }
        }
        return found;
    }
}
