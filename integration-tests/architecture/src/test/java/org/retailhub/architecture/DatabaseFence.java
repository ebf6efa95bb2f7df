package org.retailhub.architecture;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.retailhub.database.ModuleSchema;
import org.retailhub.database.TemporaryPostgres;

/** Tries what a role must not do, on the tables that are really there, and tells what was not refused. */
final class DatabaseFence {
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    static final String HUB = "retailhub";
    static final String ERP = "idempiere";

    private final TemporaryPostgres postgres;

    DatabaseFence(TemporaryPostgres postgres) {
        this.postgres = postgres;
    }

    /** What a role of one module could do in another module's schema; empty is good. */
    List<String> breaches(String role, ModuleSchema other) throws SQLException {
        List<String> attempts = new ArrayList<>();
        for (String table : tables(other.schema())) {
            String name = other.schema() + "." + table;
            attempts.add("select count(*) from " + name);
            attempts.add("insert into " + name + " default values");
            attempts.add("update " + name + " set " + column(other.schema(), table) + " = null where false");
            attempts.add("delete from " + name + " where false");
            attempts.add("truncate " + name);
            attempts.add("drop table " + name);
        }
        attempts.add("create table " + other.schema() + ".intruder (id bigint)");
        attempts.add("create function " + other.schema() + ".intruder() returns int language sql as 'select 1'");
        attempts.add("drop schema " + other.schema() + " cascade");
        attempts.add("set role " + other.application());
        attempts.add("set role " + other.owner());
        attempts.add("grant " + other.application() + " to " + role);
        return notRefused(role, attempts);
    }

    /** What an application role could change about the database itself, its own schema included; empty is good. */
    List<String> changesOfStructure(ModuleSchema own) throws SQLException {
        List<String> attempts = new ArrayList<>(List.of(
                "create table " + own.schema() + ".intruder (id bigint)",
                "create table public.intruder (id bigint)",
                "create temporary table intruder (id bigint)",
                "create schema intruder",
                "create role intruder",
                "create extension pg_trgm",
                "alter role " + own.application() + " superuser",
                "select pg_read_file('PG_VERSION')",
                "copy " + own.schema() + ".inbox to program 'true'",
                "delete from " + own.schema() + ".flyway_schema_history"));
        for (String table : tables(own.schema())) {
            attempts.add("alter table " + own.schema() + "." + table + " add column intruder int");
            attempts.add("drop table " + own.schema() + "." + table);
            attempts.add("truncate " + own.schema() + "." + table);
        }
        return notRefused(own.application(), attempts);
    }

    /** What is written there stays as it is written. */
    private static final Set<String> APPEND_ONLY = Set.of(
            "audit_entry", "movement", "customer_erasure", "snapshot_count", "snapshot_fault", "sourcing_decision");

    /**
     * Its own work: rows of every table can be read and written, those of an append-only one read; what is refused of it, and what is
     * not refused of the latter.
     */
    List<String> workRefused(ModuleSchema own) throws SQLException {
        List<String> faults = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(postgres.url(own.application()))) {
            for (String table : tables(own.schema())) {
                if (!table.equals("flyway_schema_history")) {
                    // Unqualified: the role's search path leads to its schema.
                    String update = "update " + table + " set " + column(own.schema(), table) + " = null where false";
                    String delete = "delete from " + table + " where false";
                    // Of what is kept in versions each stays, whatever it is.
                    boolean stays = APPEND_ONLY.contains(table) || table.endsWith("_version");
                    attempt(connection, own, "select count(*) from " + table, true, faults);
                    attempt(connection, own, update, !stays, faults);
                    attempt(connection, own, delete, !stays, faults);
                }
            }
        }
        return faults;
    }

    private static void attempt(
            Connection connection, ModuleSchema own, String sql, boolean allowed, List<String> faults) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            if (!allowed) {
                faults.add(own.application() + ": " + sql + ": not refused");
            }
        } catch (SQLException e) {
            if (allowed || !INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                faults.add(own.application() + ": " + sql + ": " + e.getMessage());
            }
        }
    }

    boolean canConnect(String role, String database) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.port() + "/" + database;
        try (Connection connection = DriverManager.getConnection(url, role, postgres.passwordOf(role))) {
            return connection.isValid(5);
        } catch (SQLException e) {
            if (e.getSQLState().equals(INSUFFICIENT_PRIVILEGE)) {
                return false;
            }
            throw e;
        }
    }

    /** Whether {@code role} can finish a branch that {@code owner} prepared. */
    boolean canFinishBranchOf(String owner, String role) throws SQLException {
        String branch = "fence-" + owner + "-" + role;
        try (Connection preparing = DriverManager.getConnection(postgres.url(owner));
                Statement statement = preparing.createStatement()) {
            statement.execute("begin");
            statement.execute("insert into drain_lease (name) values ('" + branch + "')");
            statement.execute("prepare transaction '" + branch + "'");
            try {
                return !notRefused(role, List.of("rollback prepared '" + branch + "'"), true)
                        .isEmpty();
            } finally {
                try {
                    statement.execute("rollback prepared '" + branch + "'");
                } catch (SQLException e) {
                    if (!e.getSQLState().equals("42704")) {
                        throw e;
                    }
                }
            }
        }
    }

    List<String> tables(String schema) throws SQLException {
        return strings("select table_name from information_schema.tables where table_schema = '" + schema
                + "' order by table_name");
    }

    private String column(String schema, String table) throws SQLException {
        return strings("select column_name from information_schema.columns where table_schema = '" + schema
                        + "' and table_name = '" + table + "' and is_generated = 'NEVER' and is_identity = 'NO'"
                        + " order by is_nullable desc, ordinal_position")
                .get(0);
    }

    /** Role attributes and memberships that no role of a module may have. */
    List<String> powers() throws SQLException {
        List<String> powers = new ArrayList<>();
        for (ModuleSchema each : ModuleSchema.discover()) {
            for (String role : List.of(each.owner(), each.application())) {
                powers.addAll(
                        strings(
                                "select rolname || ' has an attribute of an administrator' from pg_roles where rolname = '"
                                        + role
                                        + "' and (rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls)"));
                powers.addAll(strings("select m.rolname || ' is a member of ' || r.rolname from pg_auth_members a"
                        + " join pg_roles m on m.oid = a.member join pg_roles r on r.oid = a.roleid"
                        + " where m.rolname = '" + role + "'"));
            }
        }
        return powers;
    }

    void administrator(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.superuserUrl(database));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> strings(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(postgres.superuserUrl(HUB));
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private List<String> notRefused(String role, List<String> attempts) throws SQLException {
        return notRefused(role, attempts, false);
    }

    /** Each in a transaction of its own that is rolled back. Any error but a missing privilege means that the role got that far. */
    private List<String> notRefused(String role, List<String> attempts, boolean autoCommit) throws SQLException {
        List<String> allowed = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(postgres.url(role))) {
            connection.setAutoCommit(autoCommit);
            for (String sql : attempts) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute(sql);
                    allowed.add(role + ": " + sql);
                } catch (SQLException e) {
                    if (!INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
                        allowed.add(role + ": " + sql + " (" + e.getSQLState() + " " + e.getMessage() + ")");
                    }
                }
                if (!autoCommit) {
                    connection.rollback();
                }
            }
        }
        return allowed;
    }
}
