package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** Questions that wait share a statement, and none is answered from before it was asked. */
class LookupsTest {
    @Test
    void answersWhatWaitsTogetherAndOneAloneAtOnce() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        List<Integer> sizes = new ArrayList<>();
        try (Lookups<Integer, String> lookups = lookups(batch -> {
            sizes.add(batch.size());
            if (sizes.size() == 1) {
                begun.countDown();
                await(goOn);
            }
            return batch.stream().map(n -> "is " + n).toList();
        })) {
            CompletionStage<String> first = lookups.submit(1);
            begun.await();
            List<CompletionStage<String>> more = List.of(lookups.submit(2), lookups.submit(3), lookups.submit(4));
            goOn.countDown();
            assertEquals("is 1", join(first));
            assertEquals(
                    List.of("is 2", "is 3", "is 4"),
                    more.stream().map(LookupsTest::join).toList());
        }
        assertEquals(List.of(1, 3), sizes);
    }

    /** Whatever is written before a question is put is in its answer, also while an older statement is under way. */
    @Test
    void statementBeginsAfterTheQuestionCame() throws InterruptedException {
        AtomicInteger stock = new AtomicInteger(1);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Lookups<Integer, Integer> lookups = lookups(batch -> {
            int seen = stock.get();
            begun.countDown();
            await(goOn);
            return batch.stream().map(n -> seen).toList();
        })) {
            CompletionStage<Integer> before = lookups.submit(1);
            begun.await();
            stock.set(2);
            CompletionStage<Integer> after = lookups.submit(1);
            goOn.countDown();
            assertEquals(1, join(before));
            assertEquals(2, join(after));
        }
    }

    @Test
    void tellsEachWhoWaitedWhatWentWrongAndGoesOn() {
        AtomicInteger asked = new AtomicInteger();
        try (Lookups<Integer, String> lookups = lookups(batch -> {
            if (asked.incrementAndGet() == 1) {
                throw new RetailException(RuntimeError.DATABASE_DOWN, "for a test");
            }
            return batch.stream().map(n -> "good").toList();
        })) {
            CompletionException failed = assertThrows(CompletionException.class, () -> join(lookups.submit(1)));
            assertEquals(RuntimeError.DATABASE_DOWN, ((RetailException) failed.getCause()).code());
            assertEquals("good", join(lookups.submit(2)));
        }
    }

    private static <A> Lookups<Integer, A> lookups(java.util.function.Function<List<Integer>, List<A>> ask) {
        return new Lookups<>(ask, 256, 1_000, 1, Thread::new);
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
