package org.retailhub.simulator.erp;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;

/** An ERP database for the tests of one JVM, with the roles of production; what clients do, they do as the hub's role. */
final class LocalErp {
    private static final TemporaryPostgres SERVER = LocalPostgres.startTemporary(Path.of("target"));
    static final ErpConnections OWNER = as("adempiere");
    static final ErpConnections HUB = as("retailhub_if");
    static final ErpConnections SUPERUSER = as("postgres");
    static final ErpLedger LEDGER = new ErpLedger(OWNER);

    private LocalErp() {}

    private static ErpConnections as(String role) {
        return new ErpConnections(
                "jdbc:postgresql://127.0.0.1:" + SERVER.port() + "/idempiere", role, SERVER.passwordOf(role));
    }

    /** Nothing but the first master data and two products, T-1 (UPC 4006381333931, SKU T-1-M) and T-2 (EUR 7.50). */
    static void fresh() throws SQLException {
        try (Connection connection = OWNER.open();
                Statement statement = connection.createStatement()) {
            statement.execute("drop schema adempiere cascade");
        } catch (SQLException e) {
            throw new IllegalStateException("the owner cannot empty its schema", e);
        }
        try (Connection connection = SUPERUSER.open();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema adempiere authorization adempiere");
        }
        ErpDatabase.init(OWNER);
        new Masters(OWNER).upsert(Masters.Kind.PRODUCTS, """
                        {"value": "T-1", "name": "T-shirt", "upc": "4006381333931", "sku": "T-1-M"}
                        {"value": "T-2", "name": "Mug", "prices": {"EUR": "7.50"}}
                        """);
    }

    static ImportRun importOnce() throws SQLException {
        return importOnce(ImportConditions.NORMAL);
    }

    static ImportRun importOnce(ImportConditions conditions) throws SQLException {
        try (OrderImport process = new OrderImport(OWNER, () -> conditions, 5000)) {
            return process.run();
        }
    }

    /** A row as a careful client writes it: one T-1 at 12.30 EUR for a partner TANTE whom the ERP does not know yet. */
    static Row row(String documentNo) {
        return new Row()
                .with("documentno", documentNo)
                .with("ad_org_id", 11)
                .with("bpartnervalue", "TANTE")
                .with("name", "Tante Emma")
                .with("address1", "Hauptstr. 1")
                .with("city", "Bonn")
                .with("postal", "53111")
                .with("countrycode", "DE")
                .with("c_currency_id", 102)
                .with("productvalue", "T-1")
                .with("qtyordered", 1)
                .with("priceactual", new java.math.BigDecimal("12.30"));
    }

    /** A row of the interface table, written in one transaction with its companions. */
    static final class Row {
        private final Map<String, Object> columns = new LinkedHashMap<>();

        Row with(String column, Object value) {
            columns.put(column, value);
            return this;
        }

        Row without(String... names) {
            columns.keySet().removeAll(List.of(names));
            return this;
        }
    }

    static void write(Row... rows) throws SQLException {
        try (Connection connection = HUB.open()) {
            connection.setAutoCommit(false);
            write(connection, rows);
            connection.commit();
        }
    }

    static void write(Connection connection, Row... rows) throws SQLException {
        for (Row row : rows) {
            String sql = "insert into i_order (" + String.join(", ", row.columns.keySet()) + ") values ("
                    + "?, ".repeat(row.columns.size()).replaceAll(", $", "") + ")";
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                int i = 0;
                for (Object value : row.columns.values()) {
                    insert.setObject(++i, value);
                }
                insert.executeUpdate();
            }
        }
    }

    static int execute(ErpConnections connections, String sql) throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** First column of each row, as text. */
    static List<String> texts(String sql) throws SQLException {
        try (Connection connection = OWNER.open();
                Statement statement = connection.createStatement();
                var found = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (found.next()) {
                texts.add(found.getString(1));
            }
            return texts;
        }
    }

    /** What the only row of this document number says, without the blank around it. */
    static String error(String documentNo) throws SQLException {
        return LEDGER.interfaceRows(documentNo).get(0).error();
    }
}
