package org.retailhub.database;

import java.util.List;
import org.flywaydb.core.api.FlywayException;

/** {@code java -jar db-migrations.jar <command>…}: the commands run in the order given. */
public final class DatabaseCommand {
    private static final String USAGE = """
            java -jar db-migrations.jar <command>...
              start         start the local PostgreSQL in RETAIL_HOME/postgres on RETAIL_POSTGRES_PORT
              stop          stop it
              status        say whether it runs
              migrate       databases, roles, schemas, then each schema's migrations
              info          every migration and its state
              validate      fail if an applied migration was changed or one waits
              repair        take over changed checksums, forget failed migrations
              operator-key  make the first API key and enter its hash
            Passwords: RETAIL_HOME/secrets, made on first use; RETAIL_DB_<ROLE>_PASSWORD in the environment wins.
            A server of your own: RETAIL_POSTGRES_HOST, with RETAIL_DB_POSTGRES_PASSWORD for migrate.""";

    private DatabaseCommand() {}

    public static void main(String[] commands) {
        if (commands.length == 0) {
            System.out.println(USAGE);
            System.exit(2);
        }
        Settings settings = Settings.ofEnvironment();
        try {
            for (String command : commands) {
                run(command, settings).forEach(System.out::println);
            }
        } catch (DatabaseException | FlywayException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static List<String> run(String command, Settings settings) {
        LocalPostgres server = LocalPostgres.of(settings);
        Migrations migrations = new Migrations(settings);
        switch (command) {
            case "start" -> server.start();
            case "stop" -> server.stop();
            case "status" -> {
                if (!server.isRunning()) {
                    throw new DatabaseException("PostgreSQL does not run.");
                }
                return List.of("PostgreSQL runs on port " + settings.port() + ".");
            }
            case "migrate" -> {
                return migrations.migrate();
            }
            case "info" -> {
                return migrations.info();
            }
            case "validate" -> migrations.validate();
            case "repair" -> migrations.repair();
            case "operator-key" -> {
                return List.of(new OperatorKey(settings).install());
            }
            default -> throw new DatabaseException("Unknown command " + command + ".\n" + USAGE);
        }
        return List.of();
    }
}
