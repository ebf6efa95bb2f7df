package org.retailhub.erp.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerdictPollerTest {
    @Test
    void asksLessOftenWhereAQuestionTakesLonger() {
        assertEquals(Duration.ofMillis(250), VerdictPoller.pause(Duration.ofMillis(2)));
        assertEquals(Duration.ofMillis(760), VerdictPoller.pause(Duration.ofMillis(40)), "a twentieth of the time");
        assertEquals(Duration.ofSeconds(2), VerdictPoller.pause(Duration.ofSeconds(7)), "nobody waits for ever");
        assertEquals(Duration.ofMillis(250), VerdictPoller.pause(Duration.ofSeconds(-3)), "the clock was set back");
    }
}
