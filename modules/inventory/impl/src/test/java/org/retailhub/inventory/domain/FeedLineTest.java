package org.retailhub.inventory.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Gaps and reorderings by a feed's own numbers. */
class FeedLineTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void missesNothingBeforeTheFirstNumberThatCame() {
        FeedLine line = fresh();
        take(line, 1000, 1001);
        assertEquals(Map.of(), line.openedGaps());
        assertEquals(1000, line.first());
        assertEquals(1001, line.highest());
    }

    @Test
    void noticesAGapAndFillsItFromBothEndsAndTheMiddle() {
        FeedLine line = fresh();
        take(line, 1, 10);
        assertEquals(Map.of(2L, 9L), line.openedGaps());
        take(line, 5);
        assertEquals(Map.of(2L, 4L, 6L, 9L), line.openedGaps());
        take(line, 2, 9, 4, 3, 6, 7, 8);
        assertEquals(Map.of(), line.openedGaps());
        assertEquals(8, line.reordered());
        assertEquals(10, line.movements());
    }

    @Test
    void closesAGapThatWasThereBefore() {
        FeedLine line = new FeedLine("acme", "pos", 1, 10, NOON, Map.of(2L, 9L));
        take(line, 3);
        assertEquals(Map.of(2L, 9L), line.closedGaps());
        assertEquals(Map.of(2L, 2L, 4L, 9L), line.openedGaps());
    }

    @Test
    void takesALowerNumberThanTheFirst() {
        FeedLine line = fresh();
        take(line, 10, 5);
        assertEquals(5, line.first());
        assertEquals(Map.of(6L, 9L), line.openedGaps());
        assertEquals(1, line.reordered());
    }

    @Test
    void knowsSeveralLinesOfOneNumber() {
        FeedLine line = fresh();
        take(line, 1, 1, 2, 2, 1);
        assertEquals(Map.of(), line.openedGaps());
        assertEquals(0, line.reordered());
        assertEquals(5, line.movements());
    }

    @Test
    void needsNoNumber() {
        FeedLine line = fresh();
        line.take(null, NOON, true);
        assertEquals(0, line.highest());
        assertEquals(1, line.late());
        assertEquals(NOON, line.lastOccurredAt());
    }

    /** Whatever the order: what is missing is what has not come between the lowest and the highest. */
    @Test
    void missesWhatHasNotComeInAnyOrder() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            List<Long> numbers = new ArrayList<>(LongStream.rangeClosed(1, 40)
                    .filter(n -> random.nextInt(3) > 0)
                    .boxed()
                    .toList());
            Collections.shuffle(numbers, random);
            FeedLine line = fresh();
            numbers.forEach(number -> line.take(number, NOON, false));
            List<Long> missing = new ArrayList<>();
            new TreeMap<>(line.openedGaps())
                    .forEach((from, to) -> LongStream.rangeClosed(from, to).forEach(missing::add));
            List<Long> expected = LongStream.rangeClosed(Collections.min(numbers), Collections.max(numbers))
                    .filter(n -> !numbers.contains(n))
                    .boxed()
                    .toList();
            assertEquals(expected, missing, "seed " + seed);
        }
    }

    private static FeedLine fresh() {
        return new FeedLine("acme", "pos", 0, 0, null, Map.of());
    }

    private static void take(FeedLine line, long... numbers) {
        for (long number : numbers) {
            line.take(number, NOON, false);
        }
    }
}
