package org.retailhub.channel.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;

/** What is left of a channel's limit of calls: a bucket that fills up evenly. Taken before a call is made, so that a crash takes none back. */
public record CallBudget(BigDecimal left, Instant at) {
    private static final BigDecimal MILLIS = BigDecimal.valueOf(1000);

    /** As it stands at this time; a clock that went back fills nothing. */
    public CallBudget refilled(StockTelling.Terms terms, Instant now) {
        if (now.isBefore(at)) {
            return this;
        }
        // Whole milliseconds only: the rest counts next time.
        Duration passed = Duration.ofMillis(Math.min(
                Duration.between(at, now).toMillis(), Duration.ofDays(1).toMillis()));
        BigDecimal more = BigDecimal.valueOf(passed.toMillis())
                .multiply(BigDecimal.valueOf(terms.perSecond()))
                .divide(MILLIS, 3, RoundingMode.DOWN);
        BigDecimal full = BigDecimal.valueOf(terms.burst());
        BigDecimal filled = left.add(more);
        return filled.compareTo(full) >= 0 ? new CallBudget(full, now) : new CallBudget(filled, at.plus(passed));
    }

    /** Whole calls that may be made now. */
    public int calls() {
        return Math.max(0, left.setScale(0, RoundingMode.FLOOR).intValue());
    }

    public CallBudget less(int calls) {
        return new CallBudget(left.subtract(BigDecimal.valueOf(calls)), at);
    }

    /** The channel says that it takes no more than so many. */
    public CallBudget atMost(int calls) {
        BigDecimal most = BigDecimal.valueOf(Math.max(0, calls));
        return left.compareTo(most) <= 0 ? this : new CallBudget(most, at);
    }

    /** How long until one call more may be made. */
    public Duration untilNext(StockTelling.Terms terms) {
        BigDecimal missing = BigDecimal.ONE.subtract(left);
        return missing.signum() <= 0
                ? Duration.ZERO
                : Duration.ofMillis(missing.multiply(MILLIS)
                        .divide(BigDecimal.valueOf(terms.perSecond()), 0, RoundingMode.CEILING)
                        .longValueExact());
    }
}
