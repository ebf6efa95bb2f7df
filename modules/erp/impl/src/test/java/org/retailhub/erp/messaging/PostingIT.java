package org.retailhub.erp.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.erp.messaging.Hub.LEDGER;
import static org.retailhub.erp.messaging.Hub.charge;
import static org.retailhub.erp.messaging.Hub.importOrders;
import static org.retailhub.erp.messaging.Hub.inErp;
import static org.retailhub.erp.messaging.Hub.line;
import static org.retailhub.erp.messaging.Hub.order;
import static org.retailhub.erp.messaging.Hub.shirts;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.retailhub.erp.Reconciliation;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.simulator.erp.ErpLedger;
import org.retailhub.simulator.erp.ImportConditions;

/** Postings into the ERP's own tables, and what its import makes of them. */
class PostingIT {
    private Hub hub;

    @BeforeEach
    void freshDatabases() throws SQLException {
        hub = Hub.fresh();
    }

    @AfterEach
    void end() {
        hub.end();
    }

    @Test
    void booksEachOrderOnceWithItsLinesChargesAndMoney() throws SQLException {
        hub.handle(
                hub.post(shirts("A1", 2)),
                hub.post(order(
                        "A2",
                        "EUR",
                        Stream.of(line("1", "SHIRT", 3, "0.3350"), line("2", "MUG", 1, "7.50")),
                        charge("discount", "-1.00"),
                        charge("bank-charges", "0.00"))),
                hub.post(order("A3", "JPY", Stream.of(line("1", "MUG", 3, "333.3333")))));

        importOrders();

        ErpLedger.Document first = only("A1");
        assertEquals(
                List.of("T-1", "Freight"),
                first.lines().stream().map(ErpLedger.Line::item).toList());
        assertMoney("29.59", first.totalLines());
        assertEquals("SHOP-EU", first.partner());
        ErpLedger.Document second = only("A2");
        assertEquals(
                List.of("T-1", "T-2", "Discount", "Bank Charges"),
                second.lines().stream().map(ErpLedger.Line::item).toList());
        assertMoney("1.01", second.lines().get(0).net());
        assertMoney("7.51", second.totalLines());
        assertEquals("JPY", only("A3").currency());
        assertMoney("1000", only("A3").totalLines());
    }

    @Test
    void givesAwayWhatIsFreeInsteadOfChargingTheListPrice() throws SQLException {
        hub.handle(hub.post(order("A1", "EUR", Stream.of(line("1", "SHIRT", 250, "0"), line("2", "MUG", 1, "7.50")))));
        importOrders();
        assertMoney("0", only("A1").lines().get(0).net());
        assertMoney("7.50", only("A1").totalLines());
    }

