package org.retailhub.platform.runtime.intake;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a door does with a batch of requests.
 *
 * @param <Q> a request, already valid by itself
 * @param <F> facts loaded for a batch
 * @param <R> the answer to one request
 */
public interface Intake<Q, F, R> {
    /** The natural key; a batch holds it once at most, its twins come in later batches and find what the first one left. */
    String key(Q request);

    /** Bulk questions to others, outside the transaction. */
    F load(List<Q> batch);

    /**
     * In the transaction: writes all and says what to answer, in the order of the batch. {@code null} means that the key is locked
     * by somebody whose outcome is open: the request comes again in a later batch.
     */
    List<@Nullable R> write(List<Q> batch, F facts);
}
