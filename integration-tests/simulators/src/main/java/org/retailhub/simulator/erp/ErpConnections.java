package org.retailhub.simulator.erp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * How to reach the ERP's database as one role. {@link #open} gives a fresh connection whose search path is the ERP's schema;
 * the caller closes it.
 */
public record ErpConnections(String url, String user, String password) implements ConnectionSource {
    /** The role that owns the ERP's tables, and the schema that they are in. */
    static final String OWNER = "adempiere";

    static final String SUPERUSER = "postgres";

    @Override
    public Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("currentSchema", OWNER);
        properties.setProperty("ApplicationName", "erp-simulator");
        // Scratch tables grow and shrink from batch to batch: each statement is planned for what is in them now.
        properties.setProperty("prepareThreshold", "0");
        properties.setProperty("connectTimeout", "5");
        return DriverManager.getConnection(url, properties);
    }

    /**
     * Where this installation's ERP is: {@code ERP_DB_URL} or the local server of {@code RETAIL_POSTGRES_PORT}; the password
     * from {@code ERP_DB_PASSWORD} or {@code RETAIL_DB_<ROLE>_PASSWORD}, in the environment or in {@code RETAIL_HOME/secrets}.
     */
    static ErpConnections ofEnvironment(String role, Map<String, String> environment) {
        String url = environment.getOrDefault(
                "ERP_DB_URL",
                "jdbc:postgresql://" + environment.getOrDefault("RETAIL_POSTGRES_HOST", "127.0.0.1") + ":"
                        + environment.getOrDefault("RETAIL_POSTGRES_PORT", "25432") + "/idempiere");
        String variable = "RETAIL_DB_" + role.toUpperCase(Locale.ROOT) + "_PASSWORD";
        String password = environment.get(variable);
        if (password == null) {
            password = secrets(environment).getProperty(variable, "");
        }
        if (role.equals(environment.getOrDefault("ERP_DB_USER", OWNER))) {
            password = environment.getOrDefault("ERP_DB_PASSWORD", password);
        }
        return new ErpConnections(url, role, password);
    }

    private static Properties secrets(Map<String, String> environment) {
        Properties secrets = new Properties();
        Path file = Path.of(environment.getOrDefault("RETAIL_HOME", ".retail")).resolve("secrets");
        if (Files.isRegularFile(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                secrets.load(reader);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return secrets;
    }

    @Override
    public String toString() {
        return user + " at " + url;
    }
}
