package org.retailhub.erp.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.erp.messaging.Hub.LEDGER;
import static org.retailhub.erp.messaging.Hub.charge;
import static org.retailhub.erp.messaging.Hub.importOrders;
import static org.retailhub.erp.messaging.Hub.inErp;
import static org.retailhub.erp.messaging.Hub.line;
import static org.retailhub.erp.messaging.Hub.order;
import static org.retailhub.erp.messaging.Hub.shirts;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.Reconciliation;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.simulator.erp.ErpLedger;
import org.retailhub.simulator.erp.ImportConditions;

/** Changes and cancellations after the ERP has made its document, and what its import makes of the documents that follow. */
class CorrectionIT {
    private static final ImportConditions NO_FREIGHT =
            new ImportConditions(false, 0, List.of(new ImportConditions.Rejection("Freight", "Period closed")), "E");

    private static final ImportConditions NO_RETURN =
            new ImportConditions(false, 0, List.of(new ImportConditions.Rejection("A1-R2", "Period closed")), "E");

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
    void returnsACancelledOrderToTheCent() throws SQLException {
        posted(order(
                "A1",
                "EUR",
                Stream.of(
                        line("1", "SHIRT", 3, "12.345"), line("2", "SHIRT", 1, "12.345"), line("3", "MUG", 7, "0.005")),
                charge("shipping", "4.99"),
                charge("discount", "-1.11"),
                charge("discount", "-0.22")));
        hub.handle(hub.withdraw(2, "A1"));
        assertEquals(PostingState.WRITTEN, hub.posting("A1").state());
        assertEquals(List.of("1 PostingAcknowledged.v1"), hub.events("A1"), "nothing is told before the ERP has it");

        importOrders();
        hub.poll();

        ErpLedger.Document returned = only("A1-R2");
        assertEquals("Return Material", returned.type());
        assertEquals("SHOP-EU", returned.partner());
        assertEquals(only("A1").country(), returned.country());
        assertMoney(only("A1").totalLines().toPlainString(), returned.totalLines());
        assertMoney("0", LEDGER.totalsByCurrency("").get(0).lines());
        assertMoney("0", LEDGER.totalsByCountry("").get(0).grand());
        assertEquals(PostingState.WITHDRAWN, hub.posting("A1").state());
        assertEquals("corrected by A1-R2", hub.posting("A1").reason());
        assertEquals(List.of("1 PostingAcknowledged.v1", "2 PostingWithdrawn.v1"), hub.events("A1"));
    }

    @Test
    void followsEachKindOfChange() throws SQLException {
        posted(order(
                "A1",
                "EUR",
                Stream.of(line("1", "SHIRT", 3, "12.345"), line("2", "MUG", 1, "7.50")),
                charge("shipping", "4.99")));
        changed(2, Stream.of(line("1", "SHIRT", 2, "12.345"), line("2", "MUG", 1, "7.50")), "4.99");
        assertEquals(1, LEDGER.documents("A1-R2").size());
        assertEquals(0, LEDGER.documents("A1-C2").size());
        changed(3, Stream.of(line("1", "SHIRT", 2, "12.345")), "4.99");
        changed(4, Stream.of(line("1", "SHIRT", 2, "11.115")), "4.99");
        assertEquals(1, LEDGER.documents("A1-R4").size());
        assertEquals(1, LEDGER.documents("A1-C4").size());
        changed(5, Stream.of(line("1", "SHIRT", 2, "11.115"), line("2", "MUG", 3, "0.335")), "0.99");
        assertEquals("corrected by A1-C5, A1-R5", hub.posting("A1").reason());
        assertEquals(
                List.of(
                        "1 PostingAcknowledged.v1",
                        "2 PostingAcknowledged.v1",
                        "3 PostingAcknowledged.v1",
                        "4 PostingAcknowledged.v1",
                        "5 PostingAcknowledged.v1"),
                hub.events("A1"));
        hub.handle(hub.withdraw(6, "A1"));
        importOrders();
        hub.poll();
        assertMoney("0", LEDGER.totalsByCurrency("").get(0).lines());
        assertEquals(PostingState.WITHDRAWN, hub.posting("A1").state());
    }

