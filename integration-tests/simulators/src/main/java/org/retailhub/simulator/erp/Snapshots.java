package org.retailhub.simulator.erp;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The ERP's database as it was: {@link #take} copies all its tables and the state of its sequences aside, {@link #setBack} puts
 * them in place again, as a restore from a backup does: what was written in between is gone, and keys are given a second time.
 * There is one snapshot; taking another replaces it.
 */
public final class Snapshots {
    private static final String ASIDE = "adempiere.snapshot_";
    private final ConnectionSource connections;

    public Snapshots(ConnectionSource connections) {
        this.connections = connections;
    }

    /** @return rows set aside */
    public long take() throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            // One moment for all tables, without keeping anybody from writing.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            for (String old : names(statement, "r", "like 'snapshot\\_%'")) {
                statement.execute("drop table adempiere." + old);
            }
            long rows = 0;
            for (String table : tables(statement)) {
                rows += statement.executeLargeUpdate("create table " + ASIDE + table + " as table adempiere." + table);
            }
            statement.execute(
                    "create table " + ASIDE + "sequences (name text primary key, last bigint, called boolean)");
            for (String sequence : names(statement, "S", "is not null")) {
                statement.execute("insert into " + ASIDE + "sequences select '" + sequence
                        + "', last_value, is_called from adempiere." + sequence);
            }
            connection.commit();
            return rows;
        }
    }

    /**
     * Waits up to 10 seconds for others to leave the tables; a prepared transaction that holds them makes it fail.
     *
     * @return rows after it
     * @throws IllegalStateException if no snapshot was taken
     */
    public long setBack() throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (names(statement, "r", "= 'snapshot_sequences'").isEmpty()) {
                throw new IllegalStateException("there is no snapshot");
            }
            statement.execute("set local lock_timeout = '10s'");
            List<String> tables = tables(statement);
            statement.execute("truncate adempiere." + String.join(", adempiere.", tables));
            long rows = 0;
            for (String table : tables) {
                rows += statement.executeLargeUpdate(
                        "insert into adempiere." + table + " overriding system value table " + ASIDE + table);
            }
            statement.execute(
                    "select setval(('adempiere.' || name)::regclass, last, called) from " + ASIDE + "sequences");
            connection.commit();
            return rows;
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        return names(statement, "r", "not like 'snapshot\\_%'");
    }

    private static List<String> names(Statement statement, String kind, String condition) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet found =
                statement.executeQuery("select relname from pg_class where relnamespace = 'adempiere'::regnamespace"
                        + " and relkind = '" + kind + "' and relname " + condition + " order by relname")) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        return names;
    }
}
