package org.retailhub.operations.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Insight.Signal;

/**
 * The hub at one moment.
 *
 * @param signals by module; a module that did not answer is not in it
 * @param silent modules that did not answer
 * @param queues messages by queue
 * @param standing queues from which nothing was taken for a while though messages lie there
 * @param refusal why nothing is taken in, by its code; null if the doors are open
 */
public record Vitals(
        Instant at,
        Map<String, List<Signal>> signals,
        Set<String> silent,
        Map<String, Long> queues,
        Set<String> standing,
        @Nullable Refusal refusal) {
    /** Why the doors are shut. */
    public record Refusal(String code, String detail) {}
}
