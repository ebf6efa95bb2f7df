package org.retailhub.platform.runtime.messaging;

import java.util.List;
import java.util.Set;
import org.retailhub.platform.kernel.Envelope;

/**
 * Handles the messages of one queue, a batch at a time, inside the drain's transaction. A batch has at most one message per
 * business key; the key's next message comes after this one's effect is written.
 *
 * @param <F> facts loaded for a batch
 * @param <E> effect decided for one message
 */
public interface BatchHandler<F, E> {
    /** A message together with the effect decided for it. */
    record Decided<E>(Envelope message, E effect) {}

    /**
     * Whether to receive at all now; false while a dependency that the handler needs is known to be down. Asked outside any
     * transaction, often.
     */
    default boolean mayReceive() {
        return true;
    }

    /** Everything that deciding needs, by bulk questions: a fixed number of calls for the whole batch. */
    F load(List<Envelope> batch);

    /** Pure: message and facts give the verdict. What it throws parks this one message as our bug. */
    Verdict<E> decide(Envelope message, F facts);

    /**
     * Writes all good effects with a fixed number of statements. A failure rolls the whole batch back: a dependency that is
     * down stops the drain for a while, anything else is found by halving.
     */
    void write(List<Decided<E>> good, F facts);

    /**
     * Whether {@link #write} gives this message, if it is good, a hop under the message's own key and id. The drain then writes none that says
     * no more than that it was handled: under load each is a row and two entries of indexes.
     */
    default boolean traces(Envelope message) {
        return false;
    }

    /**
     * Those of these keys whose messages come to this queue. A queue that a divert fills from an address with a filter gets some only, and
     * the sender counts all. Inside the drain's transaction.
     */
    default Set<String> awaited(Set<String> keys) {
        return keys;
    }

    /** Told after a transaction of the drain failed, outside any transaction. */
    default void failed(RuntimeException failure) {}

    /** Told after a transaction of the drain committed, outside any transaction. */
    default void committed() {}
}
