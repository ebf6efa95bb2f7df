package org.retailhub.simulator.erp;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether the ERP's database lets the hub in. {@link #shut} ends the hub's sessions and refuses new ones, as a host that went
 * down does to a client; the hub's prepared transactions stay. Needs a superuser, which nothing else in the simulator does.
 */
public final class HubAccess {
    private final ConnectionSource superuser;

    public HubAccess(ConnectionSource superuser) {
        this.superuser = superuser;
    }

    /** @return sessions ended */
    public int shut() throws SQLException {
        try (Connection connection = superuser.open();
                Statement statement = connection.createStatement()) {
            statement.execute("alter role " + ErpDatabase.INTERFACE_ROLE + " nologin");
            try (var ended = statement.executeQuery("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                    + " where usename = '" + ErpDatabase.INTERFACE_ROLE + "'")) {
                ended.next();
                return ended.getInt(1);
            }
        }
    }

    public void open() throws SQLException {
        try (Connection connection = superuser.open();
                Statement statement = connection.createStatement()) {
            statement.execute("alter role " + ErpDatabase.INTERFACE_ROLE + " login");
        }
    }
}
