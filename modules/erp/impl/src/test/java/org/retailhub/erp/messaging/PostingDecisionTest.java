package org.retailhub.erp.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.domain.AfterPosting;
import org.retailhub.erp.domain.Capability;
import org.retailhub.erp.domain.Correction;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.Posting;
import org.retailhub.erp.domain.Resolution;
import org.retailhub.erp.domain.Standing;
import org.retailhub.erp.domain.Underway;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.Verdict;

/** What is decided on one message of order A1, for everything that the ERP and we may have of it. */
class PostingDecisionTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private final FakeErp erp = new FakeErp();
    private Posting known;

    // --- a first posting

    @Test
    void writesAnOrderThatNobodyKnows() {
        Effect<String> effect = handled(post(1));
        assertEquals("m1", effect.document());
        assertTrue(effect.mark());
        assertEquals(List.of(), effect.remove());
        assertEquals(PostingState.WRITTEN, effect.after().state());
        assertEquals(0, effect.after().eventSequence());
        assertNull(effect.eventType());
    }

    @Test
    void writesNothingThatTheErpHasAMarkOf() {
        erp.marked("m1").has("A1", Standing.Kind.WAITING, "m1");
        Effect<String> effect = handled(post(1));
        assertNull(effect.document());
        assertFalse(effect.mark());
        assertEquals("m1", effect.after().messageId());
    }

    @Test
    void adoptsADocumentThatBearsItsNumberAlready() {
        erp.has("A1", Standing.Kind.DOCUMENT, "other");
        Effect<String> effect = handled(post(1));
        assertNull(effect.document());
        assertTrue(effect.mark());
        assertEquals(PostingState.WRITTEN, effect.after().state());
    }

    @Test
    void doesNothingAboutANumberThatTookEffectBefore() {
        known = posting(PostingState.WRITTEN, 2, "m2");
        Effect<String> effect = handled(post(1));
        assertNull(effect.document());
        assertNull(effect.after());
    }

    @Test
    void parksWhatTheErpWouldRefuse() {
        erp.fault = new Resolution.Fault<>(ErpError.UNKNOWN_PRODUCT, "T-1");
        assertEquals(ErpError.UNKNOWN_PRODUCT, parked(post(1)).code());
    }

    @Test
    void parksUnreadableBodiesUnknownTypesAndForeignDocuments() {
        assertEquals(
                ErpError.UNREADABLE_DOCUMENT,
                parked(message(SalesDocument.POST, 1, "{")).code());
        assertEquals(
                ErpError.UNREADABLE_DOCUMENT,
                parked(message(SalesDocument.POST, 1, Json.of(document("B2")))).code());
        assertEquals(
                RuntimeError.UNKNOWN_MESSAGE_TYPE,
                parked(message("PostOrder.v2", 1, Json.of(document("A1")))).code());
    }

    @Test
    void parksABodyThatIsNull() {
        for (String type : List.of(SalesDocument.POST, SalesDocument.AMEND, SalesDocument.WITHDRAW)) {
            assertEquals(
                    ErpError.UNREADABLE_DOCUMENT,
                    parked(message(type, 1, "null")).code());
        }
    }

    @Test
    void readsADocumentWithFieldsOfALaterDay() {
        String body = Json.of(document("A1")).replaceFirst("\\{", "{\"giftWrap\":true,");
        handled(message(SalesDocument.POST, 1, body));
    }

    // --- a change

    @Test
    void replacesRowsThatWait() {
        known = posting(PostingState.WRITTEN, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.WAITING, "m1");
        Effect<String> effect = handled(amend(2));
        assertEquals(List.of("A1"), effect.remove());
        assertEquals("m2", effect.document());
        assertEquals(2, effect.after().sequence());
    }

    @Test
    void replacesRowsThatTheErpRejected() {
        known = posting(PostingState.REJECTED, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.WAITING, "m1");
        assertEquals(PostingState.WRITTEN, handled(amend(2)).after().state());
    }

    @Test
    void refusesAChangeOfADocumentWhereAPersonFollowsAndKeepsThePosting() {
        erp.afterPosting = AfterPosting.PERSON;
        known = posting(PostingState.WRITTEN, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.DOCUMENT, "m1");
        Effect<String> effect = handled(amend(2));
        assertNull(effect.document());
        assertEquals(List.of(), effect.remove());
        assertTrue(effect.mark());
        assertEquals(PostingEvent.AMENDMENT_REFUSED, effect.eventType());
        assertEquals("1000017", ((PostingEvent) effect.event()).documentId());
        assertEquals(1, effect.after().sequence());
        assertEquals("m1", effect.after().messageId());
        assertEquals(4, effect.after().eventSequence());
    }

    @Test
    void refusesAChangeWhereTheErpTakesNone() {
        known = posting(PostingState.WRITTEN, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.WAITING, "m1");
        erp.capabilities.remove(Capability.REPLACES_UNTIL_IMPORTED);
        assertEquals(PostingEvent.AMENDMENT_REFUSED, handled(amend(2)).eventType());
    }

    @Test
    void refusesAChangeOfAWithdrawnPosting() {
        known = posting(PostingState.WITHDRAWN, 2, "m2");
        erp.marked("m1", "m2");
        assertEquals(PostingEvent.AMENDMENT_REFUSED, handled(amend(3)).eventType());
    }

    @Test
    void writesAChangeWhoseFirstPostingWasDiscarded() {
        Effect<String> effect = handled(amend(2));
        assertEquals("m2", effect.document());
        assertEquals(List.of(), effect.remove());
    }

    @Test
    void tellsAgainThatAChangeWasRefusedIfWeForgot() {
        erp.afterPosting = AfterPosting.PERSON;
        erp.marked("m1", "m2").has("A1", Standing.Kind.DOCUMENT, "m1");
        Effect<String> effect = handled(amend(2));
        assertEquals(PostingEvent.AMENDMENT_REFUSED, effect.eventType());
        assertFalse(effect.mark());
    }

    @Test
    void knowsItsOwnRowsIfWeForgot() {
        erp.marked("m1", "m2").has("A1", Standing.Kind.DOCUMENT, "m2");
        Effect<String> effect = handled(amend(2));
        assertNull(effect.eventType());
        assertNull(effect.document());
        assertEquals("m2", effect.after().messageId());
    }

    @Test
    void waitsWhileTheImportHasItInHand() {
        known = posting(PostingState.WRITTEN, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.BUSY, "m1");
        assertEquals(ErpError.ERP_BUSY, held(amend(2)).code());
        assertEquals(ErpError.ERP_BUSY, held(withdraw(2)).code());
    }

    @Test
    void waitsForAnEarlierNumberThatTheErpDoesNotShow() {
        known = posting(PostingState.WRITTEN, 1, "m1");
        assertEquals(ErpError.ERP_BEHIND, held(amend(2)).code());
        assertEquals(ErpError.ERP_BEHIND, held(withdraw(2)).code());
    }

    // --- a withdrawal

    @Test
    void takesRowsBack() {
        known = posting(PostingState.WRITTEN, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.WAITING, "m1");
        Effect<String> effect = handled(withdraw(2));
        assertEquals(List.of("A1"), effect.remove());
        assertEquals(PostingEvent.WITHDRAWN, effect.eventType());
        assertEquals(PostingState.WITHDRAWN, effect.after().state());
        assertEquals(4, effect.after().eventSequence());
    }

    @Test
    void refusesToTakeADocumentBackWhereAPersonFollows() {
        erp.afterPosting = AfterPosting.PERSON;
        known = posting(PostingState.ACKNOWLEDGED, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.DOCUMENT, "m1");
        Effect<String> effect = handled(withdraw(2));
        assertEquals(List.of(), effect.remove());
        assertEquals(PostingEvent.WITHDRAWAL_REFUSED, effect.eventType());
        assertEquals(PostingState.ACKNOWLEDGED, effect.after().state());
    }

    @Test
    void refusesToTakeBackWhereTheErpGivesNothing() {
        known = posting(PostingState.WRITTEN, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.WAITING, "m1");
        erp.capabilities.remove(Capability.WITHDRAWS_UNTIL_IMPORTED);
        assertEquals(PostingEvent.WITHDRAWAL_REFUSED, handled(withdraw(2)).eventType());
    }

    @Test
    void withdrawsWhatWasNeverPosted() {
        Effect<String> effect = handled(withdraw(2));
        assertEquals(PostingEvent.WITHDRAWN, effect.eventType());
        assertEquals(1, effect.after().eventSequence());
    }

    // --- after the ERP's document

    @Test
    void correctsTheDocumentOfAnOrderThatChanged() {
        hasItsDocument(PostingState.ACKNOWLEDGED);
        Effect<String> effect = handled(amend(2));
        assertEquals("correction", effect.document());
        assertEquals(List.of(), effect.remove());
        assertTrue(effect.mark());
        assertNull(effect.eventType(), "nothing is told before the ERP has made it");
        assertEquals(PostingState.WRITTEN, effect.after().state());
        assertEquals(Correction.CHANGE, effect.after().correction());
        assertEquals("A1", effect.after().documentNo());
        assertEquals("1000017", effect.after().documentId());
        assertEquals("m2", effect.after().messageId());
        assertEquals("T-1", erp.amends.wanted().itemBySku().get("SHIRT"));
    }

    @Test
    void returnsTheDocumentOfAnOrderThatIsCancelled() {
        hasItsDocument(PostingState.ACKNOWLEDGED);
        Effect<String> effect = handled(withdraw(2));
        assertEquals("correction", effect.document());
        assertNull(effect.eventType());
        assertEquals(Correction.CANCELLATION, effect.after().correction());
        assertNull(erp.amends.wanted());
        assertEquals(2, erp.amends.sequence());
    }

    /** The ERP made its document, and we have not asked for its verdict yet. */
    @Test
    void correctsADocumentThatTheImportHasJustMade() {
        hasItsDocument(PostingState.WRITTEN);
        assertEquals(Correction.CANCELLATION, handled(withdraw(2)).after().correction());
    }

    @Test
    void tellsWhatACorrectionHasLedToWhenTheErpHasMadeIt() {
        hasItsDocument(PostingState.ACKNOWLEDGED);
        Posting returned = handled(withdraw(2)).after().acknowledged("9", "corrected by A1-R2", NOW);
        assertEquals(PostingState.WITHDRAWN, returned.state());
        assertEquals("1000017", returned.documentId(), "the order's own document stays what it is known by");
        Posting changed = handled(amend(2)).after();
        assertEquals(
                PostingState.ACKNOWLEDGED, changed.acknowledged("9", null, NOW).state());
        assertTrue(changed.acknowledged("9", null, NOW).isNews());
        assertEquals("1000017", changed.rejected(null, "No", NOW).documentId());
        assertEquals(Correction.CHANGE, changed.rejected(null, "No", NOW).correction());
    }

    private static PostingEvent told(Effect<String> effect) {
        return (PostingEvent) effect.event();
    }

    @Test
    void tellsAtOnceWhatNeedsNoFurtherDocument() {
        hasItsDocument(PostingState.ACKNOWLEDGED);
        erp.correction = new Resolution.AsWanted<>();
        Effect<String> changed = handled(amend(2));
        assertEquals(PostingEvent.ACKNOWLEDGED, changed.eventType());
        assertEquals(2L, told(changed).postingSequence());
        assertEquals("A1", told(changed).documentNo());
        assertEquals(4, changed.after().eventSequence());
        Effect<String> cancelled = handled(withdraw(2));
        assertEquals(PostingEvent.WITHDRAWN, cancelled.eventType());
        assertEquals(PostingState.WITHDRAWN, cancelled.after().state());
        assertEquals("no", told(cancelled).reason());
    }

    @Test
    void refusesWhatNoDocumentOfTheErpSays() {
        hasItsDocument(PostingState.ACKNOWLEDGED);
        erp.correction = new Resolution.ByPerson<>("in another currency");
        Effect<String> effect = handled(amend(2));
        assertEquals(PostingEvent.AMENDMENT_REFUSED, effect.eventType());
        assertEquals("in another currency", told(effect).reason());
        assertEquals(PostingEvent.WITHDRAWAL_REFUSED, handled(withdraw(2)).eventType());
    }

    @Test
    void leavesADocumentOfAPartOfTheRowsToAPerson() {
        known = posting(PostingState.REJECTED, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.PART, "m1");
        assertEquals(PostingEvent.AMENDMENT_REFUSED, handled(amend(2)).eventType());
        assertEquals(PostingEvent.WITHDRAWAL_REFUSED, handled(withdraw(2)).eventType());
    }

    @Test
    void parksACorrectionThatTheErpWouldRefuse() {
        hasItsDocument(PostingState.ACKNOWLEDGED);
        erp.correction = new Resolution.Fault<>(ErpError.UNKNOWN_DOCUMENT_TYPE, "Return Material");
        assertEquals(ErpError.UNKNOWN_DOCUMENT_TYPE, parked(withdraw(2)).code());
    }

    @Test
    void replacesACorrectionThatTheErpRejected() {
        hasItsDocument(PostingState.REJECTED);
        erp.underway.put("A1", new Underway(Set.of("A1-R2"), false));
        Effect<String> effect = handled(amend(3));
        assertEquals(List.of("A1-R2"), effect.remove());
        assertEquals("correction", effect.document());
    }

    @Test
    void waitsWhileTheImportHasACorrectionInHand() {
        hasItsDocument(PostingState.WRITTEN);
        erp.underway.put("A1", new Underway(Set.of("A1-R2"), true));
        assertEquals(ErpError.ERP_BUSY, held(amend(3)).code());
        assertEquals(ErpError.ERP_BUSY, held(withdraw(3)).code());
    }

    @Test
    void writesNoCorrectionTwiceThatTheErpHasAMarkOf() {
        erp.marked("m1", "m2").has("A1", Standing.Kind.DOCUMENT, "m1");
        erp.corrected.add("m2");
        Effect<String> effect = handled(withdraw(2));
        assertNull(effect.document());
        assertFalse(effect.mark());
        assertNull(effect.eventType());
        assertEquals(Correction.CANCELLATION, effect.after().correction());
    }

    /** The next message replaced its rows, and comes too. */
    @Test
    void writesNoCorrectionAgainThatALaterOneReplaced() {
        erp.marked("m1", "m2").has("A1", Standing.Kind.DOCUMENT, "m1");
        Effect<String> effect = handled(amend(2));
        assertNull(effect.document());
        assertNull(effect.eventType());
        assertEquals(PostingState.WRITTEN, effect.after().state());
    }

    @Test
    void correctsAgainWhatTheErpLostAndTellsNothingTwice() {
        known = replayed(handledCancellation().acknowledged("9", null, NOW).telling(PostingState.WITHDRAWN), 2);
        erp.marks.remove("m2");
        Effect<String> effect = handled(withdraw(2));
        assertEquals("correction", effect.document());
        assertTrue(effect.mark());
        assertFalse(effect.after().acknowledged("9", null, NOW).isNews());
    }

    private Posting handledCancellation() {
        hasItsDocument(PostingState.ACKNOWLEDGED);
        return handled(withdraw(2)).after();
    }

    private void hasItsDocument(PostingState state) {
        known = posting(state, 1, "m1");
        erp.marked("m1").has("A1", Standing.Kind.DOCUMENT, "m1");
    }

    // --- messages that come again because the ERP lost them

    @Test
    void writesTheNumberInEffectAgainAndTellsNothingTwice() {
        known = replayed(posting(PostingState.ACKNOWLEDGED, 2, "m2").telling(PostingState.ACKNOWLEDGED), 3);
        assertNull(handled(post(1)).document());
        assertTrue(handled(post(1)).mark());
        Effect<String> effect = handled(amend(2));
        assertEquals("m2", effect.document());
        assertFalse(effect.after().acknowledged("9", null, NOW).isNews());
        assertTrue(effect.after().rejected(null, "No", NOW).isNews());
        assertNull(handled(amend(3)).document());
        assertTrue(handled(amend(3)).mark());
    }

    @Test
    void takesBackAgainWhatWasWithdrawnAndTellsNothingTwice() {
        known = replayed(posting(PostingState.WITHDRAWN, 2, "m2"), 2);
        erp.has("A1", Standing.Kind.WAITING, "m1").marked("m1");
        Effect<String> effect = handled(withdraw(2));
        assertEquals(List.of("A1"), effect.remove());
        assertTrue(effect.mark());
        assertNull(effect.eventType());
        assertNull(effect.after());
    }

    private static Posting replayed(Posting posting, long until) {
        return new Posting(
                posting.orderId(),
                posting.tenant(),
                posting.channel(),
                posting.state(),
                posting.sequence(),
                posting.eventSequence(),
                posting.messageId(),
                posting.traceparent(),
                posting.documentNo(),
                posting.documentId(),
                posting.reason(),
                posting.writtenAt(),
                posting.verdictAt(),
                posting.told(),
                until,
                posting.correction());
    }

    /** Has told three events. */
    private static Posting posting(PostingState state, long sequence, String messageId) {
        return new Posting(
                "A1", "acme", "shop-eu", state, sequence, 3, messageId, "", null, null, null, NOW, null, null, 0, null);
    }

    private Effect<String> handled(Envelope message) {
        Verdict.Handle<Effect<String>> handle = assertInstanceOf(
                Verdict.Handle.class, decide(message), () -> decide(message).toString());
        return handle.effect();
    }

    private Verdict.Park<Effect<String>> parked(Envelope message) {
        return assertInstanceOf(Verdict.Park.class, decide(message));
    }

    private Verdict.Hold<Effect<String>> held(Envelope message) {
        return assertInstanceOf(Verdict.Hold.class, decide(message));
    }

    private Verdict<Effect<String>> decide(Envelope message) {
        PostingFacts<ErpAdapter.Facts> facts = new PostingFacts<>(
                Map.of(message.messageId(), PostingBodies.read(message)),
                Map.of("acme", Map.of(new Sku("SHIRT"), new ProductView(new Sku("SHIRT"), List.of(), "T-1", "", true))),
                Map.of("acme", Map.of("shop-eu", new SalesAccountView("shop-eu", "SHOP-EU"))),
                erp,
                known == null ? Map.of() : Map.of("A1", known),
                Set.of());
        return new PostingDecision<>(erp, message, facts, NOW).decide();
    }

    private static SalesDocument document(String orderId) {
        return new SalesDocument(
                orderId,
                1,
                "shop-eu",
                "1001",
                OffsetDateTime.parse("2026-11-23T10:00:00+01:00"),
                "EUR",
                null,
                List.of(new SalesDocument.Line("1", "SHIRT", BigDecimal.ONE, new BigDecimal("12.30"))),
                List.of());
    }

    private static Envelope post(int sequence) {
        return message(SalesDocument.POST, sequence, Json.of(document("A1")));
    }

    private static Envelope amend(int sequence) {
        return message(SalesDocument.AMEND, sequence, Json.of(document("A1")));
    }

    private static Envelope withdraw(int sequence) {
        return message(SalesDocument.WITHDRAW, sequence, Json.of(new SalesDocument.Withdrawal("A1", "no")));
    }

    private static Envelope message(String type, int sequence, String body) {
        return new Envelope("m" + sequence, type, "acme", "A1", sequence, "", "", "shop-eu", body);
    }
}
