package org.retailhub.channel.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The newest that a channel is to show of a SKU at a place, and how far it is told. However many changes are heard, one value is wanted: the one
 * that inventory answers when it is sent. One value is in flight at a time; of one whose outcome nobody knows the channel is asked before
 * anything else is sent, so no older value can follow a newer one that was confirmed.
 *
 * @param wanted number of changes heard
 * @param asked how many of them the value that was sent last has in it
 * @param value that was sent last, whatever came of it
 * @param dueSince since when the channel lacks what is wanted; null if it has it
 * @param dueAt not to be sent, or asked for, before then
 * @param attempts since what is wanted was last confirmed
 * @param reason why it waits or failed, in words
 */
public record Publication(
        State state,
        long wanted,
        long asked,
        @Nullable BigDecimal value,
        @Nullable BigDecimal sentValue,
        @Nullable Instant sentAt,
        Instant heardAt,
        @Nullable Instant dueSince,
        Instant dueAt,
        int attempts,
        @Nullable String reason) {
    /** How far it is told. */
    public enum State {
        /** To be sent. */
        DUE,
        /** On its way. */
        SENDING,
        /** The channel shows it. */
        SENT,
        /** It may have been taken: the channel is asked before it is sent again. */
        UNKNOWN,
        /** The channel does not take it; the next change, or somebody, sends it again. */
        FAILED;

        /** As it is stored and shown. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** @throws IllegalArgumentException if there is no such state */
        public static State of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** Before it was ever sent. */
    public static Publication first(Instant now) {
        return new Publication(State.DUE, 1, 0, null, null, null, now, now, now, 0, null);
    }

    /** A change was heard, or somebody wants it sent again: what is on its way goes on, and the newest follows it. */
    public Publication heard(Instant now) {
        boolean rests = state == State.SENT || state == State.FAILED;
        return new Publication(
                rests ? State.DUE : state,
                wanted + 1,
                asked,
                value,
                sentValue,
                sentAt,
                now,
                dueSince == null ? now : dueSince,
                rests ? now : dueAt,
                rests ? 0 : attempts,
                rests ? null : reason);
    }

    /** Taken in hand: everything heard so far will be in what inventory answers from now on. */
    public Publication taken() {
        require(State.DUE);
        return with(State.SENDING, wanted, dueAt, attempts + 1, reason);
    }

    /** This value goes out next. */
    public Publication sending(BigDecimal next) {
        require(State.SENDING);
        return new Publication(
                state, wanted, asked, next, sentValue, sentAt, heardAt, dueSince, dueAt, attempts, reason);
    }

    /** The channel shows the value that was sent. */
    public Publication confirmed(Instant now) {
        require(State.SENDING, State.UNKNOWN);
        boolean newest = wanted == asked;
        return new Publication(
                newest ? State.SENT : State.DUE,
                wanted,
                asked,
                value,
                value,
                now,
                heardAt,
                newest ? null : heardAt,
                now,
                0,
                null);
    }

    /** The channel has surely not taken it. */
    public Publication notTaken(Instant dueAt) {
        require(State.SENDING, State.UNKNOWN);
        return with(State.DUE, asked, dueAt, attempts, reason);
    }

    /** @param askAt not before what is on its way has surely arrived, or never will */
    public Publication unclear(String why, Instant askAt) {
        require(State.SENDING);
        return with(State.UNKNOWN, asked, askAt, attempts, why);
    }

    /** The channel does not take it. A change that came meanwhile may be taken. */
    public Publication refused(String why, Instant now) {
        require(State.SENDING);
        return with(wanted == asked ? State.FAILED : State.DUE, asked, now, attempts, why);
    }

    private Publication with(State next, long inIt, Instant at, int tries, @Nullable String why) {
        return new Publication(next, wanted, inIt, value, sentValue, sentAt, heardAt, dueSince, at, tries, why);
    }

    private void require(State... allowed) {
        for (State each : allowed) {
            if (each == state) {
                return;
            }
        }
        throw new IllegalStateException("it is " + Objects.requireNonNull(state));
    }
}
