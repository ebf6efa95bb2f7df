package org.retailhub.platform.runtime.messaging;

import java.time.Duration;
import org.retailhub.platform.kernel.ErrorCode;

/**
 * What a handler decides about one message.
 *
 * @param <E> the effect that the handler will write
 */
public sealed interface Verdict<E> {
    /** Good: write this effect. A refusal by a business rule is such an effect too. */
    record Handle<E>(E effect) implements Verdict<E> {}

    /** Cannot be handled as it is: to the hospital; the key's later messages wait behind it. */
    record Park<E>(ErrorCode code, String detail) implements Verdict<E> {}

    /**
     * Too early: tried again by itself.
     *
     * @param retryAfter when to try again
     * @param deadline after that time in all it is parked with the code
     */
    record Hold<E>(ErrorCode code, String detail, Duration retryAfter, Duration deadline) implements Verdict<E> {}

    static <E> Verdict<E> handle(E effect) {
        return new Handle<>(effect);
    }

    static <E> Verdict<E> park(ErrorCode code, String detail) {
        return new Park<>(code, detail);
    }

    static <E> Verdict<E> hold(ErrorCode code, String detail, Duration retryAfter, Duration deadline) {
        return new Hold<>(code, detail, retryAfter, deadline);
    }
}
