package org.retailhub.erp.messaging;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
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
import org.retailhub.erp.domain.Booking;
import org.retailhub.erp.domain.Capability;
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
        if (standing.kind() == Standing.Kind.BUSY) {
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
        return write(document, false, "written");
    }

    private Verdict<Effect<D>> amend(SalesDocument document) {
        if (marked && facts.erp().wrote(orderId, message.messageId())) {
            return Verdict.handle(Effect.keep(false, Posting.written(message, known, now), "already-written"));
        }
        if (known != null && known.state() == PostingState.WITHDRAWN) {
            return refuse(PostingEvent.AMENDMENT_REFUSED, "the posting was withdrawn");
        }
        if (standing.kind() == Standing.Kind.DOCUMENT) {
            return refuse(PostingEvent.AMENDMENT_REFUSED, "the ERP has made its document");
        }
        if (marked) {
            // Its rows have gone again: a later message took them back or replaced them, and will come too.
            return Verdict.handle(Effect.keep(false, Posting.written(message, known, now), "already-written"));
        }
        boolean replaces = standing.kind() == Standing.Kind.WAITING;
        if (replaces && !adapter.capabilities().contains(Capability.REPLACES_UNTIL_IMPORTED)) {
            return refuse(PostingEvent.AMENDMENT_REFUSED, "this ERP takes no changes");
        }
        return write(document, replaces, replaces ? "replaced" : "written");
    }

    private Verdict<Effect<D>> withdraw(@Nullable String reason) {
        if (standing.kind() == Standing.Kind.DOCUMENT) {
            return refuse(PostingEvent.WITHDRAWAL_REFUSED, "the ERP has made its document");
        }
        boolean removes = standing.kind() == Standing.Kind.WAITING;
        if (removes && !adapter.capabilities().contains(Capability.WITHDRAWS_UNTIL_IMPORTED)) {
            return refuse(PostingEvent.WITHDRAWAL_REFUSED, "this ERP gives nothing back");
        }
        if (known != null && known.state() == PostingState.WITHDRAWN && known.sequence() == message.sequence()) {
            return Verdict.handle(new Effect<>(removes, null, !marked, null, null, null, "withdrawn-again"));
        }
        Posting after = Posting.withdrawn(message, known, reason, now).telling(PostingState.WITHDRAWN);
        return Verdict.handle(Effect.tell(
                removes,
                !marked,
                after,
                PostingEvent.WITHDRAWN,
                new PostingEvent(orderId, adapter.target(), null, null, reason, now),
                "withdrawn"));
    }

    /** The posting stays as it is; a person has to decide. */
    private Verdict<Effect<D>> refuse(String eventType, String reason) {
        String documentId = standing.documentId();
        Posting after = (known == null ? Posting.written(message, null, now) : known).telling(null);
        PostingEvent event = new PostingEvent(
                orderId, adapter.target(), documentId == null ? null : orderId, documentId, reason, now);
        return Verdict.handle(Effect.tell(false, !marked, after, eventType, event, "refused"));
    }

    private Verdict<Effect<D>> write(SalesDocument document, boolean remove, String hop) {
        Optional<SalesAccountView> account = facts.account(message.tenant(), document.channel());
        if (account.isEmpty()) {
            return Verdict.park(ErpError.NO_SALES_ACCOUNT, document.channel());
        }
        Map<String, String> items = new HashMap<>();
        Set<String> unmapped = new TreeSet<>();
        for (SalesDocument.Line line : document.lines()) {
            facts.product(message.tenant(), line.sku())
                    .map(ProductView::erpItem)
                    .ifPresentOrElse(item -> items.put(line.sku(), item), () -> unmapped.add(line.sku()));
        }
        if (!unmapped.isEmpty()) {
            return Verdict.park(ErpError.UNMAPPED_PRODUCT, String.join(", ", unmapped));
        }
        Booking booking =
                new Booking(message.messageId(), document, account.get().erpPartner(), items);
        Resolution<D> resolution = adapter.resolve(booking, facts.erp());
        if (resolution instanceof Resolution.Fault<D> fault) {
            return Verdict.park(fault.error(), fault.detail());
        }
        D rows = ((Resolution.Bookable<D>) resolution).document();
        return Verdict.handle(Effect.write(remove, rows, Posting.written(message, known, now), hop));
    }
}
