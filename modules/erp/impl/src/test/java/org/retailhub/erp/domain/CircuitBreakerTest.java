package org.retailhub.erp.domain;

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
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private boolean answers;
    private int probes;
    private final CircuitBreaker circuit = new CircuitBreaker(this::probe, new Clock() {
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
    });

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
}
