package org.retailhub.platform.runtime.rest;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Allowance;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * The calls that one gate has in hand for one partner and route.
 *
 * <p>The block it draws grows from 1 while blocks last less than a second, up to a fiftieth of the quota, and shrinks when one gets old unused:
 * a partner that calls seldom strands nothing, one that calls often seldom waits. One request draws ahead when half is used; the others
 * go on with the other half. After 5 s the terms are asked for again before anything more is let through; if they have changed, what is in
 * hand is dropped. So a changed quota holds within 5 s everywhere, and one that has not loses nothing.
 *
 * <p>If the directory does not answer, what is in hand is used up whatever its age; then the directory's failure is the answer.
 */
public final class QuotaHand {
    public static final long BLOCKS_PER_QUOTA = 50;
    public static final Duration OLDEST = Duration.ofSeconds(5);
    private static final long QUICK_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long RETRY_NANOS = Duration.ofMillis(500).toNanos();
    private static final long WAIT_MILLIS = 1_000;

    /**
     * @param remaining as far as this gate knows
     * @param retryAfter whole seconds, 0 if the call may pass
     */
    public record Verdict(boolean passes, String routeClass, Allowance terms, long remaining, long retryAfter) {
        public String policy() {
            return '"' + routeClass + "\";q=" + terms.quota() + ";w=" + windowSeconds();
        }

        /** With {@code t}: seconds until the whole quota is there again. */
        public String state() {
            long missing = Math.max(0, terms.quota() - remaining);
            long full = (missing * windowSeconds() + terms.quota() - 1) / Math.max(1, terms.quota());
            return '"' + routeClass + "\";r=" + remaining + ";t=" + Math.max(full, retryAfter);
        }

        private long windowSeconds() {
            return terms.window().toSeconds();
        }
    }

    private final String routeClass;
    private final LongFunction<Allowance> directory;
    private final LongSupplier nanoClock;
    private final AtomicLong inHand = new AtomicLong();
    private final ReentrantLock drawing = new ReentrantLock();
    private volatile @Nullable Allowance terms;
    private volatile long drawnAt;
    private volatile long drawAgainAt;
    private volatile boolean away;
    private long block = 1;

    QuotaHand(String routeClass, LongFunction<Allowance> directory, LongSupplier nanoClock) {
        this.routeClass = routeClass;
        this.directory = directory;
        this.nanoClock = nanoClock;
        this.drawAgainAt = nanoClock.getAsLong();
    }

    Verdict take() {
        long now = nanoClock.getAsLong();
        if (isUsable(now) && takeOne()) {
            drawAheadIfHalfIsUsed(now);
            return passes();
        }
        boolean mine = lock();
        // Its turn may have come late: by an old time the draw of another one would look like one to come.
        now = nanoClock.getAsLong();
        try {
            // Somebody else may have drawn while this one waited.
            if (isUsable(now) && takeOne()) {
                return passes();
            }
            if (!mine) {
                throw notKnown();
            }
            while (!mustWait(now)) {
                // The drawer's own one is kept back: the rest may be gone before this line is over.
                if (draw(now, 1) || takeOne()) {
                    return passes();
                }
            }
            if (away) {
                throw notKnown();
            }
            return refused(now);
        } finally {
            if (mine) {
                drawing.unlock();
            }
        }
    }

    private static RetailException notKnown() {
        return new RetailException(RuntimeError.DATABASE_DOWN, "the quota's state is not known at the moment");
    }

    /** What is old is not used, unless nobody can be asked for better. */
    private boolean isUsable(long now) {
        return terms != null && (now - drawnAt < OLDEST.toNanos() || away && mustWait(now));
    }

    private boolean mustWait(long now) {
        return now - drawAgainAt < 0 && (away || now - drawnAt < OLDEST.toNanos());
    }

    private boolean takeOne() {
        for (long left = inHand.get(); left > 0; left = inHand.get()) {
            if (inHand.compareAndSet(left, left - 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean lock() {
        try {
            return drawing.tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void drawAheadIfHalfIsUsed(long now) {
        if (inHand.get() * 2 < block && !mustWait(now) && drawing.tryLock()) {
            try {
                if (inHand.get() * 2 < block && !mustWait(now)) {
                    draw(now, 0);
                }
            } finally {
                drawing.unlock();
            }
        }
    }

    /**
     * With the lock. Fails only if there is nothing in hand.
     *
     * @param keep how many do not come into the hand, where they could be taken by others
     * @return whether so many are kept
     */
    private boolean draw(long now, int keep) {
        boolean old = terms == null || now - drawnAt >= OLDEST.toNanos();
        long most = terms == null ? 1 : Math.max(1, terms.quota() / BLOCKS_PER_QUOTA);
        if (old) {
            block = Math.max(1, block / 2);
        } else if (now - drawnAt < QUICK_NANOS) {
            block *= 2;
        }
        block = Math.min(block, most);
        // Each that waits its turn would draw again, and the last of them wait for all those draws.
        long wanted = Math.max(0, Math.min(Math.max(block, keep + drawing.getQueueLength()), most - inHand.get()));
        Allowance drawn;
        try {
            drawn = directory.apply(wanted);
        } catch (RuntimeException noAnswer) {
            away = true;
            drawAgainAt = now + RETRY_NANOS;
            if (inHand.get() > 0) {
                return false;
            }
            throw noAnswer;
        }
        boolean kept = drawn.granted() >= keep;
        long more = kept ? drawn.granted() - keep : drawn.granted();
        if (isChanged(drawn)) {
            inHand.set(more);
        } else {
            inHand.addAndGet(more);
        }
        terms = drawn;
        drawnAt = now;
        away = false;
        // The shared quota is used up: what comes back is fetched by the block, not by the call.
        drawAgainAt = drawn.granted() < wanted
                ? now + Math.max(drawn.untilNext().toNanos(), drawn.window().toNanos() / BLOCKS_PER_QUOTA)
                : now;
        return kept;
    }

    private boolean isChanged(Allowance drawn) {
        return terms != null
                && (terms.quota() != drawn.quota() || !terms.window().equals(drawn.window()));
    }

    private Allowance known() {
        return Objects.requireNonNull(terms, "nothing passes and nothing is refused before the first answer");
    }

    private Verdict passes() {
        Allowance known = known();
        return new Verdict(true, routeClass, known, Math.min(known.quota(), inHand.get() + known.left()), 0);
    }

    private Verdict refused(long now) {
        long wait = Math.max(1, drawAgainAt - now);
        return new Verdict(false, routeClass, known(), 0, (wait + 999_999_999) / 1_000_000_000);
    }
}
