package org.retailhub.channel.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.api.ChannelQueues;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.order.api.CancelOrder;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.order.api.ChangeOrder;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.order.api.PlaceOrder;

/**
 * Decides for the payloads of one batch what is told to others, by the rule of versions: newer replaces, older is superseded, the same
 * version with another content is sick. Payloads of one document are decided one after the other, each on what the one before it left. No
 * input or output but its arguments and results.
 */
public final class Ledger {
    private static final int LONGEST_REASON = 200;
    private static final String DELETED = "deleted in the channel";

    /** A refund that is told: its own key, the order it belongs to, and its content. */
    public record Refund(String connection, String refundId, String document, byte @Nullable [] contentHash) {}

    private final Map<DocumentKey, DocumentState> states = new HashMap<>();
    private final Map<String, byte[]> refunds = new HashMap<>();
    private final Set<DocumentKey> changed = new HashSet<>();
    private final Map<String, Refund> newRefunds = new LinkedHashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();

    /**
     * @param known states of documents, under lock; those not here were never seen
     * @param told refunds that were told before, content hash by {@link #refundKey}
     */
    public Ledger(Map<DocumentKey, DocumentState> known, Map<String, byte[]> told) {
        states.putAll(known);
        refunds.putAll(told);
    }

    public static String refundKey(String connection, String refundId) {
        return connection + '\n' + refundId;
    }

    /** Oldest version first: what overtook another on its way, and came with it, does no harm. */
    public static List<Arrival> inOrder(List<Arrival> batch) {
        List<Arrival> sorted = new ArrayList<>(batch);
        sorted.sort((a, b) -> versionOf(a).compareTo(versionOf(b)));
        return sorted;
    }

    private static Instant versionOf(Arrival arrival) {
        return arrival.translation() instanceof Translation.Sold sold ? sold.version() : Instant.MAX;
    }

    /** All refunds and documents that the translation is about, for the bulk questions before. */
    public static List<DocumentKey> documentsOf(Arrival arrival) {
        String code = arrival.connection().code();
        Translation translation = arrival.translation();
        if (translation instanceof Translation.Sold sold) {
            return List.of(new DocumentKey(code, sold.document()));
        }
        if (translation instanceof Translation.Refunded refunded) {
            return List.of(new DocumentKey(code, refunded.document()));
        }
        return translation instanceof Translation.Deleted deleted
                ? List.of(new DocumentKey(code, deleted.document()))
                : List.of();
    }

    public static List<RefundMade> refundsOf(Arrival arrival) {
        Translation translation = arrival.translation();
        if (translation instanceof Translation.Sold sold) {
            return sold.refunds();
        }
        return translation instanceof Translation.Refunded refunded ? List.of(refunded.refund()) : List.of();
    }

    public void decide(Arrival arrival) {
        Translation translation = arrival.translation();
        Outcome outcome;
        if (translation instanceof Translation.Sold sold) {
            outcome = sold(arrival, sold);
        } else if (translation instanceof Translation.Refunded refunded) {
            outcome = refunded(arrival, refunded);
        } else if (translation instanceof Translation.Deleted deleted) {
            outcome = deleted(arrival, deleted);
        } else if (translation instanceof Translation.Noted noted) {
            outcome = new Outcome.Settled(Fate.NOTED, noted.document(), null, noted.why(), List.of());
        } else if (translation instanceof Translation.NotTaken not) {
            outcome = new Outcome.Settled(Fate.NOT_TAKEN, "", null, not.why(), List.of());
        } else if (translation instanceof Translation.Incomplete incomplete) {
            outcome = incomplete(arrival, incomplete);
        } else {
            Translation.Refused refused = (Translation.Refused) translation;
            outcome = new Outcome.Sick(refused.code(), at(refused.field(), refused.detail()));
        }
        outcomes.put(arrival.payloadId(), outcome);
    }

    /** The channel has it whole, if it can be asked. */
    private static Outcome incomplete(Arrival arrival, Translation.Incomplete incomplete) {
        String detail = at(incomplete.field(), incomplete.detail());
        return arrival.asked() || arrival.connection().apiUrl() == null
                ? new Outcome.Sick(incomplete.code(), detail)
                : new Outcome.Settled(Fate.ASKED_FOR, incomplete.document(), null, detail, List.of());
    }

    private static String at(@Nullable String field, String detail) {
        return field == null || field.isEmpty() ? detail : field + ": " + detail;
    }

