package org.retailhub.platform.runtime.outside;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Keeps us from a system that does not answer: opens after some failures in a row, then asks by a cheap probe, less and less often, and
 * closes when one succeeds. A system without a probe gets one of the calls as a trial. While it is closed, calls after a failure wait
 * for the {@link RetryBudget}. Safe for use by several threads; one of them probes.
 */
public final class CircuitBreaker {
    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    /** A trial whose caller never came back is forgotten. */
    private static final Duration TRIAL = Duration.ofSeconds(90);

    /**
     * @param since when it opened; null while closed
     * @param reason of the last failure; null while closed
     */
    public record State(
            boolean open,
            @Nullable Instant since,
            @Nullable String reason,
            @Nullable Instant nextProbeAt) {}

    private final @Nullable Runnable probe;
    private final RetryBudget budget;
    private final Clock clock;
    private int failures;
    private @Nullable Instant openSince;
    private @Nullable String reason;
    private @Nullable Instant nextProbeAt;
    private Duration pause = FIRST_PAUSE;
    private @Nullable Instant probingUntil;
    private @Nullable Instant retryAt;

    /** @param probe throws while the system does not answer; what else it throws also keeps the circuit open */
    public CircuitBreaker(@Nullable Runnable probe, RetryBudget.Terms retries, Clock clock) {
        this.probe = probe;
        this.budget = new RetryBudget(retries, clock);
        this.clock = clock;
    }

    /** For a system that has no cheap question: while the circuit is open, a call is let through now and then. */
    public static CircuitBreaker byTrial(RetryBudget.Terms retries, Clock clock) {
        return new CircuitBreaker(null, retries, clock);
    }

    public synchronized State state() {
        return new State(openSince != null, openSince, reason, nextProbeAt);
    }

    public synchronized boolean isClosed() {
        return openSince == null;
    }

    /** Whether to call, for who leaves probing to others: closed, and no retry has to wait. */
    public synchronized boolean isPassable() {
        return openSince == null && (retryAt == null || !clock.instant().isBefore(retryAt));
    }

    /** Whether to call; probes if it is time to. Whoever may says afterwards {@link #succeeded} or {@link #failed}. */
    public boolean mayPass() {
        synchronized (this) {
            Instant now = clock.instant();
            if (openSince == null) {
                return retryAt == null || !now.isBefore(retryAt);
            }
            if (nextProbeAt != null && now.isBefore(nextProbeAt)
                    || probingUntil != null && now.isBefore(probingUntil)) {
                return false;
            }
            probingUntil = now.plus(TRIAL);
            if (probe == null) {
                return true;
            }
        }
        try {
            probe.run();
            succeeded();
            return true;
        } catch (RuntimeException e) {
            open(e);
            return false;
        } finally {
            synchronized (this) {
                probingUntil = null;
            }
        }
    }

    /** When a call may be made again that may not now; the past if it may. */
    public synchronized Instant mayPassAt() {
        Instant at = openSince == null ? retryAt : nextProbeAt;
        return at == null ? Instant.MIN : at;
    }

    /** The system answered. */
    public synchronized void succeeded() {
        budget.earn();
        failures = 0;
        retryAt = null;
        probingUntil = null;
        openSince = null;
        reason = null;
        nextProbeAt = null;
        pause = FIRST_PAUSE;
    }

    /** The system did not answer. */
    public void failed(Exception failure) {
        synchronized (this) {
            failures++;
            Duration wait = budget.spend();
            if (failures < FAILURES_TO_OPEN && openSince == null) {
                retryAt = wait.isZero() ? null : clock.instant().plus(wait);
                return;
            }
        }
        open(failure);
    }

    /** A failure that may have been the system's: it is asked. */
    public void suspect() {
        if (probe != null && isClosed()) {
            try {
                probe.run();
            } catch (RuntimeException e) {
                open(e);
            }
        }
    }

    /** At once, whatever the number of failures. */
    public synchronized void open(Exception failure) {
        Instant now = clock.instant();
        probingUntil = null;
        retryAt = null;
        if (openSince == null) {
            openSince = now;
            pause = FIRST_PAUSE;
        } else {
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
        reason = failure.getMessage();
        long millis = pause.toMillis();
        nextProbeAt = now.plusMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis / 2 + 1));
    }
}
