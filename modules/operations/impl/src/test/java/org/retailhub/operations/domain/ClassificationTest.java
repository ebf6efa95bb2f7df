package org.retailhub.operations.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.Insight.Account;

class ClassificationTest {
    private static final Instant TEN = Instant.parse("2026-11-25T10:12:13Z");
    private static final String POSTINGS = "erp.postings.idempiere";

    private static Account order(String status, long sent, long verdicts, String... faults) {
        return new Account(
                "O1",
                "acme",
                "shop-eu",
                TEN,
                status,
                1,
                sent == 0 ? Map.of() : Map.of(POSTINGS, sent),
                verdicts == 0 ? Map.of() : Map.of("erp.events.order", verdicts),
                0,
                List.of(faults));
    }

    private static Account posting(String state, long handled, long events, int parked, String... faults) {
        return new Account(
                "O1",
                "acme",
                "shop-eu",
                TEN,
                state,
                1,
                events == 0 ? Map.of() : Map.of("erp.events", events),
                handled == 0 ? Map.of() : Map.of(POSTINGS, handled),
                parked,
                List.of(faults));
    }

    private static void is(Term term, Account order, Account posting) {
        Entry entry = Classification.order(order, posting);
        assertEquals(term, entry.term(), entry::toString);
        assertEquals(List.of(), entry.faults());
    }

    private static void isFaulty(Term term, String fault, Account order, Account posting) {
        Entry entry = Classification.order(order, posting);
        assertEquals(term, entry.term(), entry::toString);
        assertTrue(entry.faults().contains(fault), entry::toString);
    }

    @Test
    void eachOrderIsInOneTerm() {
        is(Term.POSTED, order("posted", 1, 1), posting("acknowledged", 1, 1, 0));
        is(Term.IN_FLIGHT, order("posting", 1, 0), null);
        is(Term.IN_FLIGHT, order("posting", 1, 0), posting("written", 1, 0, 0));
        is(Term.WAITING_PARKED, order("posting", 1, 0), posting(null, 0, 0, 1));
        is(Term.WAITING_FOR_MAPPING, order("awaiting-mapping", 0, 0), null);
        is(Term.NOT_FOR_ERP, order("not-for-erp", 0, 0), null);
        is(Term.WAITING_FOR_STOCK, order("sourcing", 0, 0), null);
        is(Term.WAITING_FOR_STOCK, order("reserving", 0, 0), null);
        is(Term.WAITING_FOR_STOCK, order("backordered", 0, 0), null);
        is(Term.REFUSED, order("refused", 0, 0), null);
        is(Term.CANCELLED, order("cancelled", 0, 0), null);
        is(Term.CANCELLED, order("cancelled", 2, 1), posting("withdrawn", 2, 1, 0));
        is(Term.REFUSED, order("erp-rejected", 1, 1), posting("rejected", 1, 1, 0));
        is(Term.REFUSED, order("posting", 1, 0), posting("discarded", 1, 0, 0));
        is(Term.IN_FLIGHT, order("cancelling", 2, 0), posting("withdrawn", 2, 1, 0));
        is(Term.IN_FLIGHT, order("cancelling", 2, 1), posting("correcting", 2, 1, 0));
        is(Term.IN_FLIGHT, order("cancelling", 2, 2), posting("correction-rejected", 2, 2, 0));
        is(Term.IN_FLIGHT, order("changing", 2, 1), posting("correcting", 2, 1, 0));
    }

    @Test
    void aVerdictOnItsWayIsNoContradiction() {
        is(Term.POSTED, order("posting", 1, 0), posting("acknowledged", 1, 1, 0));
        is(Term.IN_FLIGHT, order("changing", 2, 1), posting("rejected", 1, 1, 0));
        is(Term.CANCELLED, order("cancelled", 2, 0), posting("written", 1, 0, 0));
    }

    @Test
    void aRowThatIsGoneIsNamed() {
        isFaulty(
                Term.POSTED,
                "order: its row in orders is missing",
                order(null, 1, 1, "its row in orders is missing"),
                posting("acknowledged", 1, 1, 0));
        isFaulty(
                Term.MISSING,
                "erp: its row in posting is missing",
                order("posting", 1, 0),
                posting(null, 1, 0, 0, "its row in posting is missing"));
        isFaulty(Term.MISSING, "order: has heard 1 verdicts, erp: has told 0", order("posted", 1, 1), null);
        isFaulty(Term.MISSING, "order: posting, and nobody has it", order("posting", 0, 0), null);
    }

    @Test
    void twoThatContradictEachOtherAreNamed() {
        isFaulty(Term.REFUSED, "order: posted, erp: rejected", order("posted", 1, 1), posting("rejected", 1, 1, 0));
        isFaulty(
                Term.CANCELLED,
                "order: cancelled, erp: acknowledged",
                order("cancelled", 1, 1),
                posting("acknowledged", 1, 1, 0));
    }

    @Test
    void payloadsAreInOneTermToo() {
        assertEquals(Term.TOLD, payload("told", 1, 1, 0).term());
        assertEquals(Term.SUPERSEDED, payload("superseded", 1, 1, 0).term());
        assertEquals(Term.DUPLICATE, payload("repeated", 1, 1, 0).term());
        assertEquals(Term.NOTHING_TO_TELL, payload("unchanged", 1, 1, 0).term());
        assertEquals(Term.WAITING_PARKED, payload(null, 1, 0, 1).term());
        assertEquals(Term.IN_FLIGHT, payload(null, 1, 0, 0).term());
        assertEquals(Term.MISSING, payload(null, 1, 1, 0).term());
    }

    private static Entry payload(String fate, long sent, long handled, int parked) {
        return Classification.payload(new Account(
                "P1",
                "acme",
                "shop-eu",
                TEN,
                fate,
                1,
                Map.of("channel.inbound", sent),
                handled == 0 ? Map.of() : Map.of("channel.inbound", handled),
                parked,
                List.of()));
    }

    @Test
    void sheetsAddUpPerChannelAndHour() {
        Entry posted = Classification.order(order("posted", 1, 1), posting("acknowledged", 1, 1, 0));
        Entry twice = new Entry("payload", "P1", "acme", "shop-eu", TEN, Term.TOLD, 3, "", List.of());
        Entry later =
                new Entry("payload", "P2", "acme", "shop-eu", TEN.plusSeconds(3_600), Term.IN_FLIGHT, 1, "", List.of());
        List<Sheet> sheets = Sheet.of(List.of(posted, twice, later));
        assertEquals(3, sheets.size());
        assertEquals(Instant.parse("2026-11-25T11:00:00Z"), sheets.get(0).hour());
        Sheet deliveries = sheets.get(2);
        assertEquals(3, deliveries.received());
        assertEquals(Map.of(Term.TOLD, 1L, Term.DUPLICATE, 2L), deliveries.terms());
        assertTrue(sheets.stream().allMatch(Sheet::isBalanced));

        Entry lost = new Entry("order", "O9", "acme", "shop-eu", TEN, Term.MISSING, 1, "", List.of("gone"));
        assertFalse(Sheet.of(List.of(lost)).get(0).isBalanced());
    }
}
