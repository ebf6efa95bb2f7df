package org.retailhub.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.inventory.canonical.ReservationCheck;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.domain.Allotment;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.Reservation;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;

/**
 * Holds stock, whichever door asks: never more than on hand − reserved − safety. A batch is decided in memory in the order of its arrival,
 * with the rows of its positions locked in one order, and each row is written once. Joins the caller's transaction.
 */
public final class Reserving {
    private final Reservations reservations;
    private final Rules rules;
    private final ReservationEvents events;
    private final Ulid ids;

    Reserving(Reservations reservations, Rules rules, Ulid ids) {
        this.reservations = reservations;
        this.rules = rules;
        this.events = new ReservationEvents(ids);
        this.ids = ids;
    }

    /**
     * Somebody wants to hold something.
     *
     * @param isCommand whether nobody waits for an answer: then a refusal is kept and told
     */
    public record Request(
            String tenant, ReservationDocument document, String traceparent, String causedBy, boolean isCommand) {
        /** No part can contain the separator. */
        public String naturalKey() {
            return tenant + '\n' + document.reference();
        }

        private Reservations.Name name() {
            return new Reservations.Name(tenant, document.reference());
        }
    }

    /** What became of it. */
    public sealed interface Reserved {
        /** It is held; {@code replayed} if it was made before, whatever became of it since. */
        record Held(Reservation reservation, boolean replayed) implements Reserved {}

        /** There is not enough: nothing is held. */
        record OutOfStock(List<Allotment.Shortage> shortages) implements Reserved {}

        /** Another content was asked for under the reference. */
        record Differs(Reservation reservation, List<String> fields) implements Reserved {}

        /** The channel does not sell from a location; the index of the line. */
        record OutsidePool(int line, String location) implements Reserved {}

        /** Its time is over before it began. One that was made in time is {@link Held} also when it is asked for again later. */
        record TooLate(Instant expiresAt) implements Reserved {}

        default <T> T fold(
                Function<Held, T> held,
                Function<OutOfStock, T> outOfStock,
                Function<Differs, T> differs,
                Function<OutsidePool, T> outsidePool,
                Function<TooLate, T> tooLate) {
            if (this instanceof Held one) {
                return held.apply(one);
            }
            if (this instanceof OutOfStock one) {
                return outOfStock.apply(one);
            }
            if (this instanceof Differs one) {
                return differs.apply(one);
            }
            return this instanceof OutsidePool one ? outsidePool.apply(one) : tooLate.apply((TooLate) this);
        }
    }

    /** What is known of a batch, and what is decided about it so far. */
    public static final class Facts {
        private final Set<Reservations.Name> locked = new HashSet<>();
        private final Map<Reservations.Name, Reservation> known;
        private final Map<Rules.Channel, ChannelRule> rules;
        private final List<Reservation> fresh = new ArrayList<>();
        private final List<OutboundMessage> messages = new ArrayList<>();

        private Facts(Map<Reservations.Name, Reservation> known, Map<Rules.Channel, ChannelRule> rules) {
            this.known = known;
            this.rules = rules;
        }
    }

    /** Locks the names; before any position. */
    public Facts load(List<Request> batch) {
        if (batch.isEmpty()) {
            return new Facts(Map.of(), Map.of());
        }
        List<Reservations.Name> names = batch.stream().map(Request::name).toList();
        List<Boolean> got = reservations.lockNames(names);
        Set<Rules.Channel> channels = new HashSet<>();
        for (Request request : batch) {
            String channel = request.document().channel();
            if (channel != null) {
                channels.add(new Rules.Channel(request.tenant(), channel));
            }
        }
        Facts facts = new Facts(new HashMap<>(reservations.known(names)), rules.pools(channels));
        for (int i = 0; i < got.size(); i++) {
            if (got.get(i)) {
                facts.locked.add(names.get(i));
            }
        }
        return facts;
    }

    /** What those of a batch need in hand whose names are free. */
    public List<PositionKey> positions(List<Request> batch, Facts facts) {
        return batch.stream()
                .filter(request -> facts.locked.contains(request.name()))
                .flatMap(request -> Allotment.demand(request.tenant(), request.document()).keySet().stream())
                .toList();
    }