    private Outcome sold(Arrival arrival, Translation.Sold sold) {
        DocumentKey key = new DocumentKey(arrival.connection().code(), sold.document());
        DocumentState state = states.getOrDefault(key, DocumentState.unseen(key));
        byte[] hash = OrderContent.hash(sold.order());
        String why = sold.cancelled() == null && state.isDeletedUnseen() ? DELETED : sold.cancelled();
        boolean cancelled = why != null;
        // What was cancelled since by a deletion, which has no version, is still what was told then.
        boolean same = state.isSameAs(hash) && (cancelled == state.cancelled() || state.cancelled());
        Instant before = state.version();
        int age = before == null ? 1 : sold.version().compareTo(before);
        if (age == 0 && !same) {
            return new Outcome.Sick(
                    ChannelError.VERSION_REUSED,
                    "'" + sold.document() + "' of " + sold.version() + " was told with another content");
        }
        List<Outcome.Telling> tellings = new ArrayList<>();
        Fate fate;
        if (age < 0) {
            fate = Fate.SUPERSEDED;
        } else if (age == 0) {
            fate = Fate.REPEATED;
        } else if (same || state.cancelled() && state.content() != null) {
            // A channel does not bring a cancelled order back to life.
            fate = Fate.UNCHANGED;
            put(state.at(sold.version()));
        } else {
            fate = Fate.TOLD;
            boolean first = state.contentHash() == null;
            String content = OrderContent.json(sold.order());
            DocumentState next = state.told(sold.version(), content, hash, cancelled);
            put(next);
            tellings.add(command(next, sold.order(), content, why, first));
        }
        for (RefundMade refund : sold.refunds()) {
            if (!refunds.containsKey(refundKey(key.connection(), refund.refundId()))) {
                tellings.add(told(key, refund));
                fate = Fate.TOLD;
            }
        }
        return new Outcome.Settled(fate, sold.document(), sold.version(), words(tellings), tellings);
    }

    private static Outcome.Telling command(
            DocumentState state, CanonicalOrder order, String content, @Nullable String cancelled, boolean first) {
        if (cancelled != null) {
            String reason = cancelled.length() > LONGEST_REASON ? cancelled.substring(0, LONGEST_REASON) : cancelled;
            return command(state, CancelOrder.TYPE, order, OrderContent.json(new CancelOrder(order, reason)));
        }
        return command(state, first ? PlaceOrder.TYPE : ChangeOrder.TYPE, order, OrderContent.commandOf(content));
    }

    private static Outcome.Telling command(DocumentState state, String type, CanonicalOrder order, String body) {
        return new Outcome.Telling(OrderQueues.COMMANDS, type, order.channelOrderId(), state.commandSequence(), body);
    }

    private Outcome refunded(Arrival arrival, Translation.Refunded refunded) {
        DocumentKey key = new DocumentKey(arrival.connection().code(), refunded.document());
        RefundMade refund = refunded.refund();
        byte[] before = refunds.get(refundKey(key.connection(), refund.refundId()));
        if (before == null) {
            List<Outcome.Telling> tellings = List.of(told(key, refund));
            return new Outcome.Settled(Fate.TOLD, refunded.document(), null, words(tellings), tellings);
        }
        return Arrays.equals(before, OrderContent.hash(refund))
                ? new Outcome.Settled(Fate.REPEATED, refunded.document(), null, "refund", List.of())
                : new Outcome.Sick(
                        ChannelError.VERSION_REUSED,
                        "refund '" + refund.refundId() + "' was told with another content");
    }

    private Outcome.Telling told(DocumentKey key, RefundMade refund) {
        DocumentState next = states.getOrDefault(key, DocumentState.unseen(key)).oneEventMore();
        put(next);
        byte[] hash = OrderContent.hash(refund);
        String refundKey = refundKey(key.connection(), refund.refundId());
        refunds.put(refundKey, hash);
        newRefunds.put(refundKey, new Refund(key.connection(), refund.refundId(), key.document(), hash));
        return new Outcome.Telling(
                ChannelQueues.EVENTS,
                RefundMade.TYPE,
                refund.channelOrderId(),
                next.eventSequence(),
                OrderContent.json(refund));
    }

    private Outcome deleted(Arrival arrival, Translation.Deleted deleted) {
        DocumentKey key = new DocumentKey(arrival.connection().code(), deleted.document());
        DocumentState state = states.getOrDefault(key, DocumentState.unseen(key));
        String content = state.content();
        if (content == null || state.cancelled()) {
            if (!state.cancelled()) {
                put(state.deletedUnseen());
            }
            return new Outcome.Settled(
                    Fate.NOTED,
                    deleted.document(),
                    null,
                    content == null ? "deleted, and never told" : "deleted, and cancelled before",
                    List.of());
        }
        CanonicalOrder order = OrderContent.order(content);
        DocumentState next = state.told(state.version(), content, state.contentHash(), true);
        put(next);
        List<Outcome.Telling> tellings = List.of(command(next, order, content, DELETED, false));
        return new Outcome.Settled(Fate.TOLD, deleted.document(), null, words(tellings), tellings);
    }

    private void put(DocumentState state) {
        states.put(state.key(), state);
        changed.add(state.key());
    }

    private static String words(List<Outcome.Telling> tellings) {
        StringBuilder words = new StringBuilder();
        tellings.forEach(each -> words.append(words.isEmpty() ? "" : ", ")
                .append(each.type())
                .append(" #")
                .append(each.sequence()));
        return words.toString();
    }

    /** Of one that was decided. */
    public Outcome outcomeOf(String payloadId) {
        return Objects.requireNonNull(outcomes.get(payloadId), "decide it first");
    }

    /** What is to be stored, in the order of the keys. */
    public List<DocumentState> changed() {
        return changed.stream()
                .sorted((a, b) ->
                        (a.connection() + '\n' + a.document()).compareTo(b.connection() + '\n' + b.document()))
                .map(states::get)
                .toList();
    }

    public List<Refund> newRefunds() {
        return List.copyOf(newRefunds.values());
    }
}
