package org.retailhub.simulator.erp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.retailhub.simulator.erp.LocalErp.HUB;
import static org.retailhub.simulator.erp.LocalErp.LEDGER;
import static org.retailhub.simulator.erp.LocalErp.importOnce;
import static org.retailhub.simulator.erp.LocalErp.row;
import static org.retailhub.simulator.erp.LocalErp.write;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The import beside a client that replaces or takes back what is not imported yet; whoever waits for a lock hangs. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportLocksIT {
    @BeforeEach
    void freshErp() throws SQLException {
        LocalErp.fresh();
    }

    @Test
    void leavesADocumentWholeOfWhichOneRowIsLocked() throws SQLException {
        write(row("A1"), row("A1"), row("A1"), row("A2"));
        try (Connection client = HUB.open();
                Statement statement = client.createStatement()) {
            client.setAutoCommit(false);
            statement.execute("select 1 from i_order where i_order_id = (select max(i_order_id) from i_order"
                    + " where documentno = 'A1') for update");

            ImportRun run = importOnce();

            assertEquals(Map.of("A2", 1L), LEDGER.linesByDocument(""));
            assertEquals(3, run.left());
            client.rollback();
        }
        importOnce();
        assertEquals(Map.of("A1", 3L, "A2", 1L), LEDGER.linesByDocument(""));
    }

    @Test
    void importsWhatTheClientPutInPlaceOfTheOldRows() throws SQLException {
        write(row("A1"), row("A1"));
        try (Connection client = HUB.open();
                Statement statement = client.createStatement()) {
            client.setAutoCommit(false);
            statement.execute("select 1 from i_order where documentno = 'A1' for update");
            statement.execute("delete from i_order where documentno = 'A1'");
            write(client, row("A1").with("productvalue", "T-2"));
            importOnce();
            assertEquals(0, LEDGER.counts().documents());
            client.commit();
        }
        importOnce();
        assertEquals(
                List.of("T-2"),
                LEDGER.documents("A1").get(0).lines().stream()
                        .map(ErpLedger.Line::item)
                        .toList());
    }

    @Test
    void leavesADocumentWholeThatGetsAnotherRowWhileItIsRead() throws SQLException {
        write(row("A1"), row("A1"));
        AtomicBoolean added = new AtomicBoolean();
        ConnectionSource beforeTheSecondLook = () -> before("update picked", LocalErp.OWNER.open(), () -> {
            if (added.compareAndSet(false, true)) {
                write(row("A1"));
            }
        });
        try (OrderImport process = new OrderImport(beforeTheSecondLook, () -> ImportConditions.NORMAL, 5000)) {
            assertEquals(2, process.run().left());
            assertEquals(3, process.run().lines());
        }
        assertEquals(Map.of("A1", 3L), LEDGER.linesByDocument(""));
        assertEquals(Map.of(), LEDGER.doubled(""));
    }

    private interface Deed {
        void run() throws SQLException;
    }

    /** The connection, with something done just before a statement that contains {@code text}. */
    private static Connection before(String text, Connection connection, Deed deed) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("prepareStatement") && ((String) arguments[0]).contains(text)) {
                        deed.run();
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void waitsForNobodyWhoHasWrittenRowsAndNotCommitted() throws SQLException {
        try (Connection client = HUB.open()) {
            client.setAutoCommit(false);
            write(client, row("A1"), row("A1"));
            importOnce();
            assertEquals(0, LEDGER.counts().documents());
            client.commit();
        }
        importOnce();
        assertEquals(Map.of("A1", 2L), LEDGER.linesByDocument(""));
    }

    /** 40 documents of 2 rows, each replaced again and again by 3 rows under locks in any order, while the import runs. */
    @Test
    void neverImportsHalfADocumentWhileAClientReplacesRows() throws Exception {
        for (int i = 0; i < 40; i++) {
            write(row("A" + i), row("A" + i));
        }
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> importing = CompletableFuture.runAsync(() -> {
            try (OrderImport process = new OrderImport(LocalErp.OWNER, () -> ImportConditions.NORMAL, 10)) {
                do {
                    process.run();
                } while (!done.get());
                process.run();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
        int replaced = 0;
        try (Connection client = HUB.open();
                Statement statement = client.createStatement()) {
            client.setAutoCommit(false);
            for (int i = 0; i < 40; i++) {
                String documentNo = "A" + (39 - i);
                statement.execute("select 1 from i_order where documentno = '" + documentNo
                        + "' and i_isimported <> 'Y' order by i_order_id desc for update");
                int gone = statement.executeUpdate(
                        "delete from i_order where documentno = '" + documentNo + "' and i_isimported <> 'Y'");
                if (gone > 0) {
                    write(client, row(documentNo), row(documentNo), row(documentNo));
                    replaced++;
                }
                client.commit();
            }
        }
        done.set(true);
        importing.get(30, TimeUnit.SECONDS);

        Map<String, Long> lines = LEDGER.linesByDocument("");
        assertEquals(40, lines.size());
        assertEquals(replaced, lines.values().stream().filter(n -> n == 3).count());
        assertEquals(40 - replaced, lines.values().stream().filter(n -> n == 2).count());
        assertEquals(Map.of(), LEDGER.doubled(""));
    }

    @Test
    void givesWayToTwoImportsAtOnceWithoutDoubling() throws Exception {
        for (int i = 0; i < 50; i++) {
            write(row("A" + i), row("A" + i));
        }
        // Not the common pool, which may have one thread.
        ExecutorService both = Executors.newFixedThreadPool(2);
        List<CompletableFuture<Void>> runs = List.of(1, 2).stream()
                .map(n -> CompletableFuture.runAsync(
                        () -> {
                            try (OrderImport process =
                                    new OrderImport(LocalErp.OWNER, () -> ImportConditions.NORMAL, 10)) {
                                process.run();
                            } catch (SQLException e) {
                                throw new IllegalStateException(e);
                            }
                        },
                        both))
                .toList();
        both.shutdown();
        for (CompletableFuture<Void> run : runs) {
            run.get(30, TimeUnit.SECONDS);
        }
        importOnce();
        assertEquals(50, LEDGER.linesByDocument("").size());
        assertEquals(100, LEDGER.counts().lines());
        assertEquals(Map.of(), LEDGER.doubled(""));
    }
}
