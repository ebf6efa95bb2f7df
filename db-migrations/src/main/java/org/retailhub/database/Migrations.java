package org.retailhub.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Roles and databases as superuser, then each schema's own history as its owner. Everything can be repeated. The migrations of
 * {@code db/_platform} and of {@code db/<schema>} share one history: a version may be used once across the two.
 */
public final class Migrations {
    // Held: a logger's level is lost with the logger.
    private static final Logger FLYWAY = Logger.getLogger("org.flywaydb");

    static {
        FLYWAY.setLevel(Level.WARNING);
    }

    private final Settings settings;
    private final List<ModuleSchema> schemas;

    public Migrations(Settings settings) {
        this(settings, ModuleSchema.discover());
    }

    Migrations(Settings settings, List<ModuleSchema> schemas) {
        this.settings = settings;
        this.schemas = schemas;
    }

    /** Brings roles and schemas up to date; returns a line per schema. */
    public List<String> migrate() {
        roles();
        List<String> report = new ArrayList<>();
        for (ModuleSchema each : schemas) {
            // Made up once and kept with the passwords: the server reads them from its environment.
            each.secrets().forEach(name -> settings.secrets().get(name, ""));
            Flyway flyway = flyway(each);
            int applied = flyway.migrate().migrationsExecuted;
            MigrationInfo current = flyway.info().current();
            if (current != null) {
                runAs(each.owner(), Settings.HUB, script("history.sql", names(each)));
            }
            report.add(String.format(
                    "%-12s %2d applied, at %s",
                    each.schema(), applied, current == null ? "nothing" : current.getVersion()));
        }
        return report;
    }

    /** Every migration of every schema with its state. */
    public List<String> info() {
        List<String> report = new ArrayList<>();
        for (ModuleSchema each : schemas) {
            for (MigrationInfo one : flyway(each).info().all()) {
                report.add(String.format(
                        "%-12s %-14s %-40s %s", each.schema(), one.getVersion(), one.getDescription(), one.getState()));
            }
        }
        return report;
    }

    /** Throws if an applied migration was changed, is missing, or one waits. */
    public void validate() {
        schemas.forEach(each -> flyway(each).validate());
    }

    /** Takes over the checksums of changed migrations and forgets failed ones: after a person has looked. */
    public void repair() {
        schemas.forEach(each -> flyway(each).repair());
    }

    /** Makes the databases, roles and schemas that are missing, and sets the passwords to those of the secrets file. */
    private void roles() {
        database(Settings.HUB);
        for (ModuleSchema each : schemas) {
            superuser(Settings.HUB, script("module.sql", names(each)));
        }
        if (settings.host().equals("127.0.0.1")) {
            database(Settings.ERP);
            superuser(
                    Settings.ERP,
                    script(
                            "erp.sql",
                            Map.of(
                                    "database", Settings.ERP,
                                    "owner_password", settings.secrets().passwordOf("adempiere"),
                                    "app_password", settings.secrets().passwordOf("retailhub_if"))));
        }
    }

    private void database(String name) {
        try (Connection connection = connect(LocalPostgres.SUPERUSER, "postgres");
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute(script("database.sql", Map.of("database", name)));
        } catch (SQLException e) {
            throw new DatabaseException("Cannot make the database " + name, e);
        }
    }

    private Map<String, String> names(ModuleSchema each) {
        return Map.of(
                "database", Settings.HUB,
                "module", each.module(),
                "schema", each.schema(),
                "owner_password", settings.secrets().passwordOf(each.owner()),
                "app_password", settings.secrets().passwordOf(each.application()));
    }

    private Flyway flyway(ModuleSchema each) {
        return Flyway.configure()
                .dataSource(
                        settings.url(Settings.HUB),
                        each.owner(),
                        settings.secrets().passwordOf(each.owner()))
                .schemas(each.schema())
                .createSchemas(false)
                .locations("classpath:db/_platform", "classpath:db/" + each.schema())
                .validateMigrationNaming(true)
                // Two streams of migrations in one history: the younger of one may come before the older of the other.
                .outOfOrder(true)
                .load();
    }

    private void superuser(String database, String sql) {
        runAs(LocalPostgres.SUPERUSER, database, sql);
    }

    private void runAs(String role, String database, String sql) {
        try (Connection connection = connect(role, database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DatabaseException("Cannot prepare database " + database + " as " + role, e);
        }
    }

    private Connection connect(String role, String database) throws SQLException {
        return DriverManager.getConnection(
                settings.url(database), role, settings.secrets().passwordOf(role));
    }

    private static String script(String name, Map<String, String> values) {
        try (InputStream in = Migrations.class.getResourceAsStream("/db/_roles/" + name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("${" + value.getKey() + "}", value.getValue());
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
