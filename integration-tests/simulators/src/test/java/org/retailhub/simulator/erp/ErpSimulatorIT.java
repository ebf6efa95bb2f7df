package org.retailhub.simulator.erp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.simulator.erp.LocalErp.HUB;
import static org.retailhub.simulator.erp.LocalErp.LEDGER;
import static org.retailhub.simulator.erp.LocalErp.OWNER;
import static org.retailhub.simulator.erp.LocalErp.SUPERUSER;
import static org.retailhub.simulator.erp.LocalErp.execute;
import static org.retailhub.simulator.erp.LocalErp.row;
import static org.retailhub.simulator.erp.LocalErp.texts;
import static org.retailhub.simulator.erp.LocalErp.write;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The process as tests and demonstrations steer it. */
class ErpSimulatorIT {
    private ErpSimulator simulator;
    private ErpControl erp;

    @BeforeEach
    void running() throws SQLException, IOException {
        LocalErp.fresh();
        simulator = new ErpSimulator(OWNER, SUPERUSER, 0, 20, 5000);
        erp = new ErpControl(simulator.port());
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    @Test
    void importsOnItsScheduleByItself() throws Exception {
        write(row("A1"));
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (LEDGER.counts().documents() == 0 && System.nanoTime() < deadline) {
            new CountDownLatch(1).await(10, java.util.concurrent.TimeUnit.MILLISECONDS);
        }
        assertEquals(1, LEDGER.counts().documents());
    }

    @Test
    void importsOnDemandOnlyWhileItIsStopped() throws Exception {
        erp.stopped();
        erp.importNow();
        write(row("A1"));
        new CountDownLatch(1).await(100, java.util.concurrent.TimeUnit.MILLISECONDS);
        assertEquals(0, LEDGER.counts().documents());
        assertEquals(1, erp.status().path("backlog").path("waiting").asInt());
        assertEquals(1, erp.importNow().path("documents").asInt());
        assertEquals(new ErpLedger.Backlog(0, 0), LEDGER.backlog());
        assertEquals(1, erp.status().path("imported").path("documents").asInt());
    }

    @Test
    void refusesChosenRowsUntilItIsNormalAgain() throws SQLException {
        erp.stopped();
        erp.mode(Map.of("mode", "stopped", "reject", List.of(Map.of("match", "T-1", "error", "Product blocked"))));
        write(row("A1"));
        erp.importNow();
        assertEquals(
                "ERR=Product blocked,",
                erp.document("A1").path("interfaceRows").path(0).path("error").asText());
        erp.normal();
        erp.importNow();
        assertEquals(
                "Y",
                erp.document("A1")
                        .path("interfaceRows")
                        .path(0)
                        .path("imported")
                        .asText());
    }

    @Test
    void answersWithADocumentAndItsLines() throws SQLException {
        erp.stopped();
        write(row("A1"), row("A1").without("productvalue").with("chargename", "Freight"));
        erp.importNow();
        JsonNode document = erp.document("A1").path("documents").path(0);
        assertEquals(
                "24.6",
                document.path("grandTotal").decimalValue().stripTrailingZeros().toPlainString());
        assertEquals("Freight", document.path("lines").path(1).path("item").asText());
        assertTrue(document.path("lines").path(1).path("charge").asBoolean());
    }

    @Test
    void countsMoneyByCurrencyAndCountry() throws SQLException {
        erp.stopped();
        write(
                row("A1"),
                row("A2")
                        .with("bpartnervalue", "AUNT")
                        .with("countrycode", "GB")
                        .with("c_currency_id", 114),
                row("B1")
                        .with("bpartnervalue", "AUNT")
                        .with("countrycode", "GB")
                        .with("c_currency_id", 114));
        erp.importNow();
        assertEquals(
                List.of(
                        new ErpLedger.Total("EUR", 1, new BigDecimal("12.30"), new BigDecimal("12.30")),
                        new ErpLedger.Total("GBP", 2, new BigDecimal("24.60"), new BigDecimal("24.60"))),
                LEDGER.totalsByCurrency(""));
        assertEquals(
                List.of(
                        new ErpLedger.Total("DE", 1, new BigDecimal("12.30"), new BigDecimal("12.30")),
                        new ErpLedger.Total("GB", 1, new BigDecimal("12.30"), new BigDecimal("12.30"))),
                LEDGER.totalsByCountry("A"));
        assertEquals(3, erp.ledger("").path("counts").path("documents").asInt());
    }

    @Test
    void namesKeysWhosePostingsLeftTheirSequence() throws SQLException {
        execute(
                HUB,
                "insert into rh_posting (message_id, business_key, sequence) values ('1', 'good', 1), ('2', 'swapped', 2),"
                        + " ('3', 'swapped', 1), ('4', 'good', 2), ('5', 'gap', 1), ('6', 'gap', 3), ('7', 'twice', 1),"
                        + " ('8', 'twice', 1), ('9', 'late', 2)");
        assertEquals(
                List.of(
                        new ErpLedger.Disorder("gap", List.of(1L, 3L), false, true),
                        new ErpLedger.Disorder("late", List.of(2L), false, true),
                        new ErpLedger.Disorder("swapped", List.of(2L, 1L), true, false),
                        new ErpLedger.Disorder("twice", List.of(1L, 1L), true, false)),
                LEDGER.disorders(""));
    }

    @Test
    void refusesTheHubWhileItIsDownAndLetsItInAgain() throws SQLException {
        try (Connection session = HUB.open();
                Statement statement = session.createStatement()) {
            erp.down();
            try {
                assertThrows(SQLException.class, () -> statement.execute("select 1"));
                String refusal = assertThrows(SQLException.class, HUB::open).getMessage();
                assertTrue(refusal.contains("not permitted to log in"), refusal);
            } finally {
                erp.restore();
            }
        }
        write(row("A1"));
    }

    @Test
    void isSetBackToItsSnapshotWithItsKeys() throws SQLException {
        erp.stopped();
        write(row("A1"));
        execute(HUB, "insert into rh_posting (message_id, business_key, sequence) values ('m1', 'A1', 1)");
        erp.importNow();
        erp.snapshot();
        String next = texts("select last_value from c_order_sq").get(0);
        write(row("A2").with("bpartnervalue", "LATER"));
        execute(HUB, "insert into rh_posting (message_id, business_key, sequence) values ('m2', 'A2', 1)");
        erp.importNow();
        assertEquals(2, LEDGER.counts().documents());

        erp.setBack();

        assertEquals(1, LEDGER.counts().documents());
        assertEquals(List.of("m1"), texts("select message_id from rh_posting"));
        assertEquals(List.of(), texts("select 1 from c_bpartner where value = 'LATER'"));
        assertEquals(next, texts("select last_value from c_order_sq").get(0), "keys are given a second time");
        write(row("A2"));
        execute(HUB, "insert into rh_posting (message_id, business_key, sequence) values ('m2', 'A2', 1)");
        erp.importNow();
        assertEquals(2, LEDGER.counts().documents());
    }

    @Test
    void takesThousandsOfMastersAtOnceAndTwice() throws SQLException {
        StringBuilder products = new StringBuilder();
        StringBuilder partners = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            products.append("{\"value\":\"P-")
                    .append(i)
                    .append("\",\"name\":\"Product ")
                    .append(i)
                    .append("\"}\n");
            partners.append("{\"value\":\"C-")
                    .append(i)
                    .append("\",\"country\":\"GB\",\"email\":\"c")
                    .append(i)
                    .append("@example.org\"}\n");
        }
        for (int times = 0; times < 2; times++) {
            assertEquals(5000, erp.masters(Masters.Kind.PRODUCTS, products.toString()));
            assertEquals(5000, erp.masters(Masters.Kind.PARTNERS, partners.toString()));
            assertEquals(1, erp.masters(Masters.Kind.CHARGES, "[{\"name\": \"Ransom\"}]"));
        }
        assertEquals(List.of("5000"), texts("select count(*) from m_product where value like 'P-%'"));
        assertEquals(
                List.of("5000"),
                texts("select count(*) from c_bpartner_location join c_bpartner using (c_bpartner_id)"
                        + " where value like 'C-%'"));
        assertEquals(List.of("5000"), texts("select count(*) from ad_user where email like 'c%@example.org'"));
    }

