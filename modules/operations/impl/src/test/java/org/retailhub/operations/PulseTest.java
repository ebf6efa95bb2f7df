package org.retailhub.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.operations.domain.Vitals;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

class PulseTest {
    private final Hand clock = new Hand();
    private final Asked order = new Asked();
    private final List<Runnable> refusals = new ArrayList<>();
    private final Pulse pulse =
            new Pulse(new Modules(Map.of("order", order)), new Queues(), () -> refusals.forEach(Runnable::run), clock);

    @Test
    void whoAsksWithinASecondIsToldTheSame() {
        Vitals first = pulse.take();
        clock.now = clock.now.plusMillis(999);
        assertSame(first, pulse.take());
        assertEquals(1, order.times);
    }

    @Test
    void afterASecondTheHubIsAskedAgain() {
        pulse.take();
        clock.now = clock.now.plusMillis(1_000);
        assertEquals(clock.now, pulse.take().at());
        assertEquals(2, order.times);
    }

    @Test
    void aClockThatIsSetBackKeepsNothingOld() {
        pulse.take();
        clock.now = clock.now.minusSeconds(3_600);
        pulse.take();
        assertEquals(2, order.times);
    }

    @Test
    void saysWhyNothingIsTakenIn() {
        assertNull(pulse.take().refusal());
        refusals.add(() -> {
            throw new RetailException(RuntimeError.FENCED, "stores are compared");
        });
        clock.now = clock.now.plusSeconds(1);
        assertEquals(
                new Vitals.Refusal(RuntimeError.FENCED.code(), "stores are compared"),
                pulse.take().refusal());
    }

    private static final class Hand extends Clock {
        private Instant now = Instant.parse("2026-11-23T10:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A module that counts who asks how it is. */
    private static final class Asked implements Insight {
        private int times;

        @Override
        public List<Signal> signals() {
            times++;
            return List.of();
        }

        @Override
        public Story story(Set<String> names) {
            return new Story(List.of(), List.of(), true);
        }

        @Override
        public List<Received> received(Instant from, Instant to, int limit) {
            return List.of();
        }

        @Override
        public Map<String, Account> accounts(Set<String> keys) {
            return Map.of();
        }

        @Override
        public List<Missing> missing() {
            return List.of();
        }

        @Override
        public List<Hop> hops(Instant from, Instant to, int limit) {
            return List.of();
        }

        @Override
        public Map<String, String> traceparents(Set<String> keys) {
            return Map.of();
        }
    }
}
