package org.retailhub.channel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.api.ChannelQueues;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.order.api.CancelOrder;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.order.api.ChangeOrder;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.order.api.PlaceOrder;

/** Which of a document's versions is told, and as what. */
class LedgerTest {
    private static final Connection SHOP = new Connection("shop", "acme", "shopify", "shop-eu", "", null, true);
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private final Map<DocumentKey, DocumentState> stored = new HashMap<>();
    private final Map<String, byte[]> refunds = new HashMap<>();
    private int serial;

    @Test
    void placesThenChangesThenCancelsByVersion() {
        assertEquals("told PlaceOrder.v1 #1", say(sold(0, "10.00", null)));
        assertEquals("told ChangeOrder.v1 #2", say(sold(1, "11.00", null)));
        assertEquals("told CancelOrder.v1 #3", say(sold(2, "11.00", "customer")));
        assertEquals("unchanged ", say(sold(3, "12.00", "customer")));
    }

    @Test
    void commandsAreWrittenAsTheirRecordsAreThoughMadeOfTheStoredForm() {
        CanonicalOrder order = order("10.00");
        assertEquals(OrderContent.json(new PlaceOrder(order)), OrderContent.commandOf(OrderContent.json(order)));
        assertEquals(OrderContent.json(new ChangeOrder(order)), OrderContent.commandOf(OrderContent.json(order)));
    }

    @Test
    void olderVersionsAreSuperseded() {
        say(sold(5, "10.00", null));
        assertEquals("superseded ", say(sold(4, "9.00", null)));
        assertEquals("told ChangeOrder.v1 #2", say(sold(6, "9.00", null)));
    }

    @Test
    void theSameAgainIsARepetition() {
        say(sold(0, "10.00", null));
        assertEquals("repeated ", say(sold(0, "10.00", null)));
    }

    @Test
    void sameVersionWithOtherContentIsSick() {
        say(sold(0, "10.00", null));
        Outcome.Sick sick = assertInstanceOf(Outcome.Sick.class, decide(sold(0, "11.00", null)));
        assertEquals(ChannelError.VERSION_REUSED, sick.code());
        assertInstanceOf(Outcome.Sick.class, decide(sold(0, "10.00", "customer")), "cancelled or not is content");
        assertEquals("told ChangeOrder.v1 #2", say(sold(1, "11.00", null)), "the next version heals it");
    }

    @Test
    void aNewerVersionThatSaysNothingNewIsNotTold() {
        say(sold(0, "10.00", null));
        assertEquals("unchanged ", say(sold(1, "10.00", null)));
        assertEquals("superseded ", say(sold(0, "10.00", null)), "and still it is newer");
    }

    @Test
    void paymentAndRemarksAreNoChange() {
        CanonicalOrder order = order("10.00");
        say(new Translation.Sold("order/1", NOON, order, null, List.of()));
        CanonicalOrder paid = new CanonicalOrder(
                order.channel(),
                order.channelOrderId(),
                order.placedAt(),
                order.currency(),
                order.test(),
                new CanonicalOrder.Customer("1", "new@example.org", null),
                order.shipTo(),
                order.lines(),
                order.charges(),
                order.totals(),
                new CanonicalOrder.Payment("paid", "visa", null),
                "ring twice",
                Map.of("financial_status", "paid"));
        assertEquals("unchanged ", say(new Translation.Sold("order/1", NOON.plusSeconds(1), paid, null, List.of())));
    }

    @Test
    void cancelledBeforeItCameIsToldAsCancelled() {
        assertEquals("told CancelOrder.v1 #1", say(sold(0, "10.00", "fraud")));
    }

    @Test
    void versionsInOneBatchAreDecidedOldestFirst() {
        List<Arrival> batch = List.of(
                arrival(sold(2, "12.00", null)), arrival(sold(0, "10.00", null)), arrival(sold(1, "11.00", null)));
        Ledger ledger = new Ledger(stored, refunds);
        List<String> words = new ArrayList<>();
        for (Arrival each : Ledger.inOrder(batch)) {
            ledger.decide(each);
            words.add(words(ledger.outcomeOf(each.payloadId())));
        }
        assertEquals(List.of("told PlaceOrder.v1 #1", "told ChangeOrder.v1 #2", "told ChangeOrder.v1 #3"), words);
        assertEquals(1, ledger.changed().size());
        assertEquals(3, ledger.changed().get(0).commandSequence());
    }

