package org.retailhub.platform.runtime.outside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Opens after three failures or a failed probe, asks less and less often, closes on an answer. */
class CircuitBreakerTest {
    private static final RetryBudget.Terms TERMS = new RetryBudget.Terms(0.1, Duration.ofSeconds(1), 10);

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private boolean answers;
    private int probes;
    private final Clock clock = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    };
    private final CircuitBreaker circuit = new CircuitBreaker(this::probe, TERMS, clock);

    private void probe() {
        probes++;
        if (!answers) {
            throw new IllegalStateException("no route");
        }
    }

    private void fail() {
        circuit.failed(new IllegalStateException("connection refused"));
    }

    @Test
    void opensAfterThreeFailuresInARow() {
        fail();
        fail();
        circuit.succeeded();
        fail();
        fail();
        assertTrue(circuit.mayPass());
        fail();
        assertFalse(circuit.mayPass());
        assertEquals(now, circuit.state().since());
        assertEquals("connection refused", circuit.state().reason());
        assertEquals(0, probes);
    }

    @Test
    void opensAtOnceWhenASuspectDoesNotAnswer() {
        circuit.suspect();
        assertFalse(circuit.isClosed());
    }

    @Test
    void staysClosedWhenASuspectAnswers() {
        answers = true;
        circuit.suspect();
        assertTrue(circuit.isClosed());
    }

    @Test
    void asksLessAndLessOftenAndRemembersSinceWhen() {
        circuit.suspect();
        Instant since = now;
        probes = 0;
        Duration most = Duration.ZERO;
        Instant last = now;
        for (int second = 0; second < 1200; second++) {
            now = now.plusMillis(100);
            int before = probes;
            circuit.mayPass();
            if (probes > before) {
                Duration pause = Duration.between(last, now);
                most = pause.compareTo(most) > 0 ? pause : most;
                last = now;
            }
        }
        assertTrue(probes < 30, () -> probes + " probes");
        assertTrue(most.compareTo(Duration.ofMillis(10_100)) <= 0, most.toString());
        assertEquals(since, circuit.state().since());
    }

    @Test
    void closesWhenAProbeIsAnswered() {
        circuit.suspect();
        answers = true;
        assertFalse(circuit.mayPass());
        now = now.plusSeconds(1);
        assertTrue(circuit.mayPass());
        assertTrue(circuit.isClosed());
    }

    @Test
    void withoutAProbeOneCallAtATimeIsTheTrial() {
        CircuitBreaker byTrial = CircuitBreaker.byTrial(TERMS, clock);
        byTrial.open(new IllegalStateException("no route"));
        assertFalse(byTrial.mayPass());
        now = now.plusSeconds(1);
        assertTrue(byTrial.mayPass());
        assertFalse(byTrial.mayPass(), "one is under way");
        byTrial.failed(new IllegalStateException("no route"));
        assertFalse(byTrial.mayPass());
        assertTrue(byTrial.mayPassAt().isAfter(now));
        now = now.plusSeconds(2);
        assertTrue(byTrial.mayPass());
        byTrial.succeeded();
        assertTrue(byTrial.mayPass() && byTrial.mayPass());
    }

    @Test
    void trialThatNobodyCameBackFromDoesNotKeepItOpenForEver() {
        CircuitBreaker byTrial = CircuitBreaker.byTrial(TERMS, clock);
        byTrial.open(new IllegalStateException("no route"));
        now = now.plusSeconds(1);
        assertTrue(byTrial.mayPass());
        now = now.plusSeconds(89);
        assertFalse(byTrial.mayPass());
        now = now.plusSeconds(2);
        assertTrue(byTrial.mayPass());
    }

    /** It never fails three times in a row, so the circuit stays closed: the budget is what holds calls back. */
    @Test
    void systemThatFailsEveryOtherCallGetsFewRetries() {
        int failed = 0;
        int calls = 0;
        for (int tick = 0; tick < 60_000; tick++) {
            if (circuit.mayPass()) {
                if (calls++ % 2 == 0) {
                    failed++;
                    fail();
                } else {
                    circuit.succeeded();
                }
            }
            now = now.plusMillis(1);
        }
        assertTrue(circuit.isClosed());
        assertTrue(failed <= 10 + 60 + calls / 2 / 10 + 1, failed + " failures of " + calls + " calls in a minute");
        assertTrue(failed >= 60, failed + ": it is still tried");
    }

    @Test
    void rareFailuresCostNoTime() {
        for (int call = 0; call < 1_000; call++) {
            assertTrue(circuit.mayPass());
            if (call % 20 == 0) {
                fail();
            } else {
                circuit.succeeded();
            }
        }
    }
}
