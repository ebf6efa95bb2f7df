package org.retailhub.inventory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Gathers the questions that wait anyway and answers them by one statement; one alone goes at once. The statement begins after the last of
 * them came, so each sees whatever was committed before it was asked: nothing is kept from one to the next.
 */
final class Lookups<Q, A> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Lookups.class);

    private record Waiting<Q, A>(Q question, CompletableFuture<A> answer) {}

    private final Function<List<Q>, List<A>> ask;
    private final int batchSize;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Waiting<Q, A>> queue = new ArrayDeque<>();
    private boolean closed;

    /**
     * @param ask answers in the order of the questions
     * @param readers threads; two let one gather while the other asks
     */
    Lookups(Function<List<Q>, List<A>> ask, int batchSize, int capacity, int readers, ThreadFactory threads) {
        this.ask = ask;
        this.batchSize = batchSize;
        this.capacity = capacity;
        for (int i = 0; i < readers; i++) {
            threads.newThread(this::read).start();
        }
    }

    /** Never blocks; completes with the answer, or with a {@link RetailException}. */
    CompletionStage<A> submit(Q question) {
        Waiting<Q, A> waiting = new Waiting<>(question, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed || queue.size() >= capacity) {
                return CompletableFuture.failedFuture(
                        new RetailException(RuntimeError.OVERLOADED, "too many questions wait"));
            }
            queue.addLast(waiting);
            arrived.signal();
        } finally {
            lock.unlock();
        }
        return waiting.answer();
    }

    private void read() {
        Thread.currentThread().setName("lookup-stock");
        while (true) {
            List<Waiting<Q, A>> batch;
            try {
                batch = gather();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            if (batch.isEmpty()) {
                return;
            }
            answer(batch);
        }
    }

    /** Waits for the first, takes what is there; empty when closed and nothing waits. */
    private List<Waiting<Q, A>> gather() throws InterruptedException {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                arrived.await();
            }
            List<Waiting<Q, A>> batch = new ArrayList<>(Math.min(queue.size(), batchSize));
            while (batch.size() < batchSize && !queue.isEmpty()) {
                batch.add(queue.pollFirst());
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void answer(List<Waiting<Q, A>> batch) {
        try {
            List<A> answers = ask.apply(batch.stream().map(Waiting::question).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException e) {
            batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
        } catch (Error e) {
            // Whoever waits gets an answer, and this reader goes on.
            LOG.errorf(e, "RUN-9999 %d questions about stock not answered", batch.size());
            RetailException failure =
                    new RetailException(RuntimeError.BUG, e.getClass().getSimpleName(), e);
            batch.forEach(waiting -> waiting.answer().completeExceptionally(failure));
        }
    }

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
