package org.retailhub.channel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallBudgetTest {
    private static final Instant NOW = Instant.parse("2026-11-28T21:00:00Z");
    private static final StockTelling.Terms TERMS = new StockTelling.Terms(36, 2);

    private static CallBudget full() {
        return new CallBudget(BigDecimal.ZERO, Instant.EPOCH).refilled(TERMS, NOW);
    }

    @Test
    void fillsEvenlyUpToItsBrim() {
        assertEquals(36, full().calls());
        CallBudget empty = full().less(36);
        assertEquals(0, empty.calls());
        assertEquals(Duration.ofMillis(500), empty.untilNext(TERMS));
        assertEquals(0, empty.refilled(TERMS, NOW.plusMillis(499)).calls());
        assertEquals(1, empty.refilled(TERMS, NOW.plusMillis(500)).calls());
        assertEquals(20, empty.refilled(TERMS, NOW.plusSeconds(10)).calls());
        assertEquals(36, empty.refilled(TERMS, NOW.plusSeconds(1_000)).calls());
        assertEquals(Duration.ZERO, full().untilNext(TERMS));
    }

    @Test
    void aClockThatWentBackFillsNothing() {
        CallBudget empty = full().less(36);
        assertEquals(empty, empty.refilled(TERMS, NOW.minusSeconds(60)));
    }

    @Test
    void whatTheChannelSaysCountsIfItIsLess() {
        assertEquals(3, full().atMost(3).calls());
        assertEquals(36, full().atMost(40).calls());
        assertEquals(0, full().atMost(-5).calls());
    }

    /** Looked at as often as one likes, no second gives more than it should. */
    @Test
    void neverGivesMoreThanBurstAndRate() {
        Random random = new Random(7);
        CallBudget budget = full();
        Instant now = NOW;
        long made = 0;
        for (int i = 0; i < 50_000; i++) {
            now = now.plusNanos(random.nextInt(400_000_000));
            budget = budget.refilled(TERMS, now);
            int calls = Math.min(budget.calls(), random.nextInt(5));
            budget = budget.less(calls);
            made += calls;
            double most = 36 + 2 * Duration.between(NOW, now).toMillis() / 1000.0;
            assertTrue(made <= most, made + " of " + most);
        }
        assertTrue(made > 0.97 * 2 * Duration.between(NOW, now).toSeconds(), made + " is less than it may");
    }
}
