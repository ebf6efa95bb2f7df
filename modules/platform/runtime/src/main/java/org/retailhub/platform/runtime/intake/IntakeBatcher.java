package org.retailhub.platform.runtime.intake;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.SqlFailures;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Gathers the requests that wait anyway and commits them in one XA transaction; one alone goes at once. Prepare, log write and
 * commit are paid per batch: where several come at a time, batches begin {@link #GATHERING} apart.
 *
 * <p>The answer is given after the commit, never before. A request whose key is in doubt is tried again for 3 s; any other failure
 * halves the batch until the one to blame is alone with it.
 */
public final class IntakeBatcher<Q, F, R> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(IntakeBatcher.class);
    private static final long RETRY_BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(30);
    /** Fewer at a time are let through at once. */
    private static final int SEVERAL = 4;

    /**
     * @param name of the writer threads
     * @param batchSize requests in a transaction at most
     * @param capacity requests that may wait; more are refused
     * @param writers threads; two let one gather while the other commits
     * @param patience how long a request with a key in doubt is tried
     */
    public record Settings(String name, int batchSize, int capacity, int writers, Duration patience) {}

    private final class Waiting {
        final Q request;
        final CompletableFuture<R> answer = new CompletableFuture<>();
        final long since = System.nanoTime();
        long notBefore = since;

        Waiting(Q request) {
            this.request = request;
        }
    }

    private final Settings settings;
    private final Intake<Q, F, R> intake;
    private final Transactions transactions;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final Set<String> inHand = new HashSet<>();
    private long gatherUntil = System.nanoTime();
    private int size;
    private boolean closed;

    public IntakeBatcher(Settings settings, Intake<Q, F, R> intake, Transactions transactions, ThreadFactory threads) {
        this.settings = settings;
        this.intake = intake;
        this.transactions = transactions;
        for (int i = 0; i < settings.writers(); i++) {
            threads.newThread(this::write).start();
        }
    }

    /**
     * Never blocks.
     *
     * @return completes after the commit, or with a {@link RetailException}
     */
    public CompletionStage<R> submit(Q request) {
        Waiting waiting = new Waiting(request);
        lock.lock();
        try {
            if (closed || size >= settings.capacity()) {
                return CompletableFuture.failedFuture(
                        new RetailException(RuntimeError.OVERLOADED, "too many requests wait to be stored"));
            }
            size++;
            queue.addLast(waiting);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return waiting.answer;
    }

    private void write() {
        Thread.currentThread().setName(settings.name());
        while (true) {
            List<Waiting> batch;
            try {
                batch = gather();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (batch == null) {
                return;
            }
            try {
                commit(batch);
            } finally {
                release(batch);
            }
        }
    }

    /** Waits for the first, takes what is there; null when closed and empty. */
    private @Nullable List<Waiting> gather() throws InterruptedException {
        lock.lock();
        try {
            while (true) {
                long gathering = gatherUntil - System.nanoTime();
                if (gathering > 0 && queue.size() < settings.batchSize() && !closed) {
                    arrived.awaitNanos(gathering);
                    continue;
                }
                List<Waiting> batch = take();
                if (!batch.isEmpty()) {
                    gatherUntil = System.nanoTime() + gathering(batch.size());
                    return batch;
                }
                if (closed && queue.isEmpty()) {
                    return null;
                }
                if (queue.isEmpty()) {
                    arrived.await();
                } else {
                    arrived.awaitNanos(RETRY_BUSY_NANOS / 5);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long after a batch of so many the next one begins at the earliest, unless as many wait as one can hold. */
    static long gathering(int requests) {
        return requests < SEVERAL ? 0 : GATHERING;
    }

    private List<Waiting> take() {
        List<Waiting> batch = new ArrayList<>();
        List<Waiting> later = new ArrayList<>();
        long now = System.nanoTime();
        while (batch.size() < settings.batchSize() && !queue.isEmpty()) {
            Waiting next = queue.pollFirst();
            if (next.notBefore - now <= 0 && inHand.add(intake.key(next.request))) {
                batch.add(next);
            } else {
                later.add(next);
            }
        }
        for (int i = later.size() - 1; i >= 0; i--) {
            queue.addFirst(later.get(i));
        }
        return batch;
    }

    private void release(List<Waiting> batch) {
        lock.lock();
        try {
            for (Waiting done : batch) {
                inHand.remove(intake.key(done.request));
                if (done.answer.isDone()) {
                    size--;
                } else {
                    queue.addLast(done);
                }
            }
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Waiting> batch) {
        List<Q> requests = batch.stream().map(w -> w.request).toList();
        List<R> answers;
        try {
            F facts = intake.load(requests);
            answers = transactions.call(() -> intake.write(requests, facts));
        } catch (RuntimeException e) {
            failed(batch, e);
            return;
        } catch (Error e) {
            // Whoever waits gets an answer, and this writer goes on.
            LOG.errorf(e, "RUN-9999 %s: %d requests not stored", settings.name(), batch.size());
            RetailException answer =
                    new RetailException(RuntimeError.BUG, e.getClass().getSimpleName(), e);
            batch.forEach(waiting -> refuse(waiting, answer));
            return;
        }
        long now = System.nanoTime();
        for (int i = 0; i < batch.size(); i++) {
            Waiting waiting = batch.get(i);
            R answer = answers.get(i);
            if (answer != null) {
                answer(waiting, answer);
            } else if (now - waiting.since > settings.patience().toNanos()) {
                refuse(
                        waiting,
                        new RetailException(RuntimeError.KEY_IN_DOUBT, "retry with the same natural key in a while"));
            } else {
                waiting.notBefore = now + RETRY_BUSY_NANOS;
            }
        }
    }

    private void answer(Waiting waiting, R answer) {
        waiting.answer.complete(answer);
    }

    private void refuse(Waiting waiting, RuntimeException why) {
        waiting.answer.completeExceptionally(why);
    }

    private void failed(List<Waiting> batch, RuntimeException failure) {
        boolean unknown = failure instanceof RetailException retail && retail.kind() == ErrorKind.UNKNOWN_OUTCOME;
        if (unknown || SqlFailures.isDependencyDown(failure)) {
            LOG.warnf("%s: %d requests not stored: %s", settings.name(), batch.size(), failure.getMessage());
            RetailException answer = failure instanceof RetailException retail
                    ? retail
                    : new RetailException(RuntimeError.ROLLED_BACK, "retry with the same natural key", failure);
            batch.forEach(waiting -> refuse(waiting, answer));
        } else if (batch.size() == 1) {
            LOG.errorf(failure, "RUN-9999 %s: a request could not be stored", settings.name());
            refuse(batch.get(0), failure);
        } else {
            LOG.warnf("%s: halving a batch of %d: %s", settings.name(), batch.size(), failure.getMessage());
            commit(batch.subList(0, batch.size() / 2));
            commit(batch.subList(batch.size() / 2, batch.size()));
        }
    }

    /** Whether less than this share of what may wait does; for requests that shall leave room for others. */
    public boolean hasRoom(int percent) {
        return waiting() < (long) settings.capacity() * percent / 100;
    }

    /** How many wait, for health. */
    public int waiting() {
        lock.lock();
        try {
            return size;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits is still written. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
