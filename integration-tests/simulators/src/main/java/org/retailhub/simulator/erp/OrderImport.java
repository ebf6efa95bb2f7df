package org.retailhub.simulator.erp;

import java.sql.Connection;
import java.sql.SQLException;
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

    private final ImportSession session;
    private final Supplier<ImportConditions> conditions;
    private final int batch;

    /** @param batch rows per transaction, before the last document is completed */
    public OrderImport(ConnectionSource connections, Supplier<ImportConditions> conditions, int batch) {
        this.session = new ImportSession(connections, "import/workspace.sql");
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
                ImportSession.rest(now.delayMillis());
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
        Connection erp = session.connection();
        Map<String, Object> values = ImportSession.values(after, batch, now);
        // How much of the table waits is never what the statistics say.
        ImportSession.set(erp, "set local enable_seqscan = off");
        if (ImportSession.all(erp, PICK, values) == 0) {
            erp.rollback();
            return new Batch(null, ImportRun.NOTHING);
        }
        String upto = ImportSession.text(erp, "select max(document) from picked");
        values.put("upto", upto);
        ImportSession.all(erp, RECHECK, values);
        ImportSession.set(erp, "set local enable_seqscan = on");
        long left = ImportSession.number(erp, "select count(*) from picked where not complete");
        ImportSession.all(erp, RESOLVE, values);
        if (ImportSession.number(erp, "select count(*) from resolved where error = '' and c_bpartner_id is null") > 0) {
            ImportSession.all(erp, NEW_PARTNERS, values);
        }
        ImportSession.all(erp, DOCUMENTS, values);
        long documents = ImportSession.number(erp, "select count(*) from document");
        long lines = ImportSession.number(erp, "select count(*) from line");
        long errors = ImportSession.number(erp, "select count(*) from resolved where error <> ''");
        erp.commit();
        return new Batch(
                upto, new ImportRun(documents, lines, errors, left, (System.nanoTime() - started) / 1_000_000));
    }

    @Override
    public synchronized void close() {
        session.close();
    }
}
