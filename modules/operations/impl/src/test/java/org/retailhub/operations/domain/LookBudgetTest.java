package org.retailhub.operations.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LookBudgetTest {
    private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    private final LookBudget budget = new LookBudget();

    @Test
    void looksTakeTheirUsualTimeForTheMinuteInWhichARowIsToBeNamed() {
        for (int second = 0; second < 60; second += 10) {
            assertEquals(LookBudget.USUAL, budget.at(NOON.plusSeconds(second)));
        }
    }

    @Test
    void giveWayWhereAMinuteDoesNotDoForAllThatCameIn() {
        budget.at(NOON);
        assertEquals(LookBudget.IN_A_PEAK, budget.at(NOON.plusSeconds(60)));
        assertEquals(LookBudget.IN_A_PEAK, budget.at(NOON.plusSeconds(600)));
    }

    @Test
    void takeTheirUsualTimeAgainOnceAllWasLookedAt() {
        budget.at(NOON);
        budget.at(NOON.plusSeconds(70));
        budget.passed();
        assertEquals(LookBudget.USUAL, budget.at(NOON.plusSeconds(80)));
        assertEquals(LookBudget.USUAL, budget.at(NOON.plusSeconds(139)));
    }
}
