package org.retailhub.simulator.erp;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The import of orders: reads {@code I_Order}, writes {@code C_Order} and {@code C_OrderLine}, set by set in SQL.
 *
 * <p>A run goes once over all rows that are not imported, by document number, a batch of whole documents per transaction, so that a row
 * in error is tried once per run and never starves the others. A batch that fails is rolled back and the run ends with its
 * exception; the next run starts afresh. Rows that another session holds are left to a later run together with the rest of their
 * document, and no lock is waited for. Not safe for use by several threads: runs exclude each other.
 */
public final class OrderImport implements AutoCloseable {
    private static final List<Sql> PICK = Sql.statements("import/pick.sql");
    private static final List<Sql> RECHECK = Sql.statements("import/recheck.sql");
    private static final List<Sql> RESOLVE = List.of(
            Sql.statements("import/read.sql").get(0),
            Sql.statements("import/setup.sql").get(0),
            Sql.statements("import/partner.sql").get(0),
            Sql.statements("import/resolve.sql").get(0));
    private static final List<Sql> NEW_PARTNERS = Sql.statements("import/new-partners.sql");
    private static final List<Sql> DOCUMENTS = Sql.statements("import/documents.sql");

    private final ConnectionSource connections;
    private final Supplier<ImportConditions> conditions;
    private final int batch;
    private @Nullable Connection connection;

    /** @param batch rows per transaction, before the last document is completed */
    public OrderImport(ConnectionSource connections, Supplier<ImportConditions> conditions, int batch) {
        this.connections = connections;
        this.conditions = conditions;
        this.batch = batch;
    }

    /** Goes once over everything that waits. */
    public synchronized ImportRun run() throws SQLException {
        ImportRun run = ImportRun.NOTHING;
        String after = "";
        try {
            while (true) {
                ImportConditions now = conditions.get();
                rest(now.delayMillis());
                Batch done = batch(after, now);
                run = run.plus(done.run());
                if (done.upto() == null) {
                    return run;
                }
                after = done.upto();
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    /** @param upto the last document looked at, or null if there was none */
    private record Batch(@Nullable String upto, ImportRun run) {}

    private Batch batch(String after, ImportConditions now) throws SQLException {
        long started = System.nanoTime();
        Connection erp = connection();
        Map<String, Object> values = new HashMap<>();
        values.put("after", after);
        values.put("limit", batch);
        values.put("client", ErpDatabase.CLIENT);
        values.put("org", ErpDatabase.ORG);
        values.put("errorFlag", now.errorFlag());
        values.put("rejects", !now.rejections().isEmpty());
        values.put(
                "rejectMatch",
                now.rejections().stream().map(ImportConditions.Rejection::match).toArray(String[]::new));
        values.put(
                "rejectError",
                now.rejections().stream().map(ImportConditions.Rejection::error).toArray(String[]::new));
        // How much of the table waits is never what the statistics say.
        set(erp, "set local enable_seqscan = off");
        if (all(erp, PICK, values) == 0) {
            erp.rollback();
            return new Batch(null, ImportRun.NOTHING);
        }
        String upto = text(erp, "select max(document) from picked");
        values.put("upto", upto);
        all(erp, RECHECK, values);
        set(erp, "set local enable_seqscan = on");
        long left = number(erp, "select count(*) from picked where not complete");
        all(erp, RESOLVE, values);
        if (number(erp, "select count(*) from resolved where error = '' and c_bpartner_id is null") > 0) {
            all(erp, NEW_PARTNERS, values);
        }
        all(erp, DOCUMENTS, values);
        long documents = number(erp, "select count(*) from document");
        long lines = number(erp, "select count(*) from line");
        long errors = number(erp, "select count(*) from resolved where error <> ''");
        erp.commit();
        return new Batch(
                upto, new ImportRun(documents, lines, errors, left, (System.nanoTime() - started) / 1_000_000));
    }

    private static int all(Connection connection, List<Sql> statements, Map<String, Object> values)
            throws SQLException {
        int changed = 0;
        for (Sql each : statements) {
            changed += each.update(connection, values);
        }
        return changed;
    }

    private static void set(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        return Long.parseLong(text(connection, sql));
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }

    private Connection connection() throws SQLException {
        if (connection == null) {
            Connection fresh = connections.open();
            try (Statement statement = fresh.createStatement()) {
                statement.execute("set jit = off");
                // None is waited for on purpose; if one is, the run fails and is tried again.
                statement.execute("set lock_timeout = '5s'");
                statement.execute("set work_mem = '32MB'");
                statement.execute("set temp_buffers = '64MB'");
                // A batch is what waits, one row or thousands: the plan of a small one would do for no large one.
                statement.execute("set plan_cache_mode = force_custom_plan");
                statement.execute(Sql.file("import/workspace.sql"));
            }
            fresh.setAutoCommit(false);
            connection = fresh;
        }
        return connection;
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                System.err.println("erp-simulator: the import's connection did not close: " + e.getMessage());
            }
            connection = null;
        }
    }
}
