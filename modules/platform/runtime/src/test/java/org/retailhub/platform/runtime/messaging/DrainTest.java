package org.retailhub.platform.runtime.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DrainTest {
    @Test
    void letsMessagesGatherWhereSeveralComeAtATime() {
        assertEquals(Duration.ZERO, Drain.next(1, false).pause(), "one alone is not kept waiting");
        assertEquals(Duration.ZERO, Drain.next(256, true).pause(), "more wait already");
        Duration gathering = Drain.next(7, false).pause();
        assertTrue(gathering.toMillis() > 0 && gathering.toMillis() <= 50, gathering::toString);
    }
}
