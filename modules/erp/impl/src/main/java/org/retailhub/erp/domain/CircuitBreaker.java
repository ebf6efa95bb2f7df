package org.retailhub.erp.domain;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps us from an ERP that does not answer: opens after some failures in a row, then asks by a cheap probe, less and less often,
 * and closes when one succeeds. Safe for use by several threads; one of them probes.
 */
public final class CircuitBreaker {
    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /**
     * @param since when it opened; null while closed
     * @param reason of the last failure; null while closed
     */
    public record State(boolean open, Instant since, String reason, Instant nextProbeAt) {}

    private final Runnable probe;
    private final Clock clock;
    private int failures;
    private Instant openSince;
    private String reason;
    private Instant nextProbeAt;
    private Duration pause = FIRST_PAUSE;
    private boolean probing;

    /** @param probe throws while the ERP does not answer; what else it throws also keeps the circuit open */
    public CircuitBreaker(Runnable probe, Clock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    public synchronized State state() {
        return new State(openSince != null, openSince, reason, nextProbeAt);
    }

    public synchronized boolean isClosed() {
        return openSince == null;
    }

    /** Whether to go on; probes if it is time to. */
    public boolean mayPass() {
        synchronized (this) {
            if (openSince == null) {
                return true;
            }
            if (probing || clock.instant().isBefore(nextProbeAt)) {
                return false;
            }
            probing = true;
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
                probing = false;
            }
        }
    }

    /** The ERP answered. */
    public synchronized void succeeded() {
        failures = 0;
        openSince = null;
        reason = null;
        nextProbeAt = null;
        pause = FIRST_PAUSE;
    }

    /** The ERP did not answer. */
    public void failed(RuntimeException failure) {
        synchronized (this) {
            failures++;
            if (failures < FAILURES_TO_OPEN && openSince == null) {
                return;
            }
        }
        open(failure);
    }

    /** A failure that may have been the ERP's: it is asked. */
    public void suspect() {
        if (isClosed()) {
            try {
                probe.run();
            } catch (RuntimeException e) {
                open(e);
            }
        }
    }

    /** At once, whatever the number of failures. */
    public synchronized void open(RuntimeException failure) {
        Instant now = clock.instant();
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
