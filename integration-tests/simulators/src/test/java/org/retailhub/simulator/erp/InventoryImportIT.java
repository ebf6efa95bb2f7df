package org.retailhub.simulator.erp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.simulator.erp.LocalErp.HUB;
import static org.retailhub.simulator.erp.LocalErp.OWNER;
import static org.retailhub.simulator.erp.LocalErp.execute;
import static org.retailhub.simulator.erp.LocalErp.texts;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of the import of inventories, each as the ERP has it, traps included. */
class InventoryImportIT {
    private static final ErpStock STOCK = new ErpStock(OWNER);

    @BeforeEach
    void freshErp() throws SQLException {
        LocalErp.fresh();
        new Masters(OWNER).upsert(Masters.Kind.WAREHOUSES, "{\"value\": \"BERLIN\", \"name\": \"Berlin\"}");
    }

    private static ImportRun importOnce() throws SQLException {
        return importOnce(ImportConditions.NORMAL);
    }

    private static ImportRun importOnce(ImportConditions conditions) throws SQLException {
        try (InventoryImport process = new InventoryImport(OWNER, () -> conditions, 3)) {
            return process.run();
        }
    }

    /** Internal use, written as the hub's role. */
    private static void use(String locator, String product, String day, int taken) throws SQLException {
        write("'" + locator + "', '" + product + "', timestamp '" + day
                + "', 'Internal Use Inventory', 'Stock Adjustment', null, " + taken);
    }

    private static void count(String locator, String product, String day, int counted) throws SQLException {
        write("'" + locator + "', '" + product + "', timestamp '" + day + "', 'Physical Inventory', null, " + counted
                + ", null");
    }

    private static void write(String values) throws SQLException {
        execute(
                HUB,
                "insert into i_inventory (locatorvalue, value, movementdate, doctypename, chargename, qtycount, qtyinternaluse) values ("
                        + values + ")");
    }

    @Test
    void internalUseTakesAwayAndACountSaysWhatIsThere() throws SQLException {
        count("HQ", "T-1", "2026-11-23", 10);
        use("HQ", "T-1", "2026-11-23", 3);
        importOnce();
        use("HQ", "T-1", "2026-11-24", -5);
        importOnce();
        assertEquals(List.of("T-1 HQ 12"), onHand("T-1"));
        count("HQ", "T-1", "2026-11-24", 4);
        importOnce();
        assertEquals(List.of("T-1 HQ 4"), onHand("T-1"));
        assertEquals(0, new BigDecimal("-2").compareTo(STOCK.counts().internalUse()));
    }

    @Test
    void makesADocumentPerWarehouseDayTypeAndKind() throws SQLException {
        use("HQ", "T-1", "2026-11-23 09:00", 1);
        use("BERLIN", "T-1", "2026-11-23 09:00", 1);
        use("HQ", "T-2", "2026-11-23 18:00", 1);
        use("HQ", "T-1", "2026-11-24 09:00", 1);
        count("HQ", "T-2", "2026-11-23 09:00", 7);
        try (InventoryImport process = new InventoryImport(OWNER, () -> ImportConditions.NORMAL, 100)) {
            ImportRun run = process.run();
            assertEquals(4, run.documents());
            assertEquals(5, run.lines());
        }
        assertEquals(List.of("Y"), texts("select distinct processed from i_inventory"));
        assertEquals(
                Map.of("HQ 2026-11-23", 3L, "HQ 2026-11-24", 1L, "BERLIN 2026-11-23", 1L),
                STOCK.lines().stream()
                        .collect(java.util.stream.Collectors.groupingBy(
                                line -> line.warehouse() + " " + line.day(), java.util.stream.Collectors.counting())));
    }

    @Test
    void namesWhatItCannotBookAndBooksTheRest() throws SQLException {
        use("NOWHERE", "T-9", "2026-11-23", 1);
        write("'HQ', 'T-1', timestamp '2026-11-23', 'Internal Use', 'Nothing', null, 1");
        write("'HQ', 'T-1', timestamp '2026-11-23', null, null, null, null");
        write("'HQ', 'T-1', timestamp '2026-11-23', null, null, 1, 1");
        use("HQ", "T-1", "2026-11-23", 2);
        ImportRun run = importOnce();
        assertEquals(1, run.lines());
        assertEquals(4, run.errors());
        assertEquals(
                List.of(
                        "ERR=No Location, ERR=No Warehouse, ERR=No Product,",
                        "ERR=Invalid DocType, ERR=Invalid Charge, ERR=Required charge,",
                        "ERR=No Qty Count or Internal Use,",
                        "ERR=Excluding quantities, ERR=Required charge,",
                        ""),
                STOCK.interfaceRows().stream().map(ErpStock.InterfaceRow::error).toList());
        assertEquals(new ErpLedger.Backlog(0, 4), STOCK.backlog());
    }

    @Test
    void triesARowInErrorAgainWhenTheMastersAreMended() throws SQLException {
        use("HQ", "T-9", "2026-11-23", 1);
        importOnce();
        new Masters(OWNER).upsert(Masters.Kind.PRODUCTS, "{\"value\": \"T-9\"}");
        assertEquals(1, importOnce().lines());
        assertEquals(List.of("T-9 HQ -1"), onHand("T-9"));
        assertEquals(0, importOnce().lines());
    }

    @Test
    void refusesWhatItIsToldToRefuse() throws SQLException {
        use("HQ", "T-1", "2026-11-23", 1);
        importOnce(
                new ImportConditions(false, 0, List.of(new ImportConditions.Rejection("T-1", "Product locked")), "N"));
        ErpStock.InterfaceRow row = STOCK.interfaceRows().get(0);
        assertEquals("ERR=Product locked,", row.error());
        assertEquals("N", row.imported());
        assertEquals(1, importOnce().lines());
    }

    @Test
    void leavesRowsThatAnotherSessionHolds() throws SQLException {
        use("HQ", "T-1", "2026-11-23", 1);
        use("HQ", "T-2", "2026-11-23", 1);
        try (Connection other = HUB.open();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select 1 from i_inventory where value = 'T-1' for update");
            assertEquals(1, importOnce().lines());
            other.rollback();
        }
        assertEquals(1, importOnce().lines());
    }

    /** The same row written twice is booked twice: exactly once is the client's duty. */
    @Test
    void booksTwiceWhatIsWrittenTwice() throws SQLException {
        use("HQ", "T-1", "2026-11-23", 1);
        use("HQ", "T-1", "2026-11-23", 1);
        importOnce();
        assertEquals(List.of("T-1 HQ -2"), onHand("T-1"));
        assertTrue(STOCK.counts().lines() == 2);
    }

    private static List<String> onHand(String product) throws SQLException {
        return STOCK.onHand(product).stream()
                .map(each -> each.product() + " " + each.warehouse() + " "
                        + each.quantity().toPlainString())
                .toList();
    }
}