    @Test
    void datesTheDocumentByTheChannelsOwnDay() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders();
        hub.erpConnection.rollback();
        try (var connection = Hub.erpOwner().open();
                var rows = connection.createStatement().executeQuery("select dateordered::text from c_order")) {
            rows.next();
            assertEquals("2026-11-23 00:00:00", rows.getString(1));
        }
    }

    @Test
    void booksUnderTheSalesAccountWhoeverBearsTheBuyersName() throws SQLException {
        inErp("insert into ad_user (name, email, c_bpartner_id) values ('A. Buyer', 'a@example.org', 112)");
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders();
        assertEquals("SHOP-EU", only("A1").partner());
    }

    @Test
    void makesNoPartnerWhenOneIsRenamedBeforeTheImport() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        inErp("update c_bpartner set value = 'SHOP-EUROPE' where value = 'SHOP-EU'");
        inErp("update m_product set value = 'T-1-OLD' where value = 'T-1'");
        importOrders();
        assertEquals("SHOP-EUROPE", only("A1").partner());
        assertEquals(2, only("A1").lines().size());
    }

    @Test
    void parksWhatTheErpWouldBookInPartAndBooksTheRest() throws SQLException {
        hub.items.put("HAT", "T-9");
        hub.partners.put("shop-us", "SHOP-US");
        List<Verdict<?>> verdicts = new ArrayList<>(hub.handle(
                hub.post(order("A1", "EUR", Stream.of(line("1", "SHIRT", 1, "1"), line("2", "HAT", 1, "1")))),
                hub.post(order("A2", "EUR", Stream.of(line("1", "SOCKS", 1, "1")))),
                hub.post(order("A3", "EUR", Stream.of(line("1", "SHIRT", 1, "1")), charge("tip", "1"))),
                hub.post(order("A4", "XAU", Stream.of(line("1", "SHIRT", 1, "1")))),
                hub.post(shirts("A5", 1))));
        assertParked(ErpError.UNKNOWN_PRODUCT, "HAT (T-9)", verdicts.get(0));
        assertParked(ErpError.UNMAPPED_PRODUCT, "SOCKS", verdicts.get(1));
        assertParked(ErpError.UNKNOWN_CHARGE, "tip", verdicts.get(2));
        assertParked(ErpError.UNKNOWN_CURRENCY, "XAU has no active sales price list without tax", verdicts.get(3));
        importOrders();
        assertEquals(1, LEDGER.counts().documents());
        assertEquals(2, only("A5").lines().size());
    }

    @Test
    void parksAPartnerThatTheErpCouldNotShipTo() throws SQLException {
        inErp("update c_bpartner_location set isshipto = 'N'");
        assertParked(ErpError.UNKNOWN_PARTNER, "SHOP-EU has no address", hub.handleOne(hub.post(shirts("A1", 1))));
        inErp("update c_bpartner set isactive = 'N'");
        assertParked(
                ErpError.UNKNOWN_PARTNER,
                "SHOP-EU is not there or not active",
                hub.handleOne(hub.post(shirts("A1", 1))));
    }

    @Test
    void writesNothingTwiceAfterTheHubForgot() throws SQLException {
        Envelope message = hub.post(shirts("A1", 1));
        hub.handle(message);
        importOrders();
        hub.own.update("delete from posting");
        hub.handle(message);
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders();
        only("A1");
        hub.poll();
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting("A1").state());
    }

    /** The ERP fails now and then, never three times in a row: its circuit stays closed. */
    @Test
    void asksForNoVerdictsWhileTheRetryHasToWait() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders();
        while (hub.circuit.isPassable()) {
            hub.circuit.failed(new IllegalStateException("hiccup"));
            if (hub.circuit.isPassable()) {
                hub.circuit.succeeded();
            }
        }
        assertTrue(hub.circuit.isClosed());
        hub.poll();
        assertEquals(PostingState.WRITTEN, hub.posting("A1").state());
        hub.circuit.succeeded();
        hub.poll();
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting("A1").state());
    }

    @Test
    void replacesTheRowsThatTheErpHasNotLookedAt() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        hub.handle(hub.amend(2, shirts("A1", 3)));
        importOrders();
        assertMoney("41.89", only("A1").totalLines());
        hub.poll();
        assertEquals(List.of("1 PostingAcknowledged.v1"), hub.events("A1"));
        assertEquals(2, hub.posting("A1").sequence());
        assertEquals(List.of(), LEDGER.disorders(""));
    }

    @Test
    void refusesChangeAndWithdrawalOnceTheErpHasItsDocumentWhereAPersonFollows(@TempDir Path folder)
            throws SQLException, IOException {
        Path own = folder.resolve("own.properties");
        Files.writeString(own, "after-posting = person\n");
        System.setProperty("retailhub.erp.idempiere.mapping", own.toString());
        try {
            hub.end();
            hub = new Hub();
        } finally {
            System.clearProperty("retailhub.erp.idempiere.mapping");
        }
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders();
        hub.handle(hub.amend(2, shirts("A1", 3)));
        hub.handle(hub.withdraw(3, "A1"));
        importOrders();
        assertMoney("17.29", only("A1").totalLines());
        assertEquals(List.of("1 PostingAmendmentRefused.v1", "2 PostingWithdrawalRefused.v1"), hub.events("A1"));
        assertEquals(PostingState.WRITTEN, hub.posting("A1").state());
        hub.poll();
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting("A1").state());
        assertEquals(3, hub.events("A1").size());
        assertEquals(List.of(), LEDGER.disorders(""));
    }

    @Test
    void takesAPostingBack() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        Envelope withdrawal = hub.withdraw(2, "A1");
        hub.handle(withdrawal);
        importOrders();
        assertEquals(0, LEDGER.counts().documents());
        assertEquals(PostingState.WITHDRAWN, hub.posting("A1").state());
        assertEquals(List.of("1 PostingWithdrawn.v1"), hub.events("A1"));
        hub.handle(hub.amend(3, shirts("A1", 1)));
        assertEquals(List.of("1 PostingWithdrawn.v1", "2 PostingAmendmentRefused.v1"), hub.events("A1"));
        assertEquals(0, LEDGER.counts().waiting());
    }

    @Test
    void waitsWhileTheImportHasTheDocumentInHand() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        try (var running = Hub.erpOwner().open()) {
            running.setAutoCommit(false);
            running.createStatement().executeQuery("select * from i_order order by i_order_id limit 1 for update");
            Verdict<?> verdict = hub.handle(hub.amend(2, shirts("A1", 3)), hub.post(shirts("A2", 1)))
                    .get(0);
            assertEquals(
                    ErpError.ERP_BUSY,
                    assertInstanceOf(Verdict.Hold.class, verdict).code());
        }
        importOrders();
        assertMoney("17.29", only("A1").totalLines());
        only("A2");
    }

    @Test
    void waitsForAnEarlierPostingThatTheErpDoesNotShowYet() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        inErp("delete from rh_posting; delete from i_order");
        Verdict<?> verdict = hub.handleOne(hub.amend(2, shirts("A1", 3)));
        assertEquals(
                ErpError.ERP_BEHIND,
                assertInstanceOf(Verdict.Hold.class, verdict).code());
    }

    @Test
    void tellsTheErpsWordsAndItsLaterAcceptance() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)), hub.post(shirts("A2", 1)));
        ImportConditions strict = new ImportConditions(
                false, 0, List.of(new ImportConditions.Rejection("A1", "Customer is blocked")), "E");
        importOrders(strict);
        hub.poll();
        hub.poll();
        assertEquals(List.of("1 PostingRejected.v1"), hub.events("A1"));
        assertEquals("ERR=Customer is blocked", hub.posting("A1").reason());
        assertNull(hub.posting("A1").documentNo());
        assertEquals(List.of("1 PostingAcknowledged.v1"), hub.events("A2"));
        assertEquals("A2", hub.posting("A2").documentNo());
        importOrders();
        Hub again = new Hub();
        again.poll();
        again.end();
        assertEquals(List.of("1 PostingRejected.v1", "2 PostingAcknowledged.v1"), hub.events("A1"));
    }

    @Test
    void readsARefusalThatTheImportPutBackToNo() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders(new ImportConditions(false, 0, List.of(new ImportConditions.Rejection("A1", "No credit")), "N"));
        hub.poll();
        assertEquals(PostingState.REJECTED, hub.posting("A1").state());
        hub.handle(hub.amend(2, shirts("A1", 2)));
        importOrders();
        hub.poll();
        assertEquals(List.of("1 PostingRejected.v1", "2 PostingAcknowledged.v1"), hub.events("A1"));
        assertMoney("29.59", only("A1").totalLines());
    }

    @Test
    void saysSoWhenTheErpBookedAPart() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders(new ImportConditions(false, 0, List.of(new ImportConditions.Rejection("Freight", "No")), "E"));
        hub.poll();
        assertEquals(PostingState.REJECTED, hub.posting("A1").state());
        assertTrue(hub.posting("A1").reason().startsWith("part of a document: 1 of 2 rows are in "));
        assertEquals("A1", hub.posting("A1").documentNo());
    }

    @Test
    void learnsOfDocumentsWhoseRowsTheErpTidiedAway() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders();
        inErp("delete from i_order");
        hub.poll();
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting("A1").state());
    }

    @Test
    void keepsNothingAboutAPostingThatChangedWhileItAsked() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders(new ImportConditions(false, 0, List.of(new ImportConditions.Rejection("A1", "No")), "E"));
        // The amendment's rows are not looked at yet: what the earlier rows were told does not count.
        inErp("insert into rh_posting (message_id, business_key, sequence) values ('m2', 'A1', 2)");
        hub.own.update("update posting set sequence = 2, message_id = 'm2'");
        hub.commit();
        hub.poll();
        assertEquals(PostingState.WRITTEN, hub.posting("A1").state());
    }

    @Test
    void bringsBackWhatARestoredErpHasLost() throws SQLException {
        Envelope[] first = {hub.post(shirts("A1", 1)), hub.post(shirts("A2", 1)), hub.post(shirts("A3", 1))};
        Envelope[] second = {hub.amend(2, shirts("A2", 5)), hub.withdraw(2, "A3")};
        hub.handle(first);
        hub.handle(second);
        importOrders();
        hub.poll();
        Envelope late = hub.amend(3, shirts("A2", 9));
        hub.handle(late);
        importOrders();
        hub.poll();
        hub.handle(hub.post(shirts("B1", 1)));
        hub.own.update("insert into inbox (queue, business_key, last_sequence, updated_at) values"
                + " ('erp.postings.idempiere', 'A1', 1, now()), ('erp.postings.idempiere', 'A2', 3, now()),"
                + " ('erp.postings.idempiere', 'A3', 2, now()), ('erp.postings.idempiere', 'B1', 1, now())");
        hub.commit();
        Instant from = Instant.now().minusSeconds(60);
        Instant to = Instant.now().plusSeconds(60);
        Reconciliation.Report before = hub.reconciliation.compare(from, to, 100);
        hub.commit();
        assertEquals(List.of(), before.lostByErp());
        assertEquals(List.of(), before.unknownToHub());
        assertEquals(7, before.marks());
        List<String> told = hub.events("A2");

        // The ERP as it was before the import: A3's rows are back, A1 and A2 were never written.
        inErp("delete from rh_posting where business_key in ('A1', 'A2') or sequence = 2;"
                + " delete from c_orderline; delete from c_order; delete from i_order where documentno in ('A1', 'A2', 'A2-C3');"
                + " insert into i_order (documentno, i_order_uu, bpartnervalue, c_bpartner_id, productvalue, qtyordered,"
                + " priceactual, c_currency_id) select 'A3', 'x', 'SHOP-EU', c_bpartner_id, 'T-1', 1, 1, 102"
                + " from c_bpartner where value = 'SHOP-EU'");
        List<String> lost = hub.reconciliation.compare(from, to, 100).lostByErp().stream()
                .map(Reconciliation.Lost::orderId)
                .toList();
        assertEquals(List.of("A1", "A2", "A3"), lost);
        List<Reconciliation.Again> again =
                hub.reconciliation.repost(List.of("A1", "A2", "A3", "B1"), "ops", "restored");
        assertEquals(6, again.size());
        assertEquals(
                again,
                hub.reconciliation.repost(List.of("A1", "A2", "A3", "B1"), "ops", "the first answer was lost"),
                "asked again before they came");
        hub.handle(first);
        hub.handle(second);
        hub.handle(late);

        importOrders();
        hub.poll();
        hub.poll();
        assertMoney("17.29", only("A1").totalLines());
        assertMoney("115.69", only("A2").totalLines());
        assertEquals(List.of(), LEDGER.documents("A3"));
        only("B1");
        assertEquals(told, hub.events("A2"));
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting("A2").state());
        assertEquals(List.of(), LEDGER.disorders(""));
        assertEquals(List.of(), hub.reconciliation.compare(from, to, 100).lostByErp());
        hub.commit();
    }

    /** Each question would hold a thread and a connection until it times out. */
    @Test
    void comparesNothingWithAnErpThatIsLeftAlone() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        while (hub.circuit.isPassable()) {
            hub.circuit.failed(new IllegalStateException("hiccup"));
            if (hub.circuit.isPassable()) {
                hub.circuit.succeeded();
            }
        }
        Instant now = Instant.now();
        assertEquals(
                ErpError.ERP_DOWN,
                assertThrows(
                                RetailException.class,
                                () -> hub.reconciliation.compare(now.minusSeconds(60), now.plusSeconds(60), 100))
                        .code());
        assertEquals(
                ErpError.ERP_DOWN,
                assertThrows(RetailException.class, () -> hub.reconciliation.repost(List.of("A1"), "ops", "restored"))
                        .code());
        hub.circuit.succeeded();
        assertEquals(
                1,
                hub.reconciliation
                        .compare(now.minusSeconds(60), now.plusSeconds(60), 100)
                        .marks());
    }

    @Test
    void namesWhatARestoredHubDoesNotKnow() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        hub.own.update("delete from posting");
        hub.commit();
        Reconciliation.Report report = hub.reconciliation.compare(
                Instant.now().minusSeconds(60), Instant.now().plusSeconds(60), 100);
        assertEquals("A1", report.unknownToHub().get(0).orderId());
    }

    @Test
    void refusesAMappingToColumnsThatTheErpDoesNotHave(@TempDir Path folder) throws IOException, SQLException {
        inErp("alter table i_order add column channel_code text not null");
        Path file = folder.resolve("own.properties");
        Files.writeString(file, "I_Order.Colour = 'red'");
        System.setProperty("retailhub.erp.idempiere.mapping", file.toString());
        try {
            RetailException refusal = assertThrows(RetailException.class, Hub::new);
            assertEquals(
                    "I_Order has no column colour. I_Order.channel_code must be mapped: the table takes no row without it.",
                    refusal.detail());
        } finally {
            System.clearProperty("retailhub.erp.idempiere.mapping");
        }
    }

    @Test
    void findsPostingsOfATenantByStateNewestFirst() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)), hub.post(shirts("A2", 1)), hub.post(shirts("A3", 1)));
        hub.handle(hub.withdraw(2, "A2"));
        assertEquals(List.of("A3", "A2", "A1"), found(null, "acme", null));
        assertEquals(List.of("A3", "A1"), found(PostingState.WRITTEN, null, null));
        assertEquals(List.of("A1"), found(PostingState.WRITTEN, "acme", "A3"));
        assertEquals(List.of(), found(null, "other", null));
        String channel = hub.postings.find(Set.of("A1")).get("A1").channel();
        assertEquals(List.of("A3"), found(PostingState.WRITTEN, "acme", Set.of(channel, "else"), null, 1));
        assertEquals(List.of(), found(null, "acme", Set.of("else"), null, 10));
        assertEquals(2, hub.postings.waiting().written());
        hub.commit();
    }

    private List<String> found(PostingState state, String tenant, String before) {
        return found(state, tenant, Set.of(), before, 10);
    }

    private List<String> found(PostingState state, String tenant, Set<String> channels, String before, int limit) {
        return hub.postings.search(state, tenant, channels, before, limit).stream()
                .map(posting -> posting.orderId())
                .toList();
    }

    @Test
    void cutsTextsThatTheErpHasNoRoomFor() throws SQLException {
        SalesDocument order = shirts("A1", 1);
        hub.handle(hub.post(new SalesDocument(
                "A1",
                1,
                "shop-eu",
                "x".repeat(300),
                order.placedAt(),
                "EUR",
                new SalesDocument.ShipTo("\uD83C\uDF81".repeat(70), null, null, null, "123456789012", null, "DE"),
                order.lines(),
                order.charges())));
        importOrders();
        only("A1");
    }

    @Test
    void needsTheSameStatementsForOneOrderAsForTwoHundred() throws SQLException {
        hub.handle(hub.post(shirts("WARM", 1)));
        int[] before = {hub.ownConnection.statements(), hub.erpConnection.statements()};
        hub.handle(hub.post(shirts("B", 1)));
        int own = hub.ownConnection.statements() - before[0];
        int erp = hub.erpConnection.statements() - before[1];
        Envelope[] many = IntStream.range(0, 200)
                .mapToObj(i -> hub.post(shirts("C" + i, 1)))
                .toArray(Envelope[]::new);
        before = new int[] {hub.ownConnection.statements(), hub.erpConnection.statements()};
        hub.handle(many);
        assertEquals(own, hub.ownConnection.statements() - before[0]);
        assertEquals(erp, hub.erpConnection.statements() - before[1]);
        assertEquals(4, erp);
    }

    private static ErpLedger.Document only(String documentNo) throws SQLException {
        List<ErpLedger.Document> documents = LEDGER.documents(documentNo);
        assertEquals(1, documents.size(), documentNo);
        return documents.get(0);
    }

    private static void assertMoney(String expected, BigDecimal actual) {
        assertEquals(0, new BigDecimal(expected).compareTo(actual), () -> expected + " but was " + actual);
    }

    private static void assertParked(ErpError code, String detail, Verdict<?> verdict) {
        Verdict.Park<?> park = assertInstanceOf(Verdict.Park.class, verdict);
        assertEquals(code, park.code());
        assertEquals(detail, park.detail());
    }
}
