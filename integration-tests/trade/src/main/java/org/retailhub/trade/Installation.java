package org.retailhub.trade;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a running hub is and what it keeps: ports and secrets of {@code ./retail}, from the environment, else from
 * {@code RETAIL_HOME/secrets}.
 */
public record Installation(Map<String, String> values) {
    public Installation {
        values = Map.copyOf(values);
    }

    public static Installation ofEnvironment() {
        return of(System.getenv());
    }

    /** The given variables win over the secrets file that {@code RETAIL_HOME} among them points to. */
    public static Installation of(Map<String, String> environment) {
        Map<String, String> values = new HashMap<>();
        Path secrets = home(environment).resolve("secrets");
        if (Files.isRegularFile(secrets)) {
            try {
                for (String line : Files.readAllLines(secrets)) {
                    int equals = line.indexOf('=');
                    if (equals > 0 && !line.startsWith("#")) {
                        values.put(line.substring(0, equals), line.substring(equals + 1));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + secrets, e);
            }
        }
        values.putAll(environment);
        return new Installation(values);
    }

    private static Path home(Map<String, String> values) {
        return Path.of(values.getOrDefault("RETAIL_HOME", ".retail")).toAbsolutePath();
    }

    public Path home() {
        return home(values);
    }

    public URI hub() {
        return URI.create("http://127.0.0.1:" + httpPort());
    }

    public int httpPort() {
        return port("RETAIL_HTTP_PORT", 8080);
    }

    public int managementPort() {
        return port("RETAIL_MANAGEMENT_PORT", 9990);
    }

    public int postgresPort() {
        return port("RETAIL_POSTGRES_PORT", 25432);
    }

    public int erpPort() {
        return port("RETAIL_ERP_PORT", 8190);
    }

    private int port(String name, int otherwise) {
        return Integer.parseInt(values.getOrDefault(name, Integer.toString(otherwise)));
    }

    /** @throws IllegalStateException if this installation has no such secret */
    public String secret(String name) {
        String value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw new IllegalStateException(
                    name + " is neither in the environment nor in " + home().resolve("secrets"));
        }
        return value;
    }
}
