package org.retailhub.inventory;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.inventory.canonical.StepDocument;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.Reservation;
import org.retailhub.inventory.domain.Reservation.Hold;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;

/** What becomes of what is held: given back, left, or given back since its time is over. Joins the caller's transaction. */
public final class Settling {
    private final Reservations reservations;
    private final ReservationEvents events;

    Settling(Reservations reservations, Ulid ids) {
        this.reservations = reservations;
        this.events = new ReservationEvents(ids);
    }

    /** What is done. */
    public enum Kind {
        RELEASE("release", ReservationChanged.RELEASED, MovementKind.RELEASE, Reservation.State.RELEASED),
        CONSUME("consumption", ReservationChanged.CONSUMED, MovementKind.CONSUMPTION, Reservation.State.CONSUMED),
        EXPIRE("expiry", ReservationChanged.EXPIRED, MovementKind.RELEASE, Reservation.State.EXPIRED);

        private final String wire;
        private final String event;
        private final MovementKind movement;
        private final Reservation.State end;

        Kind(String wire, String event, MovementKind movement, Reservation.State end) {
            this.wire = wire;
            this.event = event;
            this.movement = movement;
            this.end = end;
        }
    }

    /**
     * Somebody does something with a reservation.
     *
     * @param reservationId empty if only the reference is known
     * @param document null for expiry
     */
    public record Step(
            String tenant,
            String reservationId,
            String reference,
            Kind kind,
            @Nullable StepDocument document,
            String traceparent,
            String causedBy) {
        /** One step of a reservation at a time; no part can contain the separator. */
        public String naturalKey() {
            return tenant + '\n' + reservationId + '\n' + reference;
        }

        private String content() {
            return document == null ? "all" : document.content();
        }
    }

    /** What became of it. */
    public sealed interface Settled {
        /** It is done; {@code replayed} if it was before, or nothing was held that could be given back. */
        record Done(Reservation reservation, boolean replayed) implements Settled {}

        /** There is no such reservation. */
        record Unknown() implements Settled {}

        /** Less is held than that. */
        record NotHeld(Reservation reservation, List<PositionKey> positions) implements Settled {}

        /** Something else was done under the document. */
        record Differs(Reservation reservation) implements Settled {}

        default <T> T fold(
                Function<Done, T> done,
                Function<Unknown, T> unknown,
                Function<NotHeld, T> notHeld,
                Function<Differs, T> differs) {
            if (this instanceof Done one) {
                return done.apply(one);
            }
            if (this instanceof Unknown one) {
                return unknown.apply(one);
            }
            return this instanceof NotHeld one ? notHeld.apply(one) : differs.apply((Differs) this);
        }
    }

    /** Reservations that a transaction has locked, and what it does with them. */
    public static final class Facts {
        private final Map<String, Reservation> locked = new LinkedHashMap<>();
        private final boolean complete;
        private final Map<Reservations.StepKey, String> done;
        private final Map<Reservations.StepKey, String> fresh = new HashMap<>();
        private final Map<String, Reservation> changed = new LinkedHashMap<>();
        private final List<OutboundMessage> messages = new ArrayList<>();

        private Facts(List<Reservation> locked, boolean complete, Map<Reservations.StepKey, String> done) {
            locked.forEach(each -> this.locked.put(each.id(), each));
            this.complete = complete;
            this.done = new HashMap<>(done);
        }

        /** What is to be taken in hand. */
        public List<PositionKey> positions() {
            return locked.values().stream()
                    .flatMap(each -> each.holds().keySet().stream())
                    .toList();
        }
    }

    /** Locks the reservations; before any position. */
    public Facts load(List<Step> batch, boolean waits) {
        List<Reservation> locked = reservations.lock(
                batch.stream()
                        .map(Step::reservationId)
                        .filter(id -> !id.isEmpty())
                        .toList(),
                batch.stream()
                        .filter(step -> step.reservationId().isEmpty())
                        .map(step -> new Reservations.Name(step.tenant(), step.reference()))
                        .toList(),
                waits);
        List<Reservations.StepKey> keys = new ArrayList<>();
        for (Step step : batch) {
            Reservation at = find(step, locked);
            if (at != null && step.document() != null) {
                keys.add(key(at, step));
            }
        }
        return new Facts(locked, waits, reservations.steps(keys));
    }

    private static @Nullable Reservation find(Step step, Iterable<Reservation> all) {
        for (Reservation each : all) {
            boolean same = step.reservationId().isEmpty()
                    ? each.reference().equals(step.reference())
                    : each.id().equals(step.reservationId());
            if (same && each.tenant().equals(step.tenant())) {
                return each;
            }
        }
        return null;
    }

