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
    /** When something is missing and other answers are still to come: due as soon as the last of them is there. */
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

    /** Goods of a line from a place. @param consumed what of the quantity has left */
    public record Allocation(String lineId, String sku, String location, BigDecimal quantity, BigDecimal consumed) {
        public Allocation(String lineId, String sku, String location, BigDecimal quantity) {
            this(lineId, sku, location, quantity, BigDecimal.ZERO);
        }

        private BigDecimal held() {
            return quantity.subtract(consumed);
        }

        private Allocation of(BigDecimal newQuantity, BigDecimal newConsumed) {
            return new Allocation(lineId, sku, location, newQuantity, newConsumed);
        }
    }

    /** Goods of a line that leave. @param open what of the line may still be to come afterwards */
    public record Leaving(String lineId, String sku, BigDecimal quantity, BigDecimal open) {}

    /** What of a line need not be held any more, though it was not held: it left, or will not come. @param quantity null for all of it */
    public record Settled(
            String lineId, String sku, @Nullable BigDecimal quantity) {}

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

        /** This has left. @param document what it left with, once per reservation */
        record Consume(String reference, long sequence, String document, List<Allocation> items) implements Command {}
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
    private final Map<String, Settled> settled = new HashMap<>();
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
            Collection<Reservation> reservations,
            Collection<Shortage> shortages,
            Collection<Place> excluded,
            Collection<Settled> settled) {
        settled.forEach(each -> this.settled.put(key(each.lineId(), each.sku()), each));
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
            BigDecimal rest = need.quantity()
                    .subtract(settledOf(need))
                    .subtract(allotted.getOrDefault(key(need.lineId(), need.sku()), BigDecimal.ZERO));
            if (rest.signum() > 0) {
                open.add(new Need(need.lineId(), need.sku(), rest));
            }
        }
        return open;
    }

    private BigDecimal settledOf(Need need) {
        Settled those = settled.get(key(need.lineId(), need.sku()));
        if (those == null) {
            return BigDecimal.ZERO;
        }
        BigDecimal quantity = those.quantity();
        return quantity == null ? need.quantity() : quantity;
    }

    private static String key(String lineId, String sku) {
        return lineId + '\n' + sku;
    }

    /** Whether an answer of inventory is awaited. */
    public boolean isAsking() {
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
        needs.forEach(each -> wanted.merge(
                key(each.lineId(), each.sku()), each.quantity().subtract(settledOf(each)), BigDecimal::add));
        reservations.values().stream()
                .filter(each -> each.state == State.CONSUMED)
                .flatMap(each -> each.allocations.stream())
                .forEach(each -> wanted.merge(
                        key(each.lineId(), each.sku()), each.quantity().negate(), BigDecimal::add));
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
        lookAgain(now);
    }

    private void releaseExcess(Reservation held, Map<String, BigDecimal> wanted, String document) {
        List<Allocation> back = new ArrayList<>();
        for (int i = 0; i < held.allocations.size(); i++) {
            Allocation each = held.allocations.get(i);
            String key = key(each.lineId(), each.sku());
            BigDecimal keep = each.quantity()
                    .min(wanted.getOrDefault(key, BigDecimal.ZERO))
                    .max(each.consumed());
            wanted.merge(key, keep.negate(), BigDecimal::add);
            if (keep.compareTo(each.quantity()) < 0) {
                back.add(each.of(each.quantity().subtract(keep), BigDecimal.ZERO));
                held.allocations.set(i, each.of(keep, each.consumed()));
            }
        }
        giveBack(held, back, document);
    }

    /** These are off its allocations already. */
    private void giveBack(Reservation held, List<Allocation> back, String document) {
        if (back.isEmpty()) {
            return;
        }
        if (held.allocations.stream().allMatch(each -> each.held().signum() == 0)) {
            // All that is held: said so, since it is the same however often it is said.
            release(held, document, back);
            return;
        }
        held.allocations.removeIf(each -> each.quantity().signum() == 0);
        held.commandSequence++;
        commands.add(new Command.Release(held.reference, held.commandSequence, document, back));
    }

    private void releaseAll(String document) {
        reservations.values().stream().filter(each -> each.state.isOpen()).forEach(each -> release(each, document));
    }

    private void release(Reservation reservation, String document) {
        release(reservation, document, List.of());
    }

    /** @param off what is off its allocations already: it stays on record where nothing of it has left */
    private void release(Reservation reservation, String document, List<Allocation> off) {
        reservation.commandSequence++;
        if (!settleConsumed(reservation)) {
            reservation.state = State.RELEASING;
            off.forEach(each -> reservation.allocations.replaceAll(kept -> isSamePlace(kept, each) ? each : kept));
        }
        commands.add(new Command.Release(reservation.reference, reservation.commandSequence, document, List.of()));
    }

    private static boolean isSamePlace(Allocation one, Allocation other) {
        return one.lineId().equals(other.lineId()) && one.location().equals(other.location());
    }

    /** Nothing of it is held any more. @return whether something of it has left, which counts for ever */
    private static boolean settleConsumed(Reservation reservation) {
        boolean left = reservation.allocations.stream()
                .anyMatch(each -> each.consumed().signum() > 0);
        if (left) {
            reservation.state = State.CONSUMED;
            reservation.allocations.replaceAll(each -> each.of(each.consumed(), each.consumed()));
            reservation.allocations.removeIf(each -> each.quantity().signum() == 0);
        }
        return left;
    }

    /**
     * Goods leave a place. What is held there of their lines is consumed; what is held elsewhere beyond what may still be to come goes back; what is
     * only asked for of these lines goes back whole, since nobody knows whether there is something of it.
     *
     * @param document what they leave with
     * @return by line, what was not held there
     */
    public Map<String, BigDecimal> ship(String location, String document, Collection<Leaving> goods, Instant now) {
        Map<String, BigDecimal> unheld = new LinkedHashMap<>();
        goods.forEach(each -> unheld.merge(each.lineId(), each.quantity(), BigDecimal::add));
        for (Reservation each : reservations.values()) {
            if (each.state == State.HELD) {
                consume(each, location, document, unheld);
            }
        }
        unheld.values().removeIf(rest -> rest.signum() == 0);
        for (Leaving each : goods) {
            settle(each, unheld.getOrDefault(each.lineId(), BigDecimal.ZERO));
        }
        giveBackBeyond(location, document, goods);
        if (!ended) {
            lackLess(goods);
            lookAgain(now);
        }
        return unheld;
    }

    private void settle(Leaving leaving, BigDecimal unheld) {
        String key = key(leaving.lineId(), leaving.sku());
        Settled before = settled.get(key);
        BigDecimal already = before == null ? BigDecimal.ZERO : before.quantity();
        if (already != null) {
            settled.put(key, new Settled(leaving.lineId(), leaving.sku(), already.add(unheld)));
        }
        if (leaving.open().signum() == 0) {
            settled.put(key, new Settled(leaving.lineId(), leaving.sku(), null));
        }
    }

    private void consume(Reservation held, String location, String document, Map<String, BigDecimal> rests) {
        List<Allocation> left = new ArrayList<>();
        for (int i = 0; i < held.allocations.size(); i++) {
            Allocation each = held.allocations.get(i);
            BigDecimal takes =
                    rests.getOrDefault(each.lineId(), BigDecimal.ZERO).min(each.held());
            if (each.location().equals(location) && takes.signum() > 0) {
                rests.merge(each.lineId(), takes.negate(), BigDecimal::add);
                held.allocations.set(i, each.of(each.quantity(), each.consumed().add(takes)));
                left.add(each.of(takes, BigDecimal.ZERO));
            }
        }
        if (!left.isEmpty()) {
            held.commandSequence++;
            commands.add(new Command.Consume(held.reference, held.commandSequence, document, left));
            if (held.allocations.stream().allMatch(each -> each.held().signum() == 0)) {
                held.state = State.CONSUMED;
            }
        }
    }

    private void giveBackBeyond(String location, String document, Collection<Leaving> goods) {
        Map<String, BigDecimal> beyond = new HashMap<>();
        for (Leaving each : goods) {
            beyond.put(each.lineId(), heldOf(each.lineId()).subtract(each.open()));
        }
        for (Reservation each : List.copyOf(reservations.values())) {
            if (each.state == State.ASKED
                    && each.allocations.stream().anyMatch(one -> beyond.containsKey(one.lineId()))) {
                release(each, document);
            }
        }
        // Elsewhere first: what is held where goods have just left will rather leave next.
        Map<Reservation, List<Allocation>> back = new LinkedHashMap<>();
        for (boolean elsewhere : new boolean[] {true, false}) {
            for (Reservation each : reservations.values()) {
                if (each.state == State.HELD) {
                    takeOff(each, beyond, location, elsewhere)
                            .forEach(one -> back.computeIfAbsent(each, key -> new ArrayList<>())
                                    .add(one));
                }
            }
        }
        back.forEach((reservation, items) -> giveBack(reservation, items, document));
    }

    private static List<Allocation> takeOff(
            Reservation held, Map<String, BigDecimal> beyond, String location, boolean elsewhere) {
        List<Allocation> off = new ArrayList<>();
        for (int i = 0; i < held.allocations.size(); i++) {
            Allocation each = held.allocations.get(i);
            BigDecimal takes =
                    beyond.getOrDefault(each.lineId(), BigDecimal.ZERO).min(each.held());
            if (each.location().equals(location) != elsewhere && takes.signum() > 0) {
                beyond.merge(each.lineId(), takes.negate(), BigDecimal::add);
                held.allocations.set(i, each.of(each.quantity().subtract(takes), each.consumed()));
                off.add(each.of(takes, BigDecimal.ZERO));
            }
        }
        return off;
    }

    private BigDecimal heldOf(String lineId) {
        return reservations.values().stream()
                .filter(each -> each.state == State.HELD)
                .flatMap(each -> each.allocations.stream())
                .filter(each -> each.lineId().equals(lineId))
                .map(Allocation::held)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private void lackLess(Collection<Leaving> goods) {
        for (Leaving each : goods) {
            Shortage shortage = shortages.get(each.lineId());
            if (shortage != null) {
                BigDecimal lacks = each.open().subtract(heldOf(each.lineId())).min(shortage.quantity());
                if (lacks.signum() > 0) {
                    shortages.put(each.lineId(), new Shortage(each.lineId(), each.sku(), lacks));
                } else {
                    shortages.remove(each.lineId());
                }
            }
        }
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
            lookAgain(now);
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
            lookAgain(now);
        }
    }

    /** Not before all is answered and what goes back is back: else what is there would be missed, or counted twice. */
    private void lookAgain(Instant now) {
        if (isAsking()) {
            dueAt = WHEN_ALL_IS_ANSWERED;
        } else {
            dueAt = isReleasing() ? null : now;
        }
    }

    /** Its time was over: places are looked for anew, unless it ended. @return null if it did not count any more */
    public @Nullable Happening expired(String reference, Instant now) {
        Reservation reservation = known(reference);
        boolean counted = reservation.state.isOpen();
        if ((counted || reservation.state == State.RELEASING) && !settleConsumed(reservation)) {
            reservation.state = State.EXPIRED;
        }
        if (!counted) {
            givenBack(now);
            return null;
        }
        lookAgain(now);
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
