package org.retailhub.channel;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Stores payloads together with their messages; without them while the broker does not answer, so that a channel's patience of a few
 * seconds does not depend on it. Once that happened everything goes without, until the broker is known to answer.
 */
final class Reception {
    private static final Logger LOG = Logger.getLogger(Reception.class);

    /**
     * A way to store a payload.
     *
     * @param store completes after the commit, or with a failure after the rollback
     * @param hasRoom whether less than so many percent of those wait that may
     */
    record Way(Function<RawPayload, CompletionStage<Boolean>> store, IntPredicate hasRoom) {}

    private static final long MOST_WAITING_BYTES = 64L << 20;

    private final AtomicLong waitingBytes = new AtomicLong();
    private final Way announcing;
    private final Way withoutBroker;
    private volatile boolean brokerIsAway;

    Reception(Way announcing, Way withoutBroker) {
        this.announcing = announcing;
        this.withoutBroker = withoutBroker;
    }

    /** @param percent of what may wait, in payloads and in bytes, that less than which has to wait now */
    boolean hasRoom(int percent) {
        return waitingBytes.get() <= MOST_WAITING_BYTES * percent / 100
                && (brokerIsAway ? withoutBroker : announcing).hasRoom().test(percent);
    }

    CompletionStage<Boolean> store(RawPayload payload) {
        int size = payload.body().length;
        waitingBytes.addAndGet(size);
        return way(payload).whenComplete((isNew, failure) -> waitingBytes.addAndGet(-size));
    }

    private CompletionStage<Boolean> way(RawPayload payload) {
        return brokerIsAway
                ? withoutBroker.store().apply(payload)
                : announcing.store().apply(payload).exceptionallyCompose(failure -> storeAlone(payload, failure));
    }

    /** Safe whatever the reason was: nothing of the first attempt is left, and a delivery counts once. */
    private CompletionStage<Boolean> storeAlone(RawPayload payload, Throwable failure) {
        if (!wasRolledBack(failure)) {
            return CompletableFuture.failedFuture(failure);
        }
        return withoutBroker.store().apply(payload).whenComplete((isNew, again) -> {
            if (Boolean.TRUE.equals(isNew) && !brokerIsAway) {
                brokerIsAway = true;
                LOG.warnf(
                        "%s payloads are stored without messages: %s",
                        RuntimeError.BROKER_DOWN.code(), failure.getMessage());
            }
        });
    }

    private static boolean wasRolledBack(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        ErrorCode code = cause instanceof RetailException retail ? retail.code() : null;
        return code == RuntimeError.BROKER_DOWN || code == RuntimeError.ROLLED_BACK;
    }

    /** What waited is sent, or nothing waits. */
    void brokerAnswers() {
        brokerIsAway = false;
    }
}
