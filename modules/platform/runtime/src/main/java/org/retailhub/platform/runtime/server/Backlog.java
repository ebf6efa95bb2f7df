package org.retailhub.platform.runtime.server;

import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.TryLater;

/**
 * Refuses, lane by lane, what would make the hub's queues longer while too much waits in them. A lane that is shut opens again when a tenth
 * below its limit, so that it does not flap. The queues are counted once a second at most, and less often while they are far from each
 * limit: what doors take in from one count to the next does not bridge the distance.
 */
final class Backlog {
    /** System property; read at each look, so that an operator or a test can change it on a running server. */
    static final String LIMIT_PROPERTY = "retailhub.backlog.limit";

    static final Duration SHORTEST = Duration.ofSeconds(2);
    static final Duration LONGEST = Duration.ofSeconds(60);
    private static final Logger LOG = Logger.getLogger(Backlog.class);
    private static final long LIMIT = 1_000_000;
    private static final long SECOND = 1_000_000_000L;
    private static final long MOST_SECONDS = 10;
    /** More messages a second than all doors of a server have ever taken in. */
    private static final long FASTEST = 20_000;
    /** Of a second ago against now, in the mean of the change. */
    private static final double WEIGHT = 0.2;

    /** @param perSecond by how much it shrinks; negative while it grows */
    private record Look(long waiting, long limit, long at, double perSecond, Set<Lane> shut) {}

    private final LongSupplier depth;
    private final LongSupplier nanoClock;
    private final AtomicLong dueAt;
    private volatile long limitSeen = LIMIT;
    private volatile Look last;

    /** @param depth messages that wait, over all queues; negative if that cannot be told */
    Backlog(LongSupplier depth, LongSupplier nanoClock) {
        this.depth = depth;
        this.nanoClock = nanoClock;
        this.dueAt = new AtomicLong(nanoClock.getAsLong());
        this.last = new Look(0, LIMIT, nanoClock.getAsLong(), 0, EnumSet.noneOf(Lane.class));
    }

    static Backlog ofThisServer(ConnectionFactory factory) {
        LongSupplier depth = ExternalBroker.ofThisServer(factory)
                .<LongSupplier>map(broker -> () -> broker.messagesWaiting().orElse(-1))
                .orElseGet(QueuedMessages::new);
        return new Backlog(depth, System::nanoTime);
    }

    /** @throws TryLater {@link RuntimeError#SHED} */
    void admit(Lane lane) {
        Look look = look();
        if (look.shut().contains(lane)) {
            throw new TryLater(
                    RuntimeError.SHED,
                    look.waiting() + " messages wait; the lane " + lane.wire() + " is shut above "
                            + Lanes.share(lane, look.limit()),
                    untilOpen(lane, look));
        }
    }

    private Look look() {
        long now = nanoClock.getAsLong();
        long due = dueAt.get();
        long limit = Long.getLong(LIMIT_PROPERTY, LIMIT);
        if ((now - due >= 0 || limit != limitSeen) && dueAt.compareAndSet(due, now + SECOND)) {
            limitSeen = limit;
            Look before = last;
            long waiting = depth.getAsLong();
            // A broker that does not say is no reason to shut the door: sending to it fails by itself.
            if (waiting >= 0) {
                Look next = next(before, waiting, limit, now);
                last = next;
                dueAt.set(now + SECOND * between(1, distance(next) / FASTEST, MOST_SECONDS));
            }
        }
        return last;
    }

    /** How many messages more or fewer open or shut the next lane. */
    private static long distance(Look look) {
        long least = Long.MAX_VALUE;
        for (Lane lane : Lane.values()) {
            long most = Lanes.share(lane, look.limit());
            least = Math.min(
                    least, look.shut().contains(lane) ? look.waiting() - (most - most / 10) : most - look.waiting());
        }
        return least;
    }

    private static long between(long least, long value, long most) {
        return Math.max(least, Math.min(most, value));
    }

    private static Look next(Look before, long waiting, long limit, long now) {
        double seconds = Math.max(1e-3, (now - before.at()) / 1e9);
        double change = (before.waiting() - waiting) / seconds;
        Set<Lane> shut = EnumSet.noneOf(Lane.class);
        for (Lane lane : Lane.values()) {
            long most = Lanes.share(lane, limit);
            if (waiting > most || before.shut().contains(lane) && waiting > most - most / 10) {
                shut.add(lane);
            }
            tell(lane, before.shut().contains(lane), shut.contains(lane), waiting);
        }
        return new Look(waiting, limit, now, (1 - WEIGHT) * before.perSecond() + WEIGHT * change, shut);
    }

    private static void tell(Lane lane, boolean was, boolean is, long waiting) {
        if (was != is) {
            LOG.warnf(
                    "%s the lane %s %s: %d messages wait",
                    RuntimeError.SHED.code(), lane.wire(), is ? "is shut" : "is open again", waiting);
        }
    }

    /** By the pace at which it shrinks; if it does not, the longest. */
    private static Duration untilOpen(Lane lane, Look look) {
        long most = Lanes.share(lane, look.limit());
        double excess = look.waiting() - (most - most / 10.0);
        if (look.perSecond() <= 0) {
            return LONGEST;
        }
        Duration wait = Duration.ofMillis((long) Math.min(LONGEST.toMillis(), 1_000 * excess / look.perSecond()));
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait;
    }
}