    @Test
    void eachRefundIsToldOnceWhicheverWayItComes() {
        say(sold(0, "10.00", null));
        assertEquals("told RefundMade.v1 #1", say(new Translation.Refunded("order/1", refund("7", "3.00"))));
        assertEquals("repeated refund", say(new Translation.Refunded("order/1", refund("7", "3.00"))));
        assertEquals(
                "told RefundMade.v1 #2",
                say(new Translation.Sold(
                        "order/1",
                        NOON.plusSeconds(1),
                        order("10.00"),
                        null,
                        List.of(refund("7", "3.00"), refund("8", "1.00")))));
        assertInstanceOf(Outcome.Sick.class, decide(new Translation.Refunded("order/1", refund("7", "4.00"))));
    }

    @Test
    void aRefundThatComesTwoWaysInOneBatchIsToldOnce() {
        Ledger ledger = new Ledger(Map.of(), Map.of());
        Arrival byItself = arrival(new Translation.Refunded("order/1", refund("7", "3.00")));
        Arrival inItsOrder =
                arrival(new Translation.Sold("order/1", NOON, order("10.00"), null, List.of(refund("7", "3.00"))));
        ledger.decide(inItsOrder);
        ledger.decide(byItself);
        assertEquals("told PlaceOrder.v1 #1, RefundMade.v1 #1", words(ledger.outcomeOf(inItsOrder.payloadId())));
        assertEquals("repeated refund", words(ledger.outcomeOf(byItself.payloadId())));
        assertEquals(1, ledger.newRefunds().size());
    }

    @Test
    void aRefundBeforeItsOrderDoesNotStandInItsWay() {
        assertEquals("told RefundMade.v1 #1", say(new Translation.Refunded("order/1", refund("7", "3.00"))));
        assertEquals("told PlaceOrder.v1 #1", say(sold(0, "10.00", null)));
    }

    @Test
    void anOldVersionStillTellsOfItsRefunds() {
        say(sold(5, "10.00", null));
        assertEquals(
                "told RefundMade.v1 #1",
                say(new Translation.Sold("order/1", NOON, order("10.00"), null, List.of(refund("9", "1.00")))));
    }

    /** Webhooks overtake each other; what is deleted does not come to life by being late. */
    @Test
    void deletedBeforeItCameIsToldAsCancelled() {
        assertEquals("noted deleted, and never told", say(new Translation.Deleted("order/1")));
        assertEquals("noted deleted, and never told", say(new Translation.Deleted("order/1")));
        assertEquals("told CancelOrder.v1 #1", say(sold(0, "10.00", null)));
        assertEquals("repeated ", say(sold(0, "10.00", null)));
        assertEquals("repeated ", say(sold(0, "10.00", "customer")));
        assertEquals("unchanged ", say(sold(1, "11.00", null)));
    }

    /** A shop that moves to another time zone writes the same instants in other words. */
    @Test
    void theSameInstantInAnotherZoneIsNoChange() {
        CanonicalOrder here = order("10.00");
        CanonicalOrder there = placedAt(here, OffsetDateTime.parse("2026-11-24T09:00:00Z"));
        say(new Translation.Sold("order/1", NOON, here, null, List.of()));
        assertEquals("repeated ", say(new Translation.Sold("order/1", NOON, there, null, List.of())));
        assertEquals("unchanged ", say(new Translation.Sold("order/1", NOON.plusSeconds(1), there, null, List.of())));
        CanonicalOrder later = placedAt(here, OffsetDateTime.parse("2026-11-24T10:00:00Z"));
        assertEquals(
                "told ChangeOrder.v1 #2",
                say(new Translation.Sold("order/1", NOON.plusSeconds(2), later, null, List.of())));
    }

    private static CanonicalOrder placedAt(CanonicalOrder order, OffsetDateTime time) {
        return new CanonicalOrder(
                order.channel(),
                order.channelOrderId(),
                time,
                order.currency(),
                order.test(),
                order.customer(),
                order.shipTo(),
                order.lines(),
                order.charges(),
                order.totals(),
                order.payment(),
                order.notes(),
                order.metadata());
    }

    /** What counts of an order may be reckoned otherwise one day: what was told before is still the same. */
    @Test
    void whatIsComparedIsTheContentNotAnOldHashOfIt() {
        say(sold(0, "10.00", null));
        stored.replaceAll((key, state) -> new DocumentState(
                key,
                state.version(),
                state.content(),
                new byte[32],
                state.cancelled(),
                state.commandSequence(),
                state.eventSequence()));
        assertEquals("repeated ", say(sold(0, "10.00", null)));
        assertEquals("unchanged ", say(sold(1, "10.00", null)));
    }

