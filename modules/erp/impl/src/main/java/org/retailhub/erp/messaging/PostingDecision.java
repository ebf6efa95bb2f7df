package org.retailhub.erp.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.KnownShipments;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.erp.domain.AfterPosting;
import org.retailhub.erp.domain.Amends;
import org.retailhub.erp.domain.Booking;
import org.retailhub.erp.domain.Capability;
import org.retailhub.erp.domain.Correction;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.Posting;
import org.retailhub.erp.domain.Resolution;
import org.retailhub.erp.domain.Standing;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.Verdict;

/**
 * What to do with one posting message, given what the ERP and we have of its order. Pure. The message's mark in the ERP comes first:
 * what is done there is never done again, whatever we have forgotten.
 */
final class PostingDecision<F extends ErpAdapter.Facts, D> {
    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);
    private static final Duration BUSY_FOR = Duration.ofMinutes(10);
    private static final Duration BEHIND_FOR = Duration.ofMinutes(2);
    private static final String IN_PART = "the ERP has not made one document of all its rows";

    private final ErpAdapter<F, D> adapter;
    private final Envelope message;
    private final PostingFacts<F> facts;
    private final Instant now;
    private final String orderId;
    private final @Nullable Posting known;
    private final Standing standing;
    private final boolean marked;

    PostingDecision(ErpAdapter<F, D> adapter, Envelope message, PostingFacts<F> facts, Instant now) {
        this.adapter = adapter;
        this.message = message;
        this.facts = facts;
        this.now = now;
        this.orderId = message.businessKey();
        this.known = facts.postings().get(orderId);
        this.standing = facts.erp().standing(orderId);
        this.marked = facts.erp().handled(message.messageId());
    }

    Verdict<Effect<D>> decide() {
        if (!PostingBodies.isKnown(message.type())) {
            return Verdict.park(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
        }
        PostingFacts.Body body =
                Objects.requireNonNull(facts.bodies().get(message.messageId()), "each message of the round was read");
        String unreadable = body.fault();
        if (unreadable != null) {
            return Verdict.park(ErpError.UNREADABLE_DOCUMENT, unreadable);
        }
        SalesShipment shipment = body.shipment();
        if (shipment != null) {
            return note(shipment);
        }
        boolean again = known != null && known.isReplayed(message.sequence());
        boolean inEffect = known != null && again && !marked && known.sequence() == message.sequence();
        if (known != null && !inEffect && (again || known.sequence() >= message.sequence())) {
            return Verdict.handle(Effect.keep(!marked, null, "already-done"));
        }
        if (standing.kind() == Standing.Kind.BUSY
                || facts.erp().underway(orderId).busy()) {
            return Verdict.hold(ErpError.ERP_BUSY, "the import has rows of it locked", ASK_AGAIN, BUSY_FOR);
        }
        if (known != null && !again && !marked && !facts.erp().handled(known.messageId())) {
            // Its branch in the ERP is still in doubt, or the ERP was set back to an earlier time.
            return Verdict.hold(
                    ErpError.ERP_BEHIND,
                    "number " + known.sequence() + " (" + known.messageId() + ") is not there",
                    ASK_AGAIN,
                    BEHIND_FOR);
        }
        return switch (message.type()) {
            case SalesDocument.POST -> post(document(body));
            case SalesDocument.AMEND -> amend(document(body));
            default -> withdraw(body.reason());
        };
    }

    /** Kept, and answered once. Whether the ERP's rows of the order are in doubt does not matter: none is touched. */
    private Verdict<Effect<D>> note(SalesShipment shipment) {
        if (facts.shipments().contains(new KnownShipments.Key(orderId, shipment.shipmentNumber()))) {
            return Verdict.handle(Effect.keep(false, null, "already-done"));
        }
        if (known == null) {
            return Verdict.hold(ErpError.ERP_BEHIND, "there is no posting of what was shipped", ASK_AGAIN, BEHIND_FOR);
        }
        // No adapter has the capability yet: see ADR 0030.
        return Verdict.handle(Effect.note(
                shipment,
                known.telling(null),
                new SalesShipment.Taken(
                        orderId,
                        adapter.target(),
                        shipment.shipmentNumber(),
                        null,
                        "the ERP takes no shipments by its import tables",
                        now),
                "shipment-noted"));
    }

    private static SalesDocument document(PostingFacts.Body body) {
        return Objects.requireNonNull(body.document(), "readable, so it is there");
    }

    private Verdict<Effect<D>> post(SalesDocument document) {
        if (marked || standing.kind() != Standing.Kind.NOTHING) {
            // Marked: we forgot it, the ERP did not. Not marked but there: it was posted under another message id.
            return Verdict.handle(Effect.keep(!marked, Posting.written(message, known, now), "already-written"));
        }
        return write(document, List.of(), "written");
    }

    private Verdict<Effect<D>> amend(SalesDocument document) {
        if (marked && facts.erp().wrote(orderId, message.messageId())) {
            return Verdict.handle(Effect.keep(false, Posting.written(message, known, now), "already-written"));
        }
        if (known != null && known.state() == PostingState.WITHDRAWN) {
            return refuse(PostingEvent.AMENDMENT_REFUSED, "the posting was withdrawn");
        }
        if (standing.kind() == Standing.Kind.DOCUMENT) {
            return correct(Correction.CHANGE, document, null);
        }
        if (standing.kind() == Standing.Kind.PART) {
            return refuse(PostingEvent.AMENDMENT_REFUSED, IN_PART);
        }
        if (marked) {
            // Its rows have gone again: a later message took them back or replaced them, and will come too.
            return Verdict.handle(Effect.keep(false, Posting.written(message, known, now), "already-written"));
        }
        boolean replaces = standing.kind() == Standing.Kind.WAITING;
        if (replaces && !adapter.capabilities().contains(Capability.REPLACES_UNTIL_IMPORTED)) {
            return refuse(PostingEvent.AMENDMENT_REFUSED, "this ERP takes no changes");
        }
        return write(document, replaces ? List.of(orderId) : List.of(), replaces ? "replaced" : "written");
    }

    private Verdict<Effect<D>> withdraw(@Nullable String reason) {
        if (standing.kind() == Standing.Kind.DOCUMENT) {
            return correct(Correction.CANCELLATION, null, reason);
        }
        if (standing.kind() == Standing.Kind.PART) {
            return refuse(PostingEvent.WITHDRAWAL_REFUSED, IN_PART);
        }
        boolean removes = standing.kind() == Standing.Kind.WAITING;
        if (removes && !adapter.capabilities().contains(Capability.WITHDRAWS_UNTIL_IMPORTED)) {
            return refuse(PostingEvent.WITHDRAWAL_REFUSED, "this ERP gives nothing back");
        }
        if (known != null && known.state() == PostingState.WITHDRAWN && known.sequence() == message.sequence()) {
            return Verdict.handle(new Effect<>(
                    removes ? List.of(orderId) : List.of(), null, !marked, null, null, null, "withdrawn-again"));
        }
        Posting after = Posting.withdrawn(message, known, reason, now).telling(PostingState.WITHDRAWN);
        return Verdict.handle(Effect.tell(
                removes ? List.of(orderId) : List.of(),
                !marked,
                after,
                PostingEvent.WITHDRAWN,
                new PostingEvent(orderId, adapter.target(), null, null, reason, now, message.sequence()),
                "withdrawn"));
    }

    /** The posting stays as it is; a person has to decide. */
    private Verdict<Effect<D>> refuse(String eventType, String reason) {
        String documentId = standing.documentId();
        Posting after = (known == null ? Posting.written(message, null, now) : known).telling(null);
        PostingEvent event = new PostingEvent(
                orderId,
                adapter.target(),
                documentId == null ? null : orderId,
                documentId,
                reason,
                now,
                message.sequence());
        return Verdict.handle(Effect.tell(List.of(), !marked, after, eventType, event, "refused"));
    }

    /**
     * The ERP has its document: it gets further ones, as far as its adapter has any for this.
     *
     * @param document the order as it is to be; null if nothing of it is to stay
     * @param reason of a cancellation
     */
    private Verdict<Effect<D>> correct(
            Correction correction, @Nullable SalesDocument document, @Nullable String reason) {
        Posting correcting = Posting.correcting(message, known, correction, standing.documentId(), now);
        if (marked && facts.erp().corrected(orderId, message.messageId(), message.sequence())) {
            return Verdict.handle(Effect.keep(false, correcting, "already-written"));
        }
        String refused =
                correction == Correction.CHANGE ? PostingEvent.AMENDMENT_REFUSED : PostingEvent.WITHDRAWAL_REFUSED;
        if (adapter.afterPosting() == AfterPosting.PERSON) {
            return refuse(refused, "the ERP has made its document");
        }
        Resolution<Booking> wanted = document == null ? new Resolution.AsWanted<>() : booking(document);
        if (wanted instanceof Resolution.Fault<Booking> fault) {
            return Verdict.park(fault.error(), fault.detail());
        }
        Resolution<D> resolution = adapter.correct(
                new Amends(
                        message.messageId(),
                        orderId,
                        message.sequence(),
                        wanted instanceof Resolution.Bookable<Booking> booking ? booking.document() : null,
                        now),
                facts.erp());
        if (resolution instanceof Resolution.Fault<D> fault) {
            return Verdict.park(fault.error(), fault.detail());
        }
        if (resolution instanceof Resolution.ByPerson<D> person) {
            return refuse(refused, person.reason());
        }
        if (marked && resolution instanceof Resolution.Bookable<D>) {
            // Its rows have gone again: a later message replaced them, and will come too.
            return Verdict.handle(Effect.keep(false, correcting, "already-written"));
        }
        List<String> replaced = List.copyOf(facts.erp().underway(orderId).waiting());
        if (resolution instanceof Resolution.Bookable<D> bookable) {
            return Verdict.handle(Effect.write(replaced, bookable.document(), correcting, "corrected"));
        }
        Posting done = correcting.acknowledged(standing.documentId(), reason, now);
        return done.isNews()
                ? Verdict.handle(Effect.tell(
                        replaced,
                        !marked,
                        done.telling(done.state()),
                        correction == Correction.CHANGE ? PostingEvent.ACKNOWLEDGED : PostingEvent.WITHDRAWN,
                        new PostingEvent(
                                orderId,
                                adapter.target(),
                                done.documentNo(),
                                done.documentId(),
                                done.reason(),
                                now,
                                message.sequence()),
                        "as-wanted"))
                : Verdict.handle(new Effect<>(replaced, null, !marked, done, null, null, "as-wanted"));
    }

    /** With the ERP's keys, or why it has none. */
    private Resolution<Booking> booking(SalesDocument document) {
        Optional<SalesAccountView> account = facts.account(message.tenant(), document.channel());
        if (account.isEmpty()) {
            return new Resolution.Fault<>(ErpError.NO_SALES_ACCOUNT, document.channel());
        }
        Map<String, String> items = new HashMap<>();
        Set<String> unmapped = new TreeSet<>();
        for (SalesDocument.Line line : document.lines()) {
            facts.product(message.tenant(), line.sku())
                    .map(ProductView::erpItem)
                    .ifPresentOrElse(item -> items.put(line.sku(), item), () -> unmapped.add(line.sku()));
        }
        if (!unmapped.isEmpty()) {
            return new Resolution.Fault<>(ErpError.UNMAPPED_PRODUCT, String.join(", ", unmapped));
        }
        return new Resolution.Bookable<>(
                new Booking(message.messageId(), document, account.get().erpPartner(), items));
    }

    private Verdict<Effect<D>> write(SalesDocument document, List<String> remove, String hop) {
        Resolution<Booking> booking = booking(document);
        if (booking instanceof Resolution.Fault<Booking> fault) {
            return Verdict.park(fault.error(), fault.detail());
        }
        Resolution<D> resolution = adapter.resolve(((Resolution.Bookable<Booking>) booking).document(), facts.erp());
        if (resolution instanceof Resolution.Fault<D> fault) {
            return Verdict.park(fault.error(), fault.detail());
        }
        D rows = ((Resolution.Bookable<D>) resolution).document();
        return Verdict.handle(Effect.write(remove, rows, Posting.written(message, known, now), hop));
    }
}
