package org.retailhub.platform.runtime.rest;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.TryLater;

/**
 * What the directory said about keys and tokens, for a few seconds. An answer is used up to {@link #OLDEST} after its question was put, whatever
 * happens in between: so a revoked key is dead in every gate 4 s after the revocation is committed.
 *
 * <p>From {@link #FRESH} on one request asks again while the others go on with the old answer; if the directory does not answer, all go
 * on with it until it is too old. Then nobody gets in: an unknown key is no open door.
 *
 * <p>At most {@link #STRANGERS} questions at a time are about keys that were never good here: who floods the gate with made-up keys cannot
 * take the directory away from those whose keys are known.
 */
final class KnownKeys {
    static final Duration FRESH = Duration.ofSeconds(2);
    static final Duration OLDEST = Duration.ofSeconds(4);
    static final int STRANGERS = 8;
    private static final long STRANGERS_WAIT_MILLIS = 50;
    private static final long ASK_AGAIN_NANOS = Duration.ofMillis(500).toNanos();
    /** Of each kind: so many unknown keys do not push out the known ones. */
    private static final int MOST_KEPT = 10_000;

    private record Answer(Optional<CallContext> caller, long askedAt, AtomicLong askAgainAt) {}

    private final LongSupplier nanoClock;
    private final Map<ByteBuffer, Answer> known = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, Answer> unknown = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, CompletableFuture<Optional<CallContext>>> asked = new ConcurrentHashMap<>();
    private final Semaphore strangers = new Semaphore(STRANGERS);

    KnownKeys(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * @param sha256 of a key or token
     * @param directory whom to ask if need be
     * @throws RuntimeException the directory's, if it does not answer and what it said before is too old
     */
    Optional<CallContext> callerOf(byte[] sha256, Supplier<Optional<CallContext>> directory) {
        ByteBuffer id = ByteBuffer.wrap(sha256);
        Answer kept = known.get(id);
        if (kept == null) {
            kept = unknown.get(id);
        }
        long now = nanoClock.getAsLong();
        if (kept != null && isGood(kept, now)) {
            return kept.caller();
        }
        try {
            return known.containsKey(id) ? ask(directory, id, now) : askForStranger(directory, id, now);
        } catch (RuntimeException noAnswer) {
            if (kept != null && nanoClock.getAsLong() - kept.askedAt() < OLDEST.toNanos()) {
                return kept.caller();
            }
            throw noAnswer;
        }
    }

    /** Whether this request may go on with it; of those that find it no longer fresh, one may not. */
    private static boolean isGood(Answer kept, long now) {
        long age = now - kept.askedAt();
        if (age < FRESH.toNanos()) {
            return true;
        }
        if (age >= OLDEST.toNanos()) {
            return false;
        }
        long due = kept.askAgainAt().get();
        return now - due < 0 || !kept.askAgainAt().compareAndSet(due, now + ASK_AGAIN_NANOS);
    }

    /** One question for all requests that come with the same key meanwhile: after a restart a partner's first ones come together. */
    private Optional<CallContext> askForStranger(
            Supplier<Optional<CallContext>> directory, ByteBuffer id, long askedAt) {
        CompletableFuture<Optional<CallContext>> mine = new CompletableFuture<>();
        CompletableFuture<Optional<CallContext>> first = asked.putIfAbsent(id, mine);
        if (first != null) {
            return answerOf(first);
        }
        try {
            Optional<CallContext> caller = askAmongStrangers(directory, id, askedAt);
            mine.complete(caller);
            return caller;
        } catch (RuntimeException e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            asked.remove(id, mine);
        }
    }

    private static Optional<CallContext> answerOf(CompletableFuture<Optional<CallContext>> first) {
        try {
            return first.get(OLDEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException why ? why : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            // As if it had asked by itself.
        }
        throw new RetailException(RuntimeError.DATABASE_DOWN, "the key's directory was too slow to be believed");
    }

    private Optional<CallContext> askAmongStrangers(
            Supplier<Optional<CallContext>> directory, ByteBuffer id, long askedAt) {
        boolean mayAsk = false;
        try {
            mayAsk = strangers.tryAcquire(STRANGERS_WAIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!mayAsk) {
            throw new TryLater(
                    RuntimeError.OVERLOADED, "too many keys that were not seen here before", Duration.ofSeconds(1));
        }
        try {
            return ask(directory, id, askedAt);
        } finally {
            strangers.release();
        }
    }

    private Optional<CallContext> ask(Supplier<Optional<CallContext>> directory, ByteBuffer id, long askedAt) {
        Optional<CallContext> caller = directory.get();
        if (nanoClock.getAsLong() - askedAt >= OLDEST.toNanos()) {
            throw new RetailException(RuntimeError.DATABASE_DOWN, "the key's directory was too slow to be believed");
        }
        Answer answer = new Answer(caller, askedAt, new AtomicLong(askedAt + FRESH.toNanos()));
        Map<ByteBuffer, Answer> its = caller.isPresent() ? known : unknown;
        makeRoom(its, askedAt);
        its.put(id, answer);
        (caller.isPresent() ? unknown : known).remove(id);
        return caller;
    }

    private static void makeRoom(Map<ByteBuffer, Answer> kept, long now) {
        if (kept.size() >= MOST_KEPT) {
            kept.values().removeIf(each -> now - each.askedAt() >= OLDEST.toNanos());
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
        }
    }
}
