package org.retailhub.platform.runtime.outside;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * How many calls may be repeated: a share of those that succeeded, and a few by the clock so that a quiet system is tried too. A system that
 * fails every other call opens no circuit; without this it would get twice the load just when it is sick. Safe for several threads.
 */
public final class RetryBudget {
    /**
     * @param perSuccess retries that a success earns
     * @param every one more is there after this time
     * @param most that are saved up
     */
    public record Terms(double perSuccess, Duration every, int most) {}

    private final Terms terms;
    private final Clock clock;
    private double left;
    private Instant at;

    public RetryBudget(Terms terms, Clock clock) {
        this.terms = terms;
        this.clock = clock;
        this.left = terms.most();
        this.at = clock.instant();
    }

    synchronized void earn() {
        refill();
        left = Math.min(terms.most(), left + terms.perSuccess());
    }

    /** Takes one for the retry that follows a failure. @return how long that retry has to wait; zero while there are some left */
    synchronized Duration spend() {
        refill();
        left = Math.max(-1, left - 1);
        return left >= 0
                ? Duration.ZERO
                : Duration.ofNanos((long) Math.ceil(-left * terms.every().toNanos()));
    }

    private void refill() {
        Instant now = clock.instant();
        double earned =
                (double) Duration.between(at, now).toNanos() / terms.every().toNanos();
        left = Math.min(terms.most(), left + Math.max(0, earned));
        at = now;
    }
}
