package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.Allowance;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** One gate's hand against a shared quota that does not fill up again, by a clock that is set by hand. */
class QuotaHandTest {
    private static final Duration WINDOW = Duration.ofSeconds(10);

    private long now = 23;
    private long quota = 1_000;
    private long shared = 1_000;
    private boolean down;
    private int draws;
    private final QuotaHand hand = new QuotaHand("placeOrder", this::draw, () -> now);

    private Allowance draw(long calls) {
        draws++;
        if (down) {
            throw new RetailException(RuntimeError.DATABASE_DOWN, "down");
        }
        long granted = Math.min(calls, shared);
        shared -= granted;
        return new Allowance(granted, quota, WINDOW, shared, shared > 0 ? Duration.ZERO : Duration.ofMillis(10));
    }

    @Test
    void letsThroughWhatIsSharedAndNotOneMore() {
        assertEquals(1_000, passed(1_000));
        assertFalse(hand.take().passes());
    }

    /** It looked at the clock, then another one drew and used up what it drew, then it came to its turn. */
    @Test
    void refusesNobodyForHavingWaitedItsTurn() {
        // Drawn one by one.
        quota = QuotaHand.BLOCKS_PER_QUOTA;
        boolean[] overtaken = {false};
        QuotaHand[] crowded = new QuotaHand[1];
        crowded[0] = new QuotaHand("placeOrder", this::draw, () -> {
            long mine = now;
            if (overtaken[0]) {
                overtaken[0] = false;
                now += 1_000;
                assertTrue(crowded[0].take().passes());
            }
            return mine;
        });
        assertTrue(crowded[0].take().passes());
        overtaken[0] = true;
        assertTrue(crowded[0].take().passes());
    }

    /** Others may take what one has drawn: that is no reason to refuse it while there is more. */
    @Test
    void refusesNobodyOfACrowdWhileThereIsMore() throws InterruptedException {
        quota = 1_000_000;
        AtomicLong refused = new AtomicLong();
        for (int round = 0; round < 200; round++) {
            shared = quota;
            QuotaHand fresh = new QuotaHand("placeOrder", this::draw, () -> now);
            List<Thread> crowd = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Thread one = new Thread(() -> {
                    for (int call = 0; call < 50; call++) {
                        if (!fresh.take().passes()) {
                            refused.incrementAndGet();
                        }
                    }
                });
                crowd.add(one);
                one.start();
            }
            for (Thread one : crowd) {
                one.join();
            }
        }
        assertEquals(0, refused.get());
    }

    /** A database that answers slowly makes one wait for it, not for as many answers as others came before. */
    @Test
    void drawsForAllThatWait() throws InterruptedException {
        quota = 1_000_000;
        shared = quota;
        List<Thread> crowd = new ArrayList<>();
        QuotaHand slow = new QuotaHand(
                "placeOrder",
                calls -> {
                    while (draws == 1 && crowd.stream().anyMatch(each -> !drawsOrWaits(each))) {
                        Thread.onSpinWait();
                    }
                    return draw(calls);
                },
                () -> now);
        assertTrue(slow.take().passes());
        forward(Duration.ofSeconds(2));
        for (int i = 0; i < 8; i++) {
            crowd.add(new Thread(() -> assertTrue(slow.take().passes())));
        }
        crowd.forEach(Thread::start);
        for (Thread each : crowd) {
            each.join();
        }
        assertEquals(3, draws, "the first, one, and one for all that came while it lasted");
    }

    private static boolean drawsOrWaits(Thread one) {
        return one == Thread.currentThread() || one.getState() == Thread.State.TIMED_WAITING;
    }

    @Test
    void drawsInBlocksOfAFiftieth() {
        passed(1_000);
        assertTrue(draws <= 150, draws + " draws");
        draws = 0;
        shared = 1_000;
        forward(Duration.ofMillis(500));
        passed(500);
        assertTrue(draws <= 55, draws + " draws once the block has grown");
    }

    @Test
    void holdsNeverMoreThanAFiftieth() {
        for (int i = 1; i < 900; i++) {
            hand.take();
            long inHand = 1_000 - shared - i;
            assertTrue(inHand <= 20, inHand + " in hand");
        }
    }

    @Test
    void partnerThatCallsSeldomStrandsNothing() {
        for (int i = 0; i < 100; i++) {
            assertTrue(hand.take().passes());
            forward(Duration.ofSeconds(2));
        }
        assertTrue(1_000 - shared - 100 <= 1, "in hand: " + (1_000 - shared - 100));
    }

    @Test
    void doesNotAskByEachCallWhileTheQuotaIsUsedUp() {
        passed(1_001);
        draws = 0;
        for (int i = 0; i < 1_000; i++) {
            assertFalse(hand.take().passes());
            forward(Duration.ofMillis(1));
        }
        assertTrue(draws <= 5, draws + " draws in a second: one each fiftieth of the window");
    }

    @Test
    void saysWhatHoldsAndWhenToComeBack() {
        QuotaHand.Verdict first = hand.take();
        assertEquals("\"placeOrder\";q=1000;w=10", first.policy());
        assertEquals("\"placeOrder\";r=999;t=1", first.state());
        passed(999);
        QuotaHand.Verdict refused = hand.take();
        assertEquals("\"placeOrder\";r=0;t=10", refused.state());
        assertEquals(1, refused.retryAfter());
    }

    /** What is in hand was drawn before the bucket was full again. */
    @Test
    void neverSaysThatMoreIsLeftThanTheQuota() {
        for (int i = 0; i < 200; i++) {
            shared = 1_000;
            assertTrue(hand.take().remaining() <= 1_000);
        }
    }

    @Test
    void changedQuotaHoldsWithinFiveSeconds() {
        passed(300);
        quota = 0;
        shared = 0;
        forward(QuotaHand.OLDEST);
        assertFalse(hand.take().passes(), "what was in hand is dropped");

        quota = 50;
        shared = 50;
        forward(QuotaHand.OLDEST);
        assertTrue(hand.take().passes());
    }

    @Test
    void unchangedQuotaLosesNothingByAging() {
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += passed(10);
            forward(QuotaHand.OLDEST);
        }
        assertEquals(1_000, passed);
    }

    @Test
    void usesUpWhatIsInHandWhileTheDirectoryIsAwayThenSaysSo() {
        passed(500);
        long inHand = 500 - shared;
        down = true;
        forward(QuotaHand.OLDEST.multipliedBy(3));
        draws = 0;
        for (int i = 0; i < inHand; i++) {
            assertTrue(hand.take().passes());
        }
        RetailException refused = assertThrows(RetailException.class, hand::take);
        assertEquals(RuntimeError.DATABASE_DOWN, refused.code());
        assertThrows(RetailException.class, hand::take);
        assertEquals(1, draws, "a directory that is away is asked twice a second");

        down = false;
        forward(Duration.ofMillis(500));
        assertTrue(hand.take().passes());
    }

    @Test
    void isNoOpenDoorWhenTheDirectoryWasNeverThere() {
        down = true;
        assertThrows(RetailException.class, hand::take);
    }

    private int passed(int calls) {
        int passed = 0;
        for (int i = 0; i < calls; i++) {
            passed += hand.take().passes() ? 1 : 0;
        }
        return passed;
    }

    private void forward(Duration time) {
        now += time.toNanos();
    }
}
