package org.retailhub.simulator.erp;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The import of inventories: reads {@code I_Inventory}, writes {@code M_Inventory} and its lines, and what is on hand. A row that is good
 * becomes a line whatever its neighbours are; documents are made per warehouse, day, type, and by count or internal use.
 *
 * <p>A run goes once over all rows that are not imported, by their key, a batch per transaction; rows that another session holds are
 * left to a later run. Not safe for use by several threads: runs exclude each other.
 */
public final class InventoryImport implements AutoCloseable {
    private static final Sql PICK = Sql.statements("import/inventory.sql").get(0);
    private static final List<Sql> IMPORT =
            Sql.statements("import/inventory.sql").stream().skip(1).toList();

    private final ImportSession session;
    private final Supplier<ImportConditions> conditions;
    private final int batch;

    /** @param batch rows per transaction */
    public InventoryImport(ConnectionSource connections, Supplier<ImportConditions> conditions, int batch) {
        this.session = new ImportSession(connections, "import/inventory-workspace.sql");
        this.conditions = conditions;
        this.batch = batch;
    }

    /** Goes once over everything that waits. */
    public synchronized ImportRun run() throws SQLException {
        ImportRun run = ImportRun.NOTHING;
        long after = 0;
        try {
            while (true) {
                long started = System.nanoTime();
                ImportConditions now = conditions.get();
                Connection erp = session.connection();
                Map<String, Object> values = ImportSession.values(after, batch, now);
                if (PICK.update(erp, values) == 0) {
                    erp.rollback();
                    return run;
                }
                ImportSession.rest(now.delayMillis());
                after = ImportSession.number(erp, "select max(i_inventory_id)::bigint from stock_picked");
                ImportSession.all(erp, IMPORT, values);
                long documents = ImportSession.number(erp, "select count(*) from stock_document");
                long lines = ImportSession.number(erp, "select count(*) from stock_line");
                long errors = ImportSession.number(erp, "select count(*) from stock_row where error <> ''");
                erp.commit();
                run = run.plus(new ImportRun(documents, lines, errors, 0, (System.nanoTime() - started) / 1_000_000));
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        session.close();
    }
}
