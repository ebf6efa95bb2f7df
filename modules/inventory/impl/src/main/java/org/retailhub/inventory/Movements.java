package org.retailhub.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.MovementDocument;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.FeedLine;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Takes movements in, whichever door they came by: each once by its feed's own name, into the ledger and the position, and into the feed's
 * account of what came, came twice, came late or has not come. Joins the caller's transaction.
 */
public final class Movements {
    private static final Duration LATE = Duration.ofDays(1);

    private final Ledger ledger;
    private final Feeds feeds;
    private final Stock stock;

    Movements(Database database, Stock stock) {
        this.ledger = new Ledger(database);
        this.feeds = new Feeds(database);
        this.stock = stock;
    }

    /** A checked movement that somebody tells. */
    public record Telling(String tenant, MovementDocument movement, String traceparent) {
        /** By which it is told once; no part can contain the separator. */
        public String naturalKey() {
            return tenant + '\n' + movement.feed() + '\n' + movement.sourceKey();
        }

        public PositionKey position() {
            return new PositionKey(tenant, movement.sku(), movement.location());
        }

        private Feeds.Name feedName() {
            return new Feeds.Name(tenant, movement.feed());
        }

        private Ledger.SourceKey source() {
            return new Ledger.SourceKey(tenant, movement.feed(), movement.sourceKey());
        }
    }

    /** What became of it. */
    public sealed interface Recorded {
        /** It is in the ledger; {@code replayed} if it was before. */
        record Written(LedgerRow row, boolean replayed) implements Recorded {}

        /** Another content is in the ledger under its name. */
        record Differs(LedgerRow row, List<String> fields) implements Recorded {}

        /** The position is counted in another unit. */
        record OtherUnit(String unit) implements Recorded {}

        default <T> T fold(
                Function<Written, T> written, Function<Differs, T> differs, Function<OtherUnit, T> otherUnit) {
            if (this instanceof Written one) {
                return written.apply(one);
            }
            return this instanceof Differs other ? differs.apply(other) : otherUnit.apply((OtherUnit) this);
        }
    }

    /** What is known of a batch: its feeds, locked, and the movements that are in the ledger already. */
    public record Facts(Map<Feeds.Name, FeedLine> lines, Map<Ledger.SourceKey, LedgerRow> known) {
        /** The positions that new ones of the batch go to, as far as their feeds are free. */
        public List<PositionKey> positions(List<Telling> batch) {
            return batch.stream()
                    .filter(telling -> lines.containsKey(telling.feedName()) && !known.containsKey(telling.source()))
                    .map(Telling::position)
                    .toList();
        }
    }

    /** Locks the feeds; before any position. @param waits as {@link Stock#begin} says */
    public Facts load(List<Telling> batch, boolean waits) {
        if (batch.isEmpty()) {
            return new Facts(Map.of(), Map.of());
        }
        SortedSet<Feeds.Name> names = new TreeSet<>();
        Map<Feeds.Name, List<Long>> numbers = new HashMap<>();
        for (Telling telling : batch) {
            names.add(telling.feedName());
            Long sequence = telling.movement().sequence();
            if (sequence != null) {
                numbers.computeIfAbsent(telling.feedName(), name -> new ArrayList<>())
                        .add(sequence);
            }
        }
        Map<Feeds.Name, FeedLine> lines = feeds.lock(names, numbers, waits);
        return new Facts(
                new HashMap<>(lines),
                new HashMap<>(ledger.known(batch.stream().map(Telling::source).toList())));
    }

    /**
     * Applies it to what is in hand.
     *
     * @return null if its feed or its position is in somebody's hand whose outcome is open
     */
    public @Nullable Recorded decide(Telling telling, Facts facts, Stock.Hand hand) {
        FeedLine line = facts.lines().get(telling.feedName());
        if (line == null) {
            return null;
        }
        LedgerRow known = facts.known().get(telling.source());
        if (known != null) {
            return again(telling, known, line);
        }
        Position position = hand.at(telling.position());
        if (position == null) {
            return null;
        }
        MovementDocument movement = telling.movement();
        if (!position.counts(movement.unit())) {
            return new Recorded.OtherUnit(position.unit());
        }
        LedgerRow row = hand.record(position, Entry.of(movement, telling.traceparent()));
        facts.known().put(telling.source(), row);
        Instant lateBefore = hand.now().minus(LATE);
        line.take(
                movement.sequence(),
                movement.occurredAt(),
                movement.occurredAt().isBefore(lateBefore));
        return new Recorded.Written(row, false);
    }

    private static Recorded again(Telling telling, LedgerRow known, FeedLine line) {
        List<String> fields = Ledger.told(known).differences(telling.movement());
        if (fields.isEmpty()) {
            line.duplicate();
            return new Recorded.Written(known, true);
        }
        line.conflict();
        return new Recorded.Differs(known, fields);
    }

    /** The feeds' part; the positions' is {@link Stock#write}. */
    public void write(Facts facts) {
        feeds.write(facts.lines().values(), stock.now());
    }
}