    @Test
    void saysWhatItDoesNotUnderstand() {
        assertTrue(assertThrows(IllegalStateException.class, () -> erp.mode(Map.of("mode", "asleep")))
                .getMessage()
                .contains("400"));
        assertTrue(assertThrows(IllegalStateException.class, () -> erp.masters(Masters.Kind.PRODUCTS, "[{}]"))
                .getMessage()
                .contains("has no \\\"value\\\""));
    }

    @Test
    void letsTheHubDoWhatItsContractSaysAndNoMore() throws SQLException {
        execute(HUB, "insert into i_order (documentno) values ('A1')");
        execute(HUB, "update i_order set city = 'Bonn'");
        execute(HUB, "delete from i_order");
        try (Connection hub = HUB.open();
                Statement statement = hub.createStatement()) {
            statement.execute("select * from c_order, c_orderline, m_product, c_bpartner, ad_user, c_charge, c_tax");
        }
        for (String forbidden : List.of(
                "insert into m_product (value, name) values ('X', 'X')",
                "update c_order set documentno = ''",
                "delete from c_orderline",
                "truncate i_order",
                "select nextval('c_order_sq')",
                "create table adempiere.mine (id int)")) {
            assertThrows(SQLException.class, () -> execute(HUB, forbidden), forbidden);
        }
    }

    @Test
    void keepsWhatIsThereWhenItStartsAgain() throws SQLException {
        erp.stopped();
        write(row("A1"));
        erp.importNow();
        ErpDatabase.init(OWNER);
        ErpDatabase.init(SUPERUSER);
        assertEquals(1, LEDGER.counts().documents());
        assertEquals(List.of("1"), texts("select count(*) from m_pricelist where name = 'Sales EUR'"));
    }
}
