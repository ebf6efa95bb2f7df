package org.retailhub.bench;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/** The hub's database server as its superuser: what was written, what waits, and whether it is durable. */
final class Postgres {
    static final String SUPERUSER = "postgres";
    static final String RAW_DATABASE = "bench_raw";
    private static final String HUB = "retailhub";
    private static final String ERP = "idempiere";

    private final int port;
    private final String password;

    Postgres(int port, String password) {
        this.port = port;
        this.password = password;
    }

    int port() {
        return port;
    }

    String password() {
        return password;
    }

    Connection open(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", SUPERUSER);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "bench");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/" + database, properties);
    }

    /** @throws IllegalStateException naming the setting that is not durable */
    void checkDurable() throws SQLException {
        try (Connection connection = open(HUB);
                Statement statement = connection.createStatement()) {
            for (String setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
                try (ResultSet row = statement.executeQuery("show " + setting)) {
                    row.next();
                    if (!row.getString(1).equals("on")) {
                        throw new IllegalStateException("PostgreSQL has " + setting + " = " + row.getString(1));
                    }
                }
            }
        }
    }

    /** What was written so far: rows by database, and the position in the log. */
    record Written(long hubRows, long erpRows, long walBytes) {
        Written since(Written before) {
            return new Written(hubRows - before.hubRows, erpRows - before.erpRows, walBytes - before.walBytes);
        }
    }

    Written written() throws SQLException {
        try (Connection connection = open(HUB);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select (select sum(tup_inserted + tup_updated + tup_deleted) from pg_stat_database where datname = 'retailhub'),
                          (select sum(tup_inserted + tup_updated + tup_deleted) from pg_stat_database where datname = 'idempiere'),
                          pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')""")) {
            row.next();
            return new Written(row.getLong(1), row.getLong(2), row.getLong(3));
        }
    }

    /** Interface rows that the ERP has not imported. */
    long erpRowsWaiting() throws SQLException {
        try (Connection connection = open(ERP);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from adempiere.i_order where i_isimported = 'N' and processed = 'N'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The hub's ids of a channel's orders whose numbers begin so. */
    Identities orders(String channel, String numbersBegin) throws SQLException {
        Identities found = new Identities();
        try (Connection connection = open(HUB)) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select order_id from ordering.orders where channel = ? and starts_with(channel_order_id, ?)")) {
                statement.setString(1, channel);
                statement.setString(2, numbersBegin);
                statement.setFetchSize(5_000);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getString(1).getBytes(StandardCharsets.US_ASCII), 0);
                    }
                }
            }
            connection.rollback();
        }
        return found;
    }

    /** Orders whose stock is to be looked for. */
    long ordersToBeSourced() throws SQLException {
        return number("select count(*) from ordering.order_stock where due_at is not null");
    }

    /** What reservations hold at a location. */
    long unitsHeld(String location) throws SQLException {
        return number("select coalesce(sum(reserved), 0) from inventory.position where location = ?", location);
    }

    /** What reservations of these orders were made for, by the order module's rows. */
    long unitsOrdered(Identities orders) throws SQLException {
        Set<Identities.Identity> wanted = orders.asSet();
        long units = 0;
        try (Connection connection = open(HUB)) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(
                    "select order_id, sum(quantity) from ordering.order_allocation group by order_id")) {
                statement.setFetchSize(5_000);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        if (Identities.parse(rows.getString(1))
                                .filter(wanted::contains)
                                .isPresent()) {
                            units += rows.getLong(2);
                        }
                    }
                }
            }
            connection.rollback();
        }
        return units;
    }

    private long number(String sql, Object... parameters) throws SQLException {
        try (Connection connection = open(HUB);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    /** What the position says is reserved of a SKU, and what its reservations hold. */
    record Stock(long reserved, long held) {}

    Stock stock(String sku) throws SQLException {
        try (Connection connection = open(HUB);
                PreparedStatement statement = connection.prepareStatement("""
                        select (select coalesce(sum(reserved), 0) from inventory.position where sku = ?),
                          (select coalesce(sum(held), 0) from inventory.reservation_hold where sku = ?)""")) {
            statement.setString(1, sku);
            statement.setString(2, sku);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Stock(row.getLong(1), row.getLong(2));
            }
        }
    }

    /** How many orders have exactly one posting mark or document, by whether they are among the wanted. */
    record Found(int orders, int doubled, int partial) {}

    /** Documents in the ERP of these orders. */
    Found documents(Identities wanted, int linesOfEach) throws SQLException {
        return count(
                wanted,
                linesOfEach,
                "select documentno, (select count(*) from adempiere.c_orderline l where l.c_order_id = o.c_order_id)"
                        + " from adempiere.c_order o");
    }

    /** Orders in the ERP's interface table, imported or not. */
    Found interfaceRows(Identities wanted, int linesOfEach) throws SQLException {
        return count(wanted, linesOfEach, "select documentno, count(*) from adempiere.i_order group by documentno");
    }

    private Found count(Identities wanted, int linesOfEach, String sql) throws SQLException {
        Set<Identities.Identity> open = wanted.asSet();
        Set<Identities.Identity> found = new HashSet<>(wanted.size() * 2);
        int doubled = 0;
        int partial = 0;
        try (Connection connection = open(ERP)) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setFetchSize(5_000);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        Identities.Identity id =
                                Identities.parse(rows.getString(1)).orElse(null);
                        if (id == null || !open.contains(id)) {
                            continue;
                        }
                        if (!found.add(id)) {
                            doubled++;
                        }
                        if (rows.getLong(2) != linesOfEach) {
                            partial++;
                        }
                    }
                }
            }
            connection.rollback();
        }
        return new Found(found.size(), doubled, partial);
    }

    /** What the server's backends do at this moment: database, waiting for what, first words. Asked many times, it is a profile. */
    static void sampleActivity(Connection connection, Map<String, Integer> into) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        select coalesce(datname, backend_type), coalesce(usename, ''), coalesce(wait_event_type || ':' || wait_event, 'CPU'),
                          left(regexp_replace(query, '\\s+', ' ', 'g'), 90)
                        from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()
                        union all select backend_type, '', coalesce(wait_event_type || ':' || wait_event, 'CPU'), ''
                        from pg_stat_activity where backend_type in ('walwriter', 'checkpointer', 'background writer', 'autovacuum worker')
                          and coalesce(wait_event_type, '') <> 'Activity'""")) {
            while (rows.next()) {
                into.merge(
                        String.format(
                                "%-14s %-14s %-24s %s",
                                rows.getString(1), rows.getString(2), rows.getString(3), rows.getString(4)),
                        1,
                        Integer::sum);
            }
        }
    }

    static Map<String, Integer> noActivity() {
        return new TreeMap<>();
    }

    /** An empty database for the raw limit, made anew each time. */
    void prepareRaw(String schema) throws SQLException {
        try (Connection connection = open("postgres");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select count(*) from pg_database where datname = '" + RAW_DATABASE + "'")) {
            row.next();
            if (row.getInt(1) == 0) {
                statement.execute("create database " + RAW_DATABASE);
            }
        }
        try (Connection connection = open(RAW_DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute(schema);
        }
    }
}
