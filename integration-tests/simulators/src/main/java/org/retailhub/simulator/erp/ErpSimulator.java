package org.retailhub.simulator.erp;

import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** The process: {@code init} makes the ERP's tables, {@code serve} makes them and runs the import until it is ended. */
public final class ErpSimulator implements AutoCloseable {
    private static final String USAGE = """
            usage: erp-simulator init|serve|import [--url U] [--user U] [--password P] [--port N] [--interval MILLIS] [--batch ROWS]
              init    makes tables, grants and first master data; may run again
              serve   init, then the import on its schedule and the control on 127.0.0.1 (default)
              import  one run of the import
            Without options: RETAIL_POSTGRES_PORT 25432, database idempiere, role adempiere with the password of
            RETAIL_HOME/secrets (RETAIL_DB_ADEMPIERE_PASSWORD), RETAIL_ERP_PORT 8190, or ERP_DB_URL, ERP_DB_USER, ERP_DB_PASSWORD.
            """;

    private final ImportSchedule schedule;
    private final ControlServer control;

    /**
     * Starts import and control.
     *
     * @param superuser for refusing the hub only; opened when asked to
     * @param port of the control; 0 for any free one
     * @param batch rows per transaction
     */
    public ErpSimulator(ErpConnections erp, ErpConnections superuser, int port, long intervalMillis, int batch)
            throws IOException, SQLException {
        ErpDatabase.init(erp);
        AtomicReference<ImportConditions> conditions = new AtomicReference<>(ImportConditions.NORMAL);
        schedule = new ImportSchedule(
                new OrderImport(erp, conditions::get, batch),
                new InventoryImport(erp, conditions::get, batch),
                conditions,
                intervalMillis);
        control = new ControlServer(port, erp, superuser, schedule, conditions);
        schedule.start();
        control.start();
    }

    public int port() {
        return control.port();
    }

    @Override
    public void close() {
        control.close();
        schedule.close();
    }

    public static void main(String[] arguments) throws InterruptedException {
        try {
            run(arguments);
        } catch (SQLException | IOException e) {
            System.err.println("erp-simulator: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String[] arguments) throws IOException, SQLException, InterruptedException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String command = "serve";
        for (int i = 0; i < arguments.length; i++) {
            if (!arguments[i].startsWith("--")) {
                command = arguments[i];
            } else if (i + 1 < arguments.length) {
                environment.put(variable(arguments[i].substring(2)), arguments[++i]);
            } else {
                throw usage("no value for " + arguments[i]);
            }
        }
        ErpConnections erp = ErpConnections.ofEnvironment(
                environment.getOrDefault("ERP_DB_USER", ErpConnections.OWNER), environment);
        int batch = Integer.parseInt(environment.getOrDefault("RETAIL_ERP_BATCH", "5000"));
        switch (command) {
            case "init" -> {
                ErpDatabase.init(erp);
                System.out.println("erp-simulator: tables are there, " + erp);
            }
            case "import" -> {
                try (OrderImport orders = new OrderImport(erp, () -> ImportConditions.NORMAL, batch);
                        InventoryImport stock = new InventoryImport(erp, () -> ImportConditions.NORMAL, batch)) {
                    System.out.println("erp-simulator: orders " + orders.run() + ", stock " + stock.run());
                }
            }
            case "serve" -> serve(erp, environment, batch);
            default -> throw usage("unknown command " + command);
        }
    }

    private static void serve(ErpConnections erp, Map<String, String> environment, int batch)
            throws IOException, SQLException, InterruptedException {
        ErpSimulator simulator = new ErpSimulator(
                erp,
                ErpConnections.ofEnvironment(ErpConnections.SUPERUSER, environment),
                Integer.parseInt(environment.getOrDefault("RETAIL_ERP_PORT", "8190")),
                Long.parseLong(environment.getOrDefault("RETAIL_ERP_INTERVAL", "1000")),
                batch);
        System.out.println("erp-simulator: " + erp + ", control on http://127.0.0.1:" + simulator.port());
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "erp-end"));
        new CountDownLatch(1).await();
    }

    private static String variable(String option) {
        return switch (option) {
            case "url" -> "ERP_DB_URL";
            case "user" -> "ERP_DB_USER";
            case "password" -> "ERP_DB_PASSWORD";
            case "port" -> "RETAIL_ERP_PORT";
            case "interval" -> "RETAIL_ERP_INTERVAL";
            case "batch" -> "RETAIL_ERP_BATCH";
            default -> throw usage("unknown option --" + option);
        };
    }

    private static RuntimeException usage(String why) {
        System.err.println("erp-simulator: " + why + "\n" + USAGE);
        System.exit(2);
        return new IllegalStateException(why);
    }
}