    private static Reservations.StepKey key(Reservation at, Step step) {
        return new Reservations.StepKey(
                at.id(),
                step.kind().wire,
                step.document() == null ? "" : step.document().document());
    }

    /** @return null if it, or a position of it, may be in somebody's hand whose outcome is open */
    public @Nullable Settled decide(Step step, Facts facts, Stock.Hand hand) {
        Reservation reservation = find(step, facts.locked.values());
        if (reservation == null) {
            return facts.complete ? new Settled.Unknown() : null;
        }
        if (step.kind() == Kind.EXPIRE
                && (reservation.state() != Reservation.State.HELD
                        || reservation.expiresAt().isAfter(hand.now()))) {
            return new Settled.Done(reservation, true);
        }
        Reservations.StepKey key = key(reservation, step);
        String before = facts.done.get(key);
        if (before != null) {
            return before.equals(step.content())
                    ? new Settled.Done(reservation, true)
                    : new Settled.Differs(reservation);
        }
        if (hand.isInDoubt(reservation.holds().keySet())) {
            return null;
        }
        SortedMap<PositionKey, BigDecimal> wanted = wanted(step, reservation);
        List<PositionKey> tooMuch = wanted.entrySet().stream()
                .filter(each -> held(reservation, each.getKey()).compareTo(each.getValue()) < 0)
                .map(Map.Entry::getKey)
                .toList();
        if (!tooMuch.isEmpty() || wanted.isEmpty() && step.kind() == Kind.CONSUME) {
            return new Settled.NotHeld(reservation, tooMuch);
        }
        if (wanted.isEmpty()) {
            return new Settled.Done(reservation, true);
        }
        return new Settled.Done(apply(step, reservation, wanted, key, facts, hand), false);
    }

    private static SortedMap<PositionKey, BigDecimal> wanted(Step step, Reservation reservation) {
        SortedMap<PositionKey, BigDecimal> wanted = new TreeMap<>();
        StepDocument document = step.document();
        if (document != null && !document.items().isEmpty()) {
            document.items()
                    .forEach(item -> wanted.put(
                            new PositionKey(reservation.tenant(), item.sku(), item.location()), item.quantity()));
            return wanted;
        }
        reservation.holds().forEach((position, hold) -> {
            if (hold.held().signum() > 0) {
                wanted.put(position, hold.held());
            }
        });
        return wanted;
    }

    private static BigDecimal held(Reservation reservation, PositionKey position) {
        Hold hold = reservation.holds().get(position);
        return hold == null ? BigDecimal.ZERO : hold.held();
    }

    private Reservation apply(
            Step step,
            Reservation reservation,
            SortedMap<PositionKey, BigDecimal> wanted,
            Reservations.StepKey key,
            Facts facts,
            Stock.Hand hand) {
        SortedMap<PositionKey, Hold> holds = new TreeMap<>(reservation.holds());
        wanted.forEach((at, quantity) -> {
            holds.computeIfPresent(
                    at,
                    (position, hold) -> step.kind() == Kind.CONSUME ? hold.consume(quantity) : hold.release(quantity));
            Position position = Objects.requireNonNull(hand.at(at), "what is held has a position");
            hand.record(position, entry(step, reservation, position, quantity, key, hand));
        });
        Reservation after = reservation.after(holds, step.kind().end, hand.now());
        facts.locked.put(after.id(), after);
        facts.changed.put(after.id(), after);
        if (step.document() != null) {
            facts.fresh.put(key, step.content());
            facts.done.put(key, step.content());
        }
        facts.messages.add(events.message(
                after,
                step.kind().event,
                step.document() == null ? null : step.document().document(),
                wanted,
                hand.now(),
                step.causedBy(),
                step.traceparent()));
        return after;
    }

    private static Entry entry(
            Step step,
            Reservation reservation,
            Position position,
            BigDecimal quantity,
            Reservations.StepKey key,
            Stock.Hand hand) {
        return new Entry(
                step.kind().movement,
                step.kind() == Kind.CONSUME ? quantity.negate() : BigDecimal.ZERO,
                quantity.negate(),
                position.unit(),
                Entry.RESERVATIONS,
                reservation.id() + "/" + key.kind() + "/" + key.document() + "/"
                        + position.key().location() + "/" + position.key().sku(),
                null,
                step.document() == null ? null : step.document().document(),
                null,
                hand.now(),
                reservation.reference(),
                step.kind() == Kind.EXPIRE ? "its time was over" : null,
                reservation.channel(),
                step.kind() != Kind.CONSUME,
                step.traceparent());
    }

    /** The reservations' rows. @return the messages about them, for {@link Stock#write} */
    public List<OutboundMessage> write(Facts facts, Stock.Hand hand) {
        reservations.update(List.copyOf(facts.changed.values()));
        reservations.done(facts.fresh, hand.now());
        return facts.messages;
    }
}
