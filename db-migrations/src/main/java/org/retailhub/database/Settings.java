package org.retailhub.database;

import java.nio.file.Path;

/**
 * Where the database is and who may do what in it.
 *
 * @param host {@code RETAIL_POSTGRES_HOST}, default 127.0.0.1; another one means a server that is not ours to start
 * @param port {@code RETAIL_POSTGRES_PORT}, default 25432
 * @param home {@code RETAIL_HOME}, default {@code .retail}: everything that runs or is written
 */
public record Settings(String host, int port, Path home, Secrets secrets) {
    static final String HUB = "retailhub";
    static final String ERP = "idempiere";

    public static Settings ofEnvironment() {
        Path home = Path.of(variable("RETAIL_HOME", ".retail")).toAbsolutePath();
        return new Settings(
                variable("RETAIL_POSTGRES_HOST", "127.0.0.1"),
                Integer.parseInt(variable("RETAIL_POSTGRES_PORT", "25432")),
                home,
                Secrets.in(home.resolve("secrets")));
    }

    public String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    private static String variable(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
