package org.retailhub.order.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.domain.OrderLife.Happening;

/**
 * The stock side of one order, in hand for a transaction that has locked the order's row: what inventory was asked to hold, what became of
 * it, and what is missing. Each thing that happens to it says what that is for the order's life, and gathers the commands to
 * inventory, numbered by reservation.
 */
public final class OrderStock {
    /** When something was refused and other answers are still to come: due as soon as the last of them is there. */
    private static final Instant WHEN_ALL_IS_ANSWERED = Instant.parse("9999-01-01T00:00:00Z");

    /** Of one reservation more lines are not asked for: a larger order has several. */
    public static final int MOST_LINES = 200;

    /** Where a reservation stands. */
    public enum State {
        ASKED,
        HELD,
        REFUSED,
        RELEASING,
        RELEASED,
        EXPIRED,
        CONSUMED;

        /** Whether what it is for may be held, is held, or was and has left. */
        public boolean counts() {
            return this == ASKED || this == HELD || this == CONSUMED;
        }

        private boolean isOpen() {
            return this == ASKED || this == HELD;
        }
    }

    /** Goods of a line from a place. */
    public record Allocation(String lineId, String sku, String location, BigDecimal quantity) {}

    /** What a line lacks. */
    public record Shortage(String lineId, String sku, BigDecimal quantity) {}

    /** A SKU at a location. */
    public record Place(String sku, String location) {}

    /** What a line needs. */
    public record Need(String lineId, String sku, BigDecimal quantity) {}

    /** Something to be told to inventory. */
    public sealed interface Command {
        String reference();

        long sequence();

        /** Hold this. */
        record Reserve(String reference, long sequence, List<Allocation> allocations) implements Command {}

        /** Give back; all that is held if there are no items. @param document why, once per reservation */
        record Release(String reference, long sequence, String document, List<Allocation> items) implements Command {}
    }

    /** What inventory was asked to hold, by one name. */
    public static final class Reservation {
        private final String reference;
        private final long policyVersion;
        private final List<Allocation> allocations;
        private State state;
        private long commandSequence;

        public Reservation(
                String reference,
                State state,
                long commandSequence,
                long policyVersion,
                Collection<Allocation> allocations) {
            this.reference = reference;
            this.state = state;
            this.commandSequence = commandSequence;
            this.policyVersion = policyVersion;
            this.allocations = new ArrayList<>(allocations);
        }

        public String reference() {
            return reference;
        }

        public State state() {
            return state;
        }

        /** Number of the last command about it. */
        public long commandSequence() {
            return commandSequence;
        }

        public long policyVersion() {
            return policyVersion;
        }

        public List<Allocation> allocations() {
            return List.copyOf(allocations);
        }
    }

    private final String orderId;
    private final Map<String, Reservation> reservations = new LinkedHashMap<>();
    private final Map<String, Shortage> shortages = new LinkedHashMap<>();
    private final Set<Place> excluded = new LinkedHashSet<>();
    private final List<Command> commands = new ArrayList<>();
    private int attempt;
    private int reservationsAsked;
    private @Nullable Instant dueAt;
    private boolean ended;

    /**
     * @param dueAt when places are looked for; null if they need not
     * @param ended whether it needs no stock any more, for good
     */
    public OrderStock(String orderId, int attempt, int reservationsAsked, @Nullable Instant dueAt, boolean ended) {
        this.ended = ended;
        this.orderId = orderId;
        this.attempt = attempt;
        this.reservationsAsked = reservationsAsked;
        this.dueAt = dueAt;
    }

    /** As it was read. */
    public void recall(
            Collection<Reservation> reservations, Collection<Shortage> shortages, Collection<Place> excluded) {
        reservations.forEach(each -> this.reservations.put(each.reference(), each));
        shortages.forEach(each -> this.shortages.put(each.lineId(), each));
        this.excluded.addAll(excluded);
    }

    public String orderId() {
        return orderId;
    }

    public int attempt() {
        return attempt;
    }

    public int reservationsAsked() {
        return reservationsAsked;
    }

    public @Nullable Instant dueAt() {
        return dueAt;
    }

    public boolean ended() {
        return ended;
    }

