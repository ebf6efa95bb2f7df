package org.retailhub.inventory.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.ReservationDocument;

/**
 * What is held for somebody, as it stands.
 *
 * @param granted of each line how much was held at first; of a bundle, how many
 * @param eventSequence number of the last message about it
 */
public record Reservation(
        String id,
        String tenant,
        ReservationDocument document,
        List<BigDecimal> granted,
        State state,
        Instant createdAt,
        Instant expiresAt,
        Instant stateSince,
        SortedMap<PositionKey, Hold> holds,
        long eventSequence) {

    /** Where it stands. */
    public enum State {
        /** Something is held still. */
        HELD,
        /** There was not enough; asking again tries again. */
        REFUSED,
        /** Nothing is held any more: given back by its owner. */
        RELEASED,
        /** Nothing is held any more: its time was over. */
        EXPIRED,
        /** Nothing is held any more: some or all of it has left. */
        CONSUMED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** Of one position: held still, given back, left. */
    public record Hold(BigDecimal held, BigDecimal released, BigDecimal consumed) {
        public static Hold of(BigDecimal held) {
            return new Hold(held, BigDecimal.ZERO, BigDecimal.ZERO);
        }

        public Hold release(BigDecimal quantity) {
            return new Hold(held.subtract(quantity), released.add(quantity), consumed);
        }

        public Hold consume(BigDecimal quantity) {
            return new Hold(held.subtract(quantity), released, consumed.add(quantity));
        }
    }

    public String reference() {
        return document.reference();
    }

    public @Nullable String channel() {
        return document.channel();
    }

    /** Whether all that was asked for was held. */
    public boolean isComplete() {
        for (int i = 0; i < granted.size(); i++) {
            if (granted.get(i).compareTo(document.lines().get(i).quantity()) < 0) {
                return false;
            }
        }
        return state != State.REFUSED;
    }

    /** After its holds became these, by a step of this kind. */
    public Reservation after(SortedMap<PositionKey, Hold> now, State ended, Instant at) {
        boolean held = now.values().stream().anyMatch(hold -> hold.held().signum() > 0);
        boolean left = now.values().stream().anyMatch(hold -> hold.consumed().signum() > 0);
        State next = held ? State.HELD : left ? State.CONSUMED : ended;
        return new Reservation(
                id,
                tenant,
                document,
                granted,
                next,
                createdAt,
                expiresAt,
                next == state ? stateSince : at,
                now,
                eventSequence + 1);
    }
}