    /** @return null if its name or one of its positions is in somebody's hand whose outcome is open */
    public @Nullable Reserved decide(Request request, Facts facts, Stock.Hand hand) {
        Reservations.Name name = request.name();
        if (!facts.locked.contains(name)) {
            return null;
        }
        ReservationDocument document = request.document();
        Reservation known = facts.known.get(name);
        if (known != null) {
            List<String> fields =
                    ReservationDocument.differences(known.document().json(), document.json());
            if (!fields.isEmpty()) {
                return new Reserved.Differs(known, fields);
            }
            if (known.state() != Reservation.State.REFUSED) {
                return new Reserved.Held(known, true);
            }
        }
        Instant expiresAt = document.expiresAt();
        if (expiresAt != null && !expiresAt.isAfter(hand.now())) {
            return new Reserved.TooLate(expiresAt);
        }
        String channel = document.channel();
        if (channel != null) {
            ChannelRule rule = facts.rules.getOrDefault(new Rules.Channel(request.tenant(), channel), ChannelRule.NONE);
            for (int i = 0; i < document.lines().size(); i++) {
                String location = document.lines().get(i).location();
                if (!rule.sellsFrom(location)) {
                    return new Reserved.OutsidePool(i, location);
                }
            }
        }
        if (hand.isInDoubt(Allotment.demand(request.tenant(), document).keySet())) {
            return null;
        }
        Allotment allotment = Allotment.of(request.tenant(), document, position -> {
            Position at = hand.at(position);
            return at == null ? BigDecimal.ZERO : at.availableToSell();
        });
        Reserved reserved = allotment.fold(
                granted -> new Reserved.Held(hold(request, known, granted, facts, hand), false),
                tooShort -> new Reserved.OutOfStock(tooShort.shortages()));
        if (reserved instanceof Reserved.OutOfStock refused && (request.isCommand() || known != null)) {
            refuse(request, known, refused, facts, hand.now());
        }
        return reserved;
    }

    private Reservation hold(
            Request request, @Nullable Reservation known, Allotment.Granted granted, Facts facts, Stock.Hand hand) {
        Reservation reservation = begin(
                request,
                known,
                Reservation.State.HELD,
                granted.lines(),
                Reservations.holdsOf(granted.holds()),
                hand.now());
        granted.holds().forEach((key, quantity) -> {
            Position position = java.util.Objects.requireNonNull(hand.at(key), "what is granted is in hand");
            hand.record(
                    position,
                    entry(reservation, MovementKind.RESERVATION, position, quantity, "reserved", hand.now(), request));
        });
        facts.fresh.add(reservation);
        facts.known.put(request.name(), reservation);
        facts.messages.add(events.message(
                reservation,
                ReservationChanged.RESERVED,
                null,
                granted.holds(),
                hand.now(),
                request.causedBy(),
                request.traceparent()));
        return reservation;
    }

    private static Entry entry(
            Reservation reservation,
            MovementKind kind,
            Position position,
            BigDecimal quantity,
            String step,
            Instant now,
            Request request) {
        return new Entry(
                kind,
                BigDecimal.ZERO,
                quantity,
                position.unit(),
                Entry.RESERVATIONS,
                reservation.id() + "/" + step + "/" + position.key().location() + "/"
                        + position.key().sku(),
                null,
                null,
                null,
                now,
                reservation.reference(),
                null,
                reservation.channel(),
                true,
                request.traceparent());
    }

    private void refuse(
            Request request, @Nullable Reservation known, Reserved.OutOfStock refused, Facts facts, Instant now) {
        List<BigDecimal> nothing =
                request.document().lines().stream().map(line -> BigDecimal.ZERO).toList();
        Reservation reservation = begin(request, known, Reservation.State.REFUSED, nothing, new TreeMap<>(), now);
        SortedMap<PositionKey, BigDecimal> missing = new TreeMap<>();
        refused.shortages()
                .forEach(shortage ->
                        missing.put(shortage.position(), shortage.wanted().subtract(shortage.available())));
        facts.fresh.add(reservation);
        facts.known.put(request.name(), reservation);
        facts.messages.add(events.message(
                reservation,
                ReservationChanged.REFUSED,
                null,
                missing,
                now,
                request.causedBy(),
                request.traceparent()));
    }

    private Reservation begin(
            Request request,
            @Nullable Reservation known,
            Reservation.State state,
            List<BigDecimal> granted,
            SortedMap<PositionKey, Reservation.Hold> holds,
            Instant now) {
        Instant wanted = request.document().expiresAt();
        return new Reservation(
                known == null ? ids.next() : known.id(),
                request.tenant(),
                request.document(),
                granted,
                state,
                known == null ? now : known.createdAt(),
                wanted == null ? now.plus(ReservationCheck.DEFAULT_TIME) : wanted,
                now,
                holds,
                known == null ? 1 : known.eventSequence() + 1);
    }

    /** The reservations' rows. @return the messages about them, for {@link Stock#write} */
    public List<OutboundMessage> write(Facts facts) {
        reservations.store(facts.fresh);
        return facts.messages;
    }
}
