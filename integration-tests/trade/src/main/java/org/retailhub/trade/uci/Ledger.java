package org.retailhub.trade.uci;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import org.retailhub.trade.Installation;

/** The hub's own ledger of stock, read in its database: each row of it, not what an answer shows. */
final class Ledger {
    private static final String MONTHS = """
            select sku || chr(9) || to_char(occurred_at at time zone 'Europe/London', 'YYYY-MM'), sum(on_hand_change)
            from inventory.movement where location = ? group by 1""";
    private static final String POSITIONS = "select sku, on_hand from inventory.position where location = ?";

    private final String url;
    private final String password;

    Ledger(Installation installation) {
        this.url = "jdbc:postgresql://127.0.0.1:" + installation.postgresPort() + "/retailhub";
        this.password = installation.secret("RETAIL_DB_INVENTORY_APP_PASSWORD");
    }

    /** Units moved by "SKU, tab, month of London's calendar". */
    Map<String, Long> months(String location) throws SQLException {
        return read(MONTHS, location);
    }

    /** Units there by SKU. */
    Map<String, Long> positions(String location) throws SQLException {
        return read(POSITIONS, location);
    }

    private Map<String, Long> read(String question, String location) throws SQLException {
        Map<String, Long> found = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(url, "inventory_app", password);
                PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, location);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.put(row.getString(1), row.getBigDecimal(2).longValueExact());
                }
            }
        }
        return found;
    }
}
