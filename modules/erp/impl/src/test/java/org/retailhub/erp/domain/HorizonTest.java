package org.retailhub.erp.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.domain.MasterReader.Moment;

/** How far back changes have to be looked for again. */
class HorizonTest {
    private static final LocalDateTime NOON = LocalDateTime.of(2026, 11, 28, 12, 0);

    @Test
    void afterTheFirstLookADayIsLookedAtAgain() {
        Horizon first = Horizon.after(null, new Moment(NOON, 90, 100));
        assertEquals(NOON.minusDays(1).minusMinutes(10), first.lookFrom());
    }

    @Test
    void aMomentIsSettledWhenAllThatRanThenHaveEnded() {
        Horizon first = Horizon.after(null, new Moment(NOON, 90, 100));
        Horizon still = Horizon.after(first, new Moment(NOON.plusMinutes(1), 99, 200));
        assertEquals(NOON.minusDays(1).plusMinutes(1).minusMinutes(10), still.lookFrom(), "99 still runs");
        Horizon settled = Horizon.after(still, new Moment(NOON.plusMinutes(2), 100, 200));
        assertEquals(NOON.minusMinutes(10), settled.lookFrom());
        Horizon next = Horizon.after(settled, new Moment(NOON.plusMinutes(3), 200, 300));
        assertEquals(NOON.plusMinutes(2).minusMinutes(10), next.lookFrom());
    }

    @Test
    void numbersThatGoBackAreThoseOfAnotherDatabase() {
        Horizon first = Horizon.after(null, new Moment(NOON, 90, 100));
        assertFalse(first.isOfAnother(new Moment(NOON, 90, 100)));
        assertTrue(first.isOfAnother(new Moment(NOON, 5, 7)));
        assertEquals(new Horizon(NOON.minusDays(1), NOON, 7), Horizon.after(first, new Moment(NOON, 5, 7)));
    }
}