    @Test
    void deletedIsCancelledOnceAndNeverComesBack() {
        say(sold(0, "10.00", null));
        assertEquals("told CancelOrder.v1 #2", say(new Translation.Deleted("order/1")));
        assertEquals("noted deleted, and cancelled before", say(new Translation.Deleted("order/1")));
        assertEquals("repeated ", say(sold(0, "10.00", null)), "the same again is no sickness");
        assertEquals("unchanged ", say(sold(1, "10.00", null)));
    }

    @Test
    void whatCannotBeTranslatedNamesItsField() {
        Outcome.Sick sick = assertInstanceOf(
                Outcome.Sick.class,
                decide(new Translation.Refused(ChannelError.WRONG_VALUE, "line_items[2].price", "must be a number")));
        assertEquals("line_items[2].price: must be a number", sick.detail());
    }

    @Test
    void tellingsGoToTheirDestinations() {
        Outcome.Settled settled = (Outcome.Settled)
                decide(new Translation.Sold("order/1", NOON, order("10.00"), null, List.of(refund("7", "3.00"))));
        assertEquals(
                List.of(OrderQueues.COMMANDS, ChannelQueues.EVENTS),
                settled.tellings().stream().map(Outcome.Telling::destination).toList());
        assertEquals(
                List.of(PlaceOrder.TYPE, RefundMade.TYPE),
                settled.tellings().stream().map(Outcome.Telling::type).toList());
        assertTrue(settled.tellings().get(0).body().startsWith("{\"order\":{\"channel\":\"shop-eu\""));
        assertEquals(
                ChangeOrder.TYPE,
                ((Outcome.Settled) decide(sold(1, "1.00", null)))
                        .tellings()
                        .get(0)
                        .type());
        assertEquals(
                CancelOrder.TYPE,
                ((Outcome.Settled) decide(sold(2, "1.00", "x")))
                        .tellings()
                        .get(0)
                        .type());
    }

    private static Translation.Sold sold(int seconds, String price, String cancelled) {
        return new Translation.Sold("order/1", NOON.plusSeconds(seconds), order(price), cancelled, List.of());
    }

    private static CanonicalOrder order(String price) {
        BigDecimal amount = new BigDecimal(price);
        BigDecimal zero = new BigDecimal("0.00");
        return new CanonicalOrder(
                "shop-eu",
                "1",
                OffsetDateTime.parse("2026-11-24T10:00:00+01:00"),
                "EUR",
                false,
                null,
                null,
                List.of(new CanonicalOrder.Line("1", "MUG", null, "Mug", BigDecimal.ONE, amount, zero, List.of())),
                List.of(),
                new CanonicalOrder.Totals(amount, zero, zero, zero, zero, amount),
                null,
                null,
                Map.of());
    }

    private static RefundMade refund(String id, String amount) {
        return new RefundMade(
                "shop-eu",
                "1",
                id,
                OffsetDateTime.parse("2026-11-24T10:00:00+01:00"),
                "EUR",
                null,
                List.of(new RefundMade.Line(
                        "1", BigDecimal.ONE, new BigDecimal(amount), BigDecimal.ZERO, RefundMade.Restock.NONE, null)),
                List.of(),
                List.of());
    }

    private Arrival arrival(Translation translation) {
        return new Arrival("P" + ++serial, SHOP, false, "", translation);
    }

    private String say(Translation translation) {
        return words(decide(translation));
    }

    /** Decides and keeps what it leaves, as the database does. */
    private Outcome decide(Translation translation) {
        Ledger ledger = new Ledger(stored, refunds);
        Arrival arrival = arrival(translation);
        ledger.decide(arrival);
        ledger.changed().forEach(state -> stored.put(state.key(), state));
        ledger.newRefunds()
                .forEach(one -> refunds.put(Ledger.refundKey(one.connection(), one.refundId()), one.contentHash()));
        return ledger.outcomeOf(arrival.payloadId());
    }

    private static String words(Outcome outcome) {
        Outcome.Settled settled = assertInstanceOf(Outcome.Settled.class, outcome);
        return settled.fate().wire() + " " + settled.detail();
    }
}