    @Test
    void correctsByTheLastOfSeveralThatTheErpHasNotTaken() throws SQLException {
        posted(shirts("A1", 3));
        hub.handle(hub.amend(2, shirts("A1", 2)));
        hub.handle(hub.amend(3, shirts("A1", 5)));
        importOrders();
        hub.poll();
        assertEquals(
                List.of(), LEDGER.documents("A1-R2"), "its rows were replaced before the ERP made anything of them");
        assertMoney("66.49", LEDGER.totalsByCurrency("").get(0).lines());
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting("A1").state());
    }

    @Test
    void returnsADocumentThatTheImportMadeJustBefore() throws SQLException {
        hub.handle(hub.post(shirts("A1", 1)));
        importOrders();
        hub.handle(hub.withdraw(2, "A1"));
        importOrders();
        hub.poll();
        assertEquals(List.of("1 PostingWithdrawn.v1"), hub.events("A1"));
        assertMoney("0", LEDGER.totalsByCurrency("").get(0).lines());
    }

    @Test
    void writesNothingTwiceWhateverIsForgotten() throws SQLException {
        Envelope post = posted(shirts("A1", 2));
        Envelope change = hub.amend(2, shirts("A1", 1));
        Envelope cancel = hub.withdraw(3, "A1");
        hub.handle(change);
        hub.handle(change);
        importOrders();
        hub.handle(cancel);
        hub.handle(cancel);
        importOrders();
        hub.poll();
        hub.own.update("delete from posting");
        hub.own.update("delete from sent_message");
        hub.handle(post);
        hub.handle(change);
        hub.handle(cancel);
        importOrders();
        hub.poll();
        assertEquals(3, LEDGER.counts().documents());
        assertMoney("0", LEDGER.totalsByCurrency("").get(0).lines());
        assertEquals(PostingState.WITHDRAWN, hub.posting("A1").state());
    }

    @Test
    void showsARejectedReturnAndTakesItWhenTheErpDoes() throws SQLException {
        posted(shirts("A1", 1));
        hub.handle(hub.withdraw(2, "A1"));
        importOrders(NO_RETURN);
        hub.poll();
        assertEquals(PostingState.REJECTED, hub.posting("A1").state());
        assertTrue(
                hub.posting("A1").reason().contains("Period closed"),
                hub.posting("A1").reason());
        assertEquals("A1", hub.posting("A1").documentNo());
        assertEquals(List.of("1 PostingAcknowledged.v1", "2 PostingRejected.v1"), hub.events("A1"));

        importOrders();
        pollAgain();
        assertEquals(PostingState.WITHDRAWN, hub.posting("A1").state());
        assertEquals("3 PostingWithdrawn.v1", hub.events("A1").get(2));
        assertMoney("0", LEDGER.totalsByCurrency("").get(0).lines());
    }

    @Test
    void replacesARejectedCorrectionByTheNextOne() throws SQLException {
        posted(shirts("A1", 2));
        hub.handle(hub.amend(
                2, order("A1", "EUR", Stream.of(line("1", "SHIRT", 1, "12.30")), charge("shipping", "6.99"))));
        importOrders(NO_FREIGHT);
        hub.poll();
        assertEquals(PostingState.REJECTED, hub.posting("A1").state());
        assertEquals(1, LEDGER.documents("A1-R2").size());
        assertEquals(0, LEDGER.documents("A1-C2").size());

        hub.handle(hub.amend(3, shirts("A1", 1)));
        hub.poll();
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting("A1").state(), "what was returned by then is as wanted");
        importOrders();
        assertEquals(0, LEDGER.documents("A1-C2").size());
        assertMoney("17.29", LEDGER.totalsByCurrency("").get(0).lines());
    }

    @Test
    void comparesAndPostsAgainWhatTheErpLost() throws SQLException {
        Envelope post = posted(shirts("A1", 2));
        Envelope cancel = hub.withdraw(2, "A1");
        hub.handle(cancel);
        importOrders();
        hub.poll();
        hub.own.update("insert into inbox (queue, business_key, last_sequence, updated_at)"
                + " values ('erp.postings.idempiere', 'A1', 2, now())");
        hub.commit();
        assertEquals(List.of(), compared().lostByErp());
        assertEquals(List.of(), compared().unknownToHub());

        inErp("delete from rh_posting where sequence = 2; delete from i_order where documentno = 'A1-R2';"
                + " delete from c_order where documentno = 'A1-R2'");
        List<Reconciliation.Lost> lost = compared().lostByErp();
        assertEquals(
                List.of("A1"), lost.stream().map(Reconciliation.Lost::orderId).toList());
        hub.reconciliation.repost(List.of("A1"), "test", "ERP restored");
        hub.handle(post);
        hub.handle(cancel);
        importOrders();
        hub.poll();
        assertEquals(1, LEDGER.documents("A1-R2").size());
        assertMoney("0", LEDGER.totalsByCurrency("").get(0).lines());
        assertEquals(List.of(), compared().lostByErp());
        assertEquals(
                List.of("1 PostingAcknowledged.v1", "2 PostingWithdrawn.v1"),
                hub.events("A1"),
                "nothing is told twice");
    }

    @Test
    void waitsWhileTheImportHasTheReturnInHand() throws SQLException {
        posted(shirts("A1", 2));
        hub.handle(hub.amend(2, shirts("A1", 1)));
        try (var import2 = Hub.erpOwner().open()) {
            import2.setAutoCommit(false);
            import2.createStatement().execute("select 1 from i_order where documentno = 'A1-R2' for update");
            Verdict.Hold<?> held = assertInstanceOf(Verdict.Hold.class, hub.handleOne(hub.withdraw(3, "A1")));
            assertEquals(ErpError.ERP_BUSY, held.code());
            import2.rollback();
        }
    }

    @Test
    void parksAReturnWhileTheErpLacksTheDocumentType() throws SQLException {
        posted(shirts("A1", 2));
        inErp("update c_doctype set docsubtypeso = 'SO' where name = 'Return Material'");
        Verdict.Park<?> parked = assertInstanceOf(Verdict.Park.class, hub.handleOne(hub.withdraw(2, "A1")));
        assertEquals(ErpError.UNKNOWN_DOCUMENT_TYPE, parked.code());
        inErp("update c_doctype set docsubtypeso = 'RM' where name = 'Return Material'");
        hub.handle(hub.withdraw(2, "A1"));
        importOrders();
        assertEquals(1, LEDGER.documents("A1-R2").size());
    }

    @Test
    void leavesADocumentOfAPartOfItsRowsToAPerson() throws SQLException {
        hub.handle(hub.post(shirts("A1", 2)));
        importOrders(NO_FREIGHT);
        hub.handle(hub.withdraw(2, "A1"));
        assertEquals(List.of("1 PostingWithdrawalRefused.v1"), hub.events("A1"));
        assertEquals(List.of(), LEDGER.documents("A1-R2"));
    }

    @Test
    void followsAnOrderWhoseImportedRowsTheErpHasCleanedUp() throws SQLException {
        posted(shirts("A1", 2));
        inErp("delete from i_order");
        hub.handle(hub.withdraw(2, "A1"));
        importOrders();
        inErp("delete from i_order");
        hub.poll();
        assertEquals(PostingState.WITHDRAWN, hub.posting("A1").state());
        assertMoney("0", LEDGER.totalsByCurrency("").get(0).lines());
    }

    @Test
    void leavesANumberThatAnotherMessageHasUsedToAPerson() throws SQLException {
        posted(shirts("A1", 3));
        hub.handle(hub.amend(2, shirts("A1", 2)));
        importOrders();
        hub.own.update("delete from posting");
        hub.own.update("delete from sent_message");
        hub.handle(hub.amend(2, shirts("A1", 1)));
        assertEquals(List.of("1 PostingAmendmentRefused.v1"), hub.events("A1"));
        importOrders();
        assertEquals(1, LEDGER.documents("A1-R2").size());
    }

    private Envelope posted(SalesDocument document) throws SQLException {
        Envelope post = hub.post(document);
        hub.handle(post);
        importOrders();
        hub.poll();
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting(document.orderId()).state());
        return post;
    }

    /** Rejected ones are asked about every few seconds: by another poller at once. */
    private void pollAgain() {
        hub.end();
        hub = new Hub();
        hub.poll();
    }

    /** The books are as the changed order, to the cent. */
    private void changed(int sequence, Stream<SalesDocument.Line> lines, String shipping) throws SQLException {
        SalesDocument wanted = order("A1", "EUR", lines, charge("shipping", shipping));
        hub.handle(hub.amend(sequence, wanted));
        importOrders();
        hub.poll();
        assertEquals(PostingState.ACKNOWLEDGED, hub.posting("A1").state());
        BigDecimal money = wanted.lines().stream()
                .map(each -> each.quantity().multiply(each.unitPrice()).setScale(2, java.math.RoundingMode.HALF_UP))
                .reduce(new BigDecimal(shipping), BigDecimal::add);
        assertMoney(money.toPlainString(), LEDGER.totalsByCurrency("").get(0).lines());
    }

    private Reconciliation.Report compared() {
        Instant now = hub.clock.instant();
        Reconciliation.Report report = hub.reconciliation.compare(now.minusSeconds(3600), now.plusSeconds(60), 100);
        hub.commit();
        return report;
    }

    private static ErpLedger.Document only(String documentNo) throws SQLException {
        List<ErpLedger.Document> documents = LEDGER.documents(documentNo);
        assertEquals(1, documents.size(), documentNo);
        return documents.get(0);
    }

    private static void assertMoney(String expected, BigDecimal actual) {
        assertEquals(0, new BigDecimal(expected).compareTo(actual), actual.toPlainString());
    }
}