    public List<Reservation> reservations() {
        return List.copyOf(reservations.values());
    }

    public @Nullable Reservation reservation(String reference) {
        return reservations.get(reference);
    }

    public List<Shortage> shortages() {
        return List.copyOf(shortages.values());
    }

    public Set<Place> excluded() {
        return Set.copyOf(excluded);
    }

    /** What is to be told to inventory since it was read. */
    public List<Command> commands() {
        return List.copyOf(commands);
    }

    /** What its lines need beyond what is held, or asked for. */
    public List<Need> open(Collection<Need> needs) {
        Map<String, BigDecimal> allotted = new HashMap<>();
        reservations.values().stream()
                .filter(each -> each.state.counts())
                .flatMap(each -> each.allocations.stream())
                .forEach(each -> allotted.merge(key(each.lineId(), each.sku()), each.quantity(), BigDecimal::add));
        List<Need> open = new ArrayList<>();
        for (Need need : needs) {
            BigDecimal rest =
                    need.quantity().subtract(allotted.getOrDefault(key(need.lineId(), need.sku()), BigDecimal.ZERO));
            if (rest.signum() > 0) {
                open.add(new Need(need.lineId(), need.sku(), rest));
            }
        }
        return open;
    }

    private static String key(String lineId, String sku) {
        return lineId + '\n' + sku;
    }

    private boolean isAsking() {
        return reservations.values().stream().anyMatch(each -> each.state == State.ASKED);
    }

    private boolean isReleasing() {
        return reservations.values().stream().anyMatch(each -> each.state == State.RELEASING);
    }

    /** Places were found: inventory is asked. What is short is waited for. */
    public Happening ask(Collection<Allocation> found, Collection<Shortage> missing, long policyVersion) {
        List<Allocation> all = List.copyOf(found);
        for (int from = 0; from < all.size(); from += MOST_LINES) {
            reservationsAsked++;
            // The first goes by the order's own name, which is what people look for.
            String reference = reservationsAsked == 1 ? orderId : orderId + "-" + reservationsAsked;
            List<Allocation> part = all.subList(from, Math.min(all.size(), from + MOST_LINES));
            reservations.put(reference, new Reservation(reference, State.ASKED, 1, policyVersion, part));
            commands.add(new Command.Reserve(reference, 1, part));
        }
        lack(missing, null);
        return Happening.ASKED;
    }

    /** There is not enough: looked for again at that time. */
    public Happening wait(Collection<Shortage> missing, Instant again) {
        lack(missing, again);
        attempt = 0;
        excluded.clear();
        return Happening.SHORT;
    }

    private void lack(Collection<Shortage> missing, @Nullable Instant again) {
        shortages.clear();
        missing.forEach(each -> shortages.put(each.lineId(), each));
        dueAt = again;
    }

    /** There is not enough, and nobody waits: what is held goes back. */
    public Happening turnDown(Collection<Shortage> missing, String document) {
        lack(missing, null);
        ended = true;
        releaseAll(document);
        return Happening.TURNED_DOWN;
    }

    /** It needs no stock any more: what is held goes back, nothing is looked for. */
    public void end(String document) {
        lack(List.of(), null);
        excluded.clear();
        ended = true;
        releaseAll(document);
    }

    /** Nothing is looked for until it is due again. */
    public void rest() {
        dueAt = null;
    }

    /** All that it needs is held already. */
    public Happening suffices() {
        lack(List.of(), null);
        return Happening.NOTHING_TO_HOLD;
    }

    /**
     * Its lines changed: what they need no more goes back, the rest is looked for. What is only asked for goes back whole, since nobody knows
     * whether there is something of it.
     */
    public void change(Collection<Need> needs, String document, Instant now) {
        Map<String, BigDecimal> wanted = new HashMap<>();
        needs.forEach(each -> wanted.merge(key(each.lineId(), each.sku()), each.quantity(), BigDecimal::add));
        for (Reservation each : reservations.values()) {
            if (each.state == State.ASKED) {
                release(each, document);
            } else if (each.state == State.HELD) {
                releaseExcess(each, wanted, document);
            }
        }
        shortages.clear();
        excluded.clear();
        attempt = 0;
        dueAt = isReleasing() ? null : now;
    }

