package org.retailhub.simulator.erp;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The connection of an import with its scratch pad; opened when it is needed, and again after a failure. */
final class ImportSession implements AutoCloseable {
    private final ConnectionSource connections;
    private final String workspace;
    private @Nullable Connection connection;

    /** @param workspace file with the temporary tables */
    ImportSession(ConnectionSource connections, String workspace) {
        this.connections = connections;
        this.workspace = workspace;
    }

    Connection connection() throws SQLException {
        if (connection == null) {
            Connection fresh = connections.open();
            try (Statement statement = fresh.createStatement()) {
                statement.execute("set jit = off");
                // None is waited for on purpose; if one is, the run fails and is tried again.
                statement.execute("set lock_timeout = '5s'");
                statement.execute("set work_mem = '32MB'");
                statement.execute("set temp_buffers = '64MB'");
                // A batch is what waits, one row or thousands: the plan of a small one would do for no large one.
                statement.execute("set plan_cache_mode = force_custom_plan");
                statement.execute(Sql.file(workspace));
            }
            fresh.setAutoCommit(false);
            connection = fresh;
        }
        return connection;
    }

    /** What the statements of a batch are told. */
    static Map<String, Object> values(Object after, int limit, ImportConditions now) {
        Map<String, Object> values = new HashMap<>();
        values.put("after", after);
        values.put("limit", limit);
        values.put("client", ErpDatabase.CLIENT);
        values.put("org", ErpDatabase.ORG);
        values.put("errorFlag", now.errorFlag());
        values.put("rejects", !now.rejections().isEmpty());
        values.put(
                "rejectMatch",
                now.rejections().stream().map(ImportConditions.Rejection::match).toArray(String[]::new));
        values.put(
                "rejectError",
                now.rejections().stream().map(ImportConditions.Rejection::error).toArray(String[]::new));
        return values;
    }

    static int all(Connection connection, List<Sql> statements, Map<String, Object> values) throws SQLException {
        int changed = 0;
        for (Sql each : statements) {
            changed += each.update(connection, values);
        }
        return changed;
    }

    static void set(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }

    static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                System.err.println("erp-simulator: the import's connection did not close: " + e.getMessage());
            }
            connection = null;
        }
    }
}
