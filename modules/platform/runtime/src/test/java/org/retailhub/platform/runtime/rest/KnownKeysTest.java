package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.TryLater;

/** How long a gate believes what it was told about a key, by a clock that is set by hand. */
class KnownKeysTest {
    private static final byte[] KEY = {1};
    private static final CallContext SHOP = new CallContext("shop", "acme", Set.of(), Set.of(), "");
    private static final Duration PROMISED = Duration.ofSeconds(5);

    private long now = 17;
    private Optional<CallContext> truth = Optional.of(SHOP);
    private boolean down;
    private Duration slow = Duration.ZERO;
    private int asked;
    private final KnownKeys keys = new KnownKeys(() -> now);

    private Optional<CallContext> answer() {
        asked++;
        Optional<CallContext> seen = truth;
        now += slow.toNanos();
        if (down) {
            throw new RetailException(RuntimeError.DATABASE_DOWN, "down");
        }
        return seen;
    }

    @Test
    void asksOnceForAllThatComeTogether() throws Exception {
        int callers = 3 * KnownKeys.STRANGERS;
        CountDownLatch coming = new CountDownLatch(callers);
        CountDownLatch asking = new CountDownLatch(1);
        AtomicInteger questions = new AtomicInteger();
        ExecutorService requests = Executors.newFixedThreadPool(callers);
        try {
            List<Future<Optional<CallContext>>> answers = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                answers.add(requests.submit(() -> {
                    coming.countDown();
                    return keys.callerOf(KEY, () -> {
                        questions.incrementAndGet();
                        await(asking);
                        return truth;
                    });
                }));
            }
            assertTrue(coming.await(10, TimeUnit.SECONDS));
            // Longer than a stranger waits for its turn.
            assertFalse(asking.await(200, TimeUnit.MILLISECONDS));
            asking.countDown();
            for (Future<Optional<CallContext>> answer : answers) {
                assertEquals(truth, answer.get(10, TimeUnit.SECONDS));
            }
            assertEquals(1, questions.get());
        } finally {
            requests.shutdownNow();
        }
    }

    @Test
    void asksOnceInTwoSeconds() {
        for (int i = 0; i < 1_999; i++) {
            keys.callerOf(KEY, this::answer);
            now += 1_000_000;
        }
        assertEquals(1, asked);
        now += 1_000_000;
        keys.callerOf(KEY, this::answer);
        assertEquals(2, asked);
    }

    /** At each moment of the cache's life, with a directory that answers and with one that does not. */
    @Test
    void revokedKeyIsDeadWithinFiveSeconds() {
        for (boolean goesDown : new boolean[] {false, true}) {
            for (int millisBefore = 0; millisBefore <= 4_000; millisBefore += 50) {
                KnownKeys gate = new KnownKeys(() -> now);
                truth = Optional.of(SHOP);
                down = false;
                gate.callerOf(KEY, this::answer);
                now += millisBefore * 1_000_000L;
                gate.callerOf(KEY, this::answer);
                truth = Optional.empty();
                down = goesDown;
                long revoked = now;
                while (now - revoked < PROMISED.toNanos()) {
                    passes(gate);
                    now += 50_000_000;
                }
                assertTrue(!passes(gate), "alive after 5 s, asked " + millisBefore + " ms before it was revoked");
            }
        }
    }

    /** Its statement saw the key alive, and was held up longer than the promise. */
    @Test
    void answerThatWasUnderWayTooLongIsNotBelieved() {
        slow = PROMISED;
        RetailException refused = assertThrows(RetailException.class, () -> keys.callerOf(KEY, this::answer));
        assertEquals(RuntimeError.DATABASE_DOWN, refused.code());
    }

    @Test
    void goesOnWithOldAnswersWhileTheDirectoryIsAwayButNotForLong() {
        keys.callerOf(KEY, this::answer);
        down = true;
        now += Duration.ofMillis(3_900).toNanos();
        assertEquals(Optional.of(SHOP), keys.callerOf(KEY, this::answer));
        now += Duration.ofMillis(100).toNanos();
        assertThrows(RetailException.class, () -> keys.callerOf(KEY, this::answer));
    }

    @Test
    void doesNotAskADirectoryThatIsAwayByEachRequest() {
        keys.callerOf(KEY, this::answer);
        down = true;
        asked = 0;
        now += Duration.ofMillis(2_000).toNanos();
        for (int i = 0; i < 1_000; i++) {
            keys.callerOf(KEY, this::answer);
            now += 1_000_000;
        }
        assertEquals(2, asked);
    }

    @Test
    void unknownKeysDoNotPushOutTheKnown() {
        keys.callerOf(KEY, this::answer);
        truth = Optional.empty();
        for (int i = 0; i < 25_000; i++) {
            keys.callerOf(new byte[] {2, (byte) i, (byte) (i >> 8)}, this::answer);
        }
        asked = 0;
        assertEquals(Optional.of(SHOP), keys.callerOf(KEY, this::answer));
        assertEquals(0, asked);
    }

    private boolean passes(KnownKeys gate) {
        try {
            return gate.callerOf(KEY, this::answer).isPresent();
        } catch (RetailException noAnswer) {
            return false;
        }
    }

    /** As many strangers as may ask are under way and get no answer. */
    @Test
    void strangersCannotTakeTheDirectoryFromThoseThatAreKnown() throws Exception {
        keys.callerOf(KEY, this::answer);
        CountDownLatch underWay = new CountDownLatch(KnownKeys.STRANGERS);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(KnownKeys.STRANGERS);
        try {
            for (int i = 0; i < KnownKeys.STRANGERS; i++) {
                byte[] madeUp = {2, (byte) i};
                threads.submit(() -> keys.callerOf(madeUp, () -> {
                    underWay.countDown();
                    await(end);
                    return Optional.empty();
                }));
            }
            underWay.await();
            now += KnownKeys.OLDEST.toNanos();
            assertEquals(Optional.of(SHOP), keys.callerOf(KEY, this::answer), "asked again, and answered");
            TryLater refused = assertThrows(TryLater.class, () -> keys.callerOf(new byte[] {3}, this::answer));
            assertEquals(RuntimeError.OVERLOADED, refused.code());
            end.countDown();
        } finally {
            end.countDown();
            threads.shutdown();
        }
        assertTrue(threads.awaitTermination(10, TimeUnit.SECONDS));
        assertEquals(Optional.of(SHOP), keys.callerOf(new byte[] {3}, this::answer));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
