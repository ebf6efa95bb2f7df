package org.retailhub.platform.runtime.insight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.Insight.Received;

/** The promise: what one question for the whole time would answer, without asking it. */
class NewestFirstTest {
    private static final Instant FROM = Instant.parse("2026-11-24T12:00:00Z");
    private static final Instant TO = FROM.plus(Duration.ofDays(1));
    private final List<Received> rows = new ArrayList<>();
    private final List<Duration> asked = new ArrayList<>();

    private List<Received> read(Instant from, Instant to, int limit) {
        asked.add(Duration.between(from, to));
        return rows.stream()
                .filter(each -> !each.at().isBefore(from) && each.at().isBefore(to))
                .sorted(Comparator.comparing(Received::at).reversed().thenComparing(Received::key))
                .limit(limit)
                .toList();
    }

    @Test
    void answersAsOneQuestionWould() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            // Half of them in the last minutes.
            long back = i % 2 == 0 ? random.nextInt(86_400_000) : random.nextInt(300_000);
            rows.add(new Received("order-" + i, TO.minusMillis(back + 1)));
        }
        for (int limit : new int[] {1, 10, 999, 1_999, 2_000, 5_000}) {
            assertEquals(read(FROM, TO, limit), NewestFirst.of(FROM, TO, limit, this::read), "limit " + limit);
        }
    }

    @Test
    void readsNoMoreOfABusyDayThanThePageNeeds() {
        for (int i = 0; i < 86_400; i += 2) {
            rows.add(new Received("order-" + i, FROM.plusSeconds(i)));
        }
        assertEquals(100, NewestFirst.of(FROM, TO, 100, this::read).size());
        Duration read = asked.stream().reduce(Duration.ZERO, Duration::plus);
        assertTrue(read.toSeconds() < 1_000, "200 s have a page: " + asked);
    }

    @Test
    void asksAQuietDayInAFewQuestions() {
        assertEquals(List.of(), NewestFirst.of(FROM, TO, 100, this::read));
        assertTrue(asked.size() < 12, asked::toString);
        assertEquals(Duration.ofDays(1), asked.stream().reduce(Duration.ZERO, Duration::plus));
    }

    @Test
    void namesAKeyOnceThatTwoRowsTell() {
        rows.add(new Received("order-1", TO.minusSeconds(1)));
        rows.add(new Received("order-1", TO.minusSeconds(90)));
        assertEquals(List.of(rows.get(0)), NewestFirst.of(FROM, TO, 100, this::read));
    }
}
