package org.retailhub.platform.runtime.intake;

import static org.junit.jupiter.api.Assertions.*;

import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.tx.Transactions;

class IntakeBatcherTest {
    private record Request(String key, String content) {}

    /** Counts what is asked of it; its commit can be told to answer nothing clear. */
    private static final class CountedTransaction implements UserTransaction {
        final AtomicInteger commits = new AtomicInteger();
        final AtomicInteger rollbacks = new AtomicInteger();
        volatile boolean unclear;

        @Override
        public void begin() {}

        @Override
        public void commit() throws SystemException {
            if (unclear) {
                throw new SystemException("connection lost");
            }
            commits.incrementAndGet();
        }

        @Override
        public void rollback() {
            rollbacks.incrementAndGet();
        }

        @Override
        public void setRollbackOnly() {}

        @Override
        public int getStatus() {
            return Status.STATUS_ACTIVE;
        }

        @Override
        public void setTransactionTimeout(int seconds) {}
    }

    /** Stores contents by key; the first content of a key wins. */
    private static final class Store implements Intake<Request, Void, String> {
        final Map<String, String> rows = new ConcurrentHashMap<>();
        final List<Integer> batches = new ArrayList<>();
        final Set<String> busy = ConcurrentHashMap.newKeySet();
        final CountDownLatch gate = new CountDownLatch(1);
        volatile boolean held;

        @Override
        public String key(Request request) {
            return request.key();
        }

        @Override
        public Void load(List<Request> batch) {
            if (held) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return null;
        }

        @Override
        public synchronized List<String> write(List<Request> batch, Void facts) {
            batches.add(batch.size());
            assertEquals(
                    batch.size(), batch.stream().map(Request::key).distinct().count());
            List<String> answers = new ArrayList<>();
            if (batch.stream().anyMatch(r -> r.content().equals("poison"))) {
                throw new IllegalStateException("poison");
            }
            for (Request request : batch) {
                if (busy.contains(request.key())) {
                    answers.add(null);
                    continue;
                }
                String first = rows.putIfAbsent(request.key(), request.content());
                answers.add(first == null ? "new" : first.equals(request.content()) ? "replay" : "conflict");
            }
            return answers;
        }
    }

    private final CountedTransaction transaction = new CountedTransaction();
    private final Store store = new Store();
    private IntakeBatcher<Request, Void, String> batcher;

    private IntakeBatcher<Request, Void, String> start(int capacity) {
        batcher = new IntakeBatcher<>(
                new IntakeBatcher.Settings("intake-test", 64, capacity, 2, Duration.ofMillis(300)),
                store,
                new Transactions(transaction, 30),
                Thread::new);
        return batcher;
    }

    @AfterEach
    void close() {
        store.gate.countDown();
        if (batcher != null) {
            batcher.close();
        }
    }

    private CompletableFuture<String> submit(String key, String content) {
        return batcher.submit(new Request(key, content)).toCompletableFuture();
    }

    private static RetailException failureOf(CompletableFuture<String> answer) {
        Throwable cause = assertThrows(ExecutionException.class, () -> answer.get(5, TimeUnit.SECONDS))
                .getCause();
        return assertInstanceOf(RetailException.class, cause);
    }

    @Test
    void gathersWhatWaitsIntoOneTransaction() throws Exception {
        store.held = true;
        start(1_000);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            answers.add(submit("k" + i, "c"));
        }
        store.held = false;
        store.gate.countDown();
        for (CompletableFuture<String> answer : answers) {
            assertEquals("new", answer.get(5, TimeUnit.SECONDS));
        }
        assertTrue(transaction.commits.get() <= 2 + 200 / 64 + 1, () -> "commits " + transaction.commits);
    }

    @Test
    void letsRequestsGatherOnlyWhereSeveralComeAtATime() {
        assertEquals(0, IntakeBatcher.gathering(1), "one alone goes at once");
        assertEquals(0, IntakeBatcher.gathering(3));
        assertEquals(TimeUnit.MILLISECONDS.toNanos(30), IntakeBatcher.gathering(20));
    }

    @Test
    void twinsShareOneRowAndOtherContentConflicts() throws Exception {
        store.held = true;
        start(1_000);
        CompletableFuture<String> first = submit("k", "c");
        CompletableFuture<String> twin = submit("k", "c");
        CompletableFuture<String> other = submit("k", "d");
        store.held = false;
        store.gate.countDown();
        assertEquals("new", first.get(5, TimeUnit.SECONDS));
        assertEquals("replay", twin.get(5, TimeUnit.SECONDS));
        assertEquals("conflict", other.get(5, TimeUnit.SECONDS));
    }

    @Test
    void findsTheOneToBlameByHalving() throws Exception {
        store.held = true;
        start(1_000);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(submit("k" + i, i == 17 ? "poison" : "c"));
        }
        store.held = false;
        store.gate.countDown();
        for (int i = 0; i < 40; i++) {
            CompletableFuture<String> answer = answers.get(i);
            if (i == 17) {
                assertThrows(ExecutionException.class, () -> answer.get(5, TimeUnit.SECONDS));
            } else {
                assertEquals("new", answer.get(5, TimeUnit.SECONDS));
            }
        }
        assertTrue(transaction.rollbacks.get() > 0);
    }

    @Test
    void aKeyInDoubtIsTriedAgainThenAnsweredToComeBackWhileOthersGo() throws Exception {
        start(1_000);
        store.busy.add("k");
        CompletableFuture<String> doubtful = submit("k", "c");
        assertEquals("new", submit("other", "c").get(5, TimeUnit.SECONDS));
        assertEquals(RuntimeError.KEY_IN_DOUBT, failureOf(doubtful).code());
        CompletableFuture<String> again = submit("k", "c");
        store.busy.clear();
        assertEquals("new", again.get(5, TimeUnit.SECONDS));
    }

    @Test
    void anUnclearCommitIsNeverAnsweredAsStored() {
        start(1_000);
        transaction.unclear = true;
        assertEquals(RuntimeError.OUTCOME_UNKNOWN, failureOf(submit("k", "c")).code());
    }

    @Test
    void refusesWhatItCannotHold() {
        store.held = true;
        start(5);
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(submit("k" + i, "c"));
        }
        assertEquals(RuntimeError.OVERLOADED, failureOf(answers.get(5)).code());
    }

    @Test
    void saysWhetherThereIsRoomBesideAShareForOthers() {
        store.held = true;
        start(10);
        for (int i = 0; i < 5; i++) {
            assertTrue(batcher.hasRoom(50));
            submit("k" + i, "c");
        }
        assertFalse(batcher.hasRoom(50));
        assertTrue(batcher.hasRoom(100));
    }
}
