package org.retailhub.simulator.erp;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Makes the ERP's tables, its first master data and the hub's rights in it. Everything here may run again. */
public final class ErpDatabase {
    /** The client that the import runs for, and the organisation of rows that name none. */
    static final long CLIENT = 1_000_000;

    static final long ORG = 11;

    /** The hub's role in the ERP. */
    static final String INTERFACE_ROLE = "retailhub_if";

    private static final String[] US_STATES =
            ("AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE"
                            + " NV NH NJ NM NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY")
                    .split(" ");

    private ErpDatabase() {}

    /**
     * Run as the owner, or as a superuser who then acts as the owner. Role, database and schema exist already; the role of the
     * hub gets its grants if it exists.
     */
    public static void init(ErpConnections connections) throws SQLException {
        try (Connection connection = connections.open();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            if (!connections.user().equals(ErpConnections.OWNER)) {
                statement.execute("create schema if not exists adempiere authorization adempiere");
                statement.execute("set role adempiere");
            }
            // Two simulators that start together take turns.
            statement.execute("select pg_advisory_xact_lock(4711)");
            statement.execute(Sql.file("schema.sql"));
            statement.execute(Sql.file("stock.sql"));
            statement.execute(Sql.file("rh_posting.sql"));
            countries(connection);
            statement.execute(Sql.file("masters.sql"));
            statement.execute(Sql.file("stock-masters.sql"));
            if (exists(statement, INTERFACE_ROLE)) {
                statement.execute(Sql.file("grants.sql").replace("${interfaceRole}", INTERFACE_ROLE));
            }
            connection.commit();
        }
    }

    /**
     * Makes roles, database and schema where nobody else has, with a superuser's connection to any database of the server.
     *
     * @param server URL without a database: {@code jdbc:postgresql://host:port/}
     */
    public static void create(
            String server, String superuser, String password, String ownerPassword, String hubPassword)
            throws SQLException {
        try (Connection connection = new ErpConnections(server + "postgres", superuser, password).open();
                Statement statement = connection.createStatement()) {
            role(statement, ErpConnections.OWNER, ownerPassword);
            role(statement, INTERFACE_ROLE, hubPassword);
            try (ResultSet found = statement.executeQuery("select 1 from pg_database where datname = 'idempiere'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database idempiere encoding 'UTF8' template template0");
        }
        try (Connection connection = new ErpConnections(server + "idempiere", superuser, password).open();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists adempiere authorization adempiere");
            statement.execute("alter role adempiere in database idempiere set search_path = adempiere");
            statement.execute("alter role retailhub_if in database idempiere set search_path = adempiere");
        }
    }

    private static void role(Statement statement, String name, String password) throws SQLException {
        if (!exists(statement, name)) {
            statement.execute("create role " + name);
        }
        statement.execute("alter role " + name + " login password '" + password.replace("'", "''") + "'");
    }

    private static boolean exists(Statement statement, String role) throws SQLException {
        try (ResultSet found = statement.executeQuery("select 1 from pg_roles where rolname = '" + role + "'")) {
            return found.next();
        }
    }

    private static void countries(Connection connection) throws SQLException {
        Set<String> codes = new TreeSet<>(Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2));
        try (PreparedStatement country = connection.prepareStatement(
                        "insert into c_country (countrycode, name, hasregion) values (?, ?, ?) on conflict do nothing");
                PreparedStatement region = connection.prepareStatement("insert into c_region (c_country_id, name)"
                        + " select c_country_id, ? from c_country where countrycode = 'US' on conflict do nothing")) {
            for (String code : codes) {
                country.setString(1, code);
                country.setString(2, new Locale("", code).getDisplayCountry(Locale.ENGLISH));
                country.setString(3, code.equals("US") ? "Y" : "N");
                country.addBatch();
            }
            country.executeBatch();
            for (String state : US_STATES) {
                region.setString(1, state);
                region.addBatch();
            }
            region.executeBatch();
        }
    }
}