    private void releaseExcess(Reservation held, Map<String, BigDecimal> wanted, String document) {
        List<Allocation> kept = new ArrayList<>();
        List<Allocation> back = new ArrayList<>();
        for (Allocation each : held.allocations) {
            String key = key(each.lineId(), each.sku());
            BigDecimal keep = each.quantity().min(wanted.getOrDefault(key, BigDecimal.ZERO));
            wanted.merge(key, keep.negate(), BigDecimal::add);
            if (keep.signum() > 0) {
                kept.add(new Allocation(each.lineId(), each.sku(), each.location(), keep));
            }
            if (keep.compareTo(each.quantity()) < 0) {
                back.add(new Allocation(
                        each.lineId(),
                        each.sku(),
                        each.location(),
                        each.quantity().subtract(keep)));
            }
        }
        if (kept.isEmpty()) {
            release(held, document);
        } else if (!back.isEmpty()) {
            held.commandSequence++;
            held.allocations.clear();
            held.allocations.addAll(kept);
            commands.add(new Command.Release(held.reference, held.commandSequence, document, back));
        }
    }

    private void releaseAll(String document) {
        reservations.values().stream().filter(each -> each.state.isOpen()).forEach(each -> release(each, document));
    }

    private void release(Reservation reservation, String document) {
        reservation.commandSequence++;
        reservation.state = State.RELEASING;
        commands.add(new Command.Release(reservation.reference, reservation.commandSequence, document, List.of()));
    }

    /**
     * It is held.
     *
     * @param postsInPart whether it need not wait for what is short
     * @param again when what is short is looked for
     * @return what that is for the order; null as long as another answer is missing, or if it goes back
     */
    public @Nullable Happening held(String reference, boolean postsInPart, Instant now, Instant again) {
        Reservation reservation = known(reference);
        if (reservation.state != State.ASKED) {
            return null;
        }
        reservation.state = State.HELD;
        return answered(postsInPart, now, again);
    }

    /** Somebody was faster: these are missing. */
    public @Nullable Happening refused(String reference, Collection<Place> missing, boolean postsInPart, Instant now) {
        Reservation reservation = known(reference);
        boolean awaited = reservation.state == State.ASKED;
        if (awaited || reservation.state == State.RELEASING) {
            reservation.state = State.REFUSED;
        }
        if (!awaited) {
            givenBack(now);
            return null;
        }
        attempt++;
        excluded.addAll(missing);
        dueAt = WHEN_ALL_IS_ANSWERED;
        return answered(postsInPart, now, now);
    }

    private @Nullable Happening answered(boolean postsInPart, Instant now, Instant again) {
        if (isAsking()) {
            return null;
        }
        if (dueAt != null) {
            dueAt = now;
            return Happening.NOT_HELD;
        }
        attempt = 0;
        excluded.clear();
        if (shortages.isEmpty()) {
            return Happening.HELD;
        }
        dueAt = again;
        return postsInPart ? Happening.HELD : Happening.HELD_IN_PART;
    }

    /** It went back, or what of it was to go back. After a change the rest is looked for now. */
    public void released(String reference, Instant now) {
        Reservation reservation = known(reference);
        if (reservation.state == State.RELEASING) {
            reservation.state = State.RELEASED;
            givenBack(now);
        }
    }

    private void givenBack(Instant now) {
        if (!isReleasing() && !ended) {
            dueAt = now;
        }
    }

    /** Its time was over: places are looked for anew, unless it ended. @return null if it did not count any more */
    public @Nullable Happening expired(String reference, Instant now) {
        Reservation reservation = known(reference);
        boolean counted = reservation.state.isOpen();
        if (counted || reservation.state == State.RELEASING) {
            reservation.state = State.EXPIRED;
        }
        if (!counted) {
            givenBack(now);
            return null;
        }
        dueAt = now;
        return Happening.NOT_HELD;
    }

    /** Some or all of it has left. */
    public void consumed(String reference) {
        known(reference);
    }

    private Reservation known(String reference) {
        return Objects.requireNonNull(reservations.get(reference), "only reservations of this order");
    }
}
