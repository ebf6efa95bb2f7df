package org.retailhub.inventory;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Positions and their ledger in one hand for a transaction: rows are locked in one order, entries applied in memory in the order of their
 * arrival, and written once, with a message per position that changed.
 */
public final class Stock {
    private final MovementEvents movementEvents;
    private final Database database;
    private final Positions positions;
    private final Ledger ledger;
    private final StockEvents events;
    private final Signals signals;
    private final MessageSender sender;
    private final Clock clock;

    Stock(Database database, MessageSender sender, Ulid ids, Clock clock) {
        this.movementEvents = new MovementEvents(database, ids);
        this.database = database;
        this.positions = new Positions(database);
        this.ledger = new Ledger(database);
        this.events = new StockEvents(ids);
        this.signals = new Signals(new ExpectedReceipts(database, clock), ids);
        this.sender = sender;
        this.clock = clock;
    }

    /** Positions that a transaction has locked, and what it does to them. */
    public final class Hand {
        private final Map<PositionKey, Position> locked;
        private final SortedSet<PositionKey> wanted;
        private final boolean complete;
        private final List<LedgerRow> rows = new ArrayList<>();
        private final Instant now;

        private Hand(SortedSet<PositionKey> wanted, Map<PositionKey, Position> locked, boolean complete, Instant now) {
            this.wanted = wanted;
            this.locked = locked;
            this.complete = complete;
            this.now = now;
        }

        /** Null if there is none; ask {@link #isInDoubt} first. */
        @Nullable
        public Position at(PositionKey key) {
            return locked.get(key);
        }

        /** Whether somebody may have one of them in hand whose outcome is open. */
        public boolean isInDoubt(Collection<PositionKey> keys) {
            return !complete && keys.stream().anyMatch(key -> wanted.contains(key) && !locked.containsKey(key));
        }

        /** In the ledger, and in what {@link #at} answers from then on. */
        public LedgerRow record(Position position, Entry entry) {
            LedgerRow row = position.record(entry, now);
            rows.add(row);
            return row;
        }

        /** The time of what is recorded. */
        public Instant now() {
            return now;
        }
    }

    /**
     * First of all in a transaction. While a branch is left prepared by a crash, nobody waits for the rows it holds: what needs them is done
     * later, what does not goes on.
     *
     * @return whether to wait for rows that others have in hand
     */
    public boolean begin() {
        return database.queryOne("""
                        select set_config('lock_timeout', '5000', true), exists (select from pg_prepared_xacts
                          where owner = current_user and prepared < clock_timestamp() - interval '1 second')""", row -> !row.getBoolean(2)).orElseThrow();
    }

    /**
     * @param moved those that something comes to or leaves: made if they are not there
     * @param held those that something may be held of: left out if they are not there
     * @param waits as {@link #begin} says
     */
    public Hand take(Collection<PositionKey> moved, Collection<PositionKey> held, boolean waits) {
        SortedSet<PositionKey> sorted = new TreeSet<>(moved);
        positions.create(sorted);
        sorted.addAll(held);
        return new Hand(sorted, positions.lock(sorted, waits), waits, now());
    }

    /** Of those that fall to their reorder points otherwise than by what {@link #write} does. */
    Signals signals() {
        return signals;
    }

    /** To the microsecond, as the database keeps it. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /**
     * All that the hand did, and its messages.
     *
     * @param further messages of the same transaction, whose rows are written
     */
    public void write(Hand hand, List<OutboundMessage> further, String causedBy, String traceparent) {
        List<Position> changed = hand.locked.values().stream()
                .filter(Position::isChanged)
                .sorted(Comparator.comparing(Position::key))
                .toList();
        List<OutboundMessage> fallen = signals.of(changed, hand.now, causedBy, traceparent);
        ledger.append(hand.rows);
        positions.write(changed);
        List<OutboundMessage> messages = new ArrayList<>(movementEvents.of(hand.rows, causedBy));
        messages.addAll(further);
        messages.addAll(events.changed(changed, causedBy, traceparent));
        messages.addAll(fallen);
        sender.send(messages);
    }
}
