package org.retailhub.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.operations.domain.Vitals;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.RetailException;

/**
 * Takes the hub's state: asks each module, the broker and the doors, once a second at most, however many ask. Remembers since when a queue
 * stands.
 */
public final class Pulse {
    private static final Duration STANDS = Duration.ofMinutes(2);
    private static final Duration KEPT = Duration.ofSeconds(1);

    private record Stand(long taken, Instant since) {}

    private final Modules modules;
    private final Queues queues;
    private final Runnable orders;
    private final Clock clock;
    private final Map<String, Stand> stands = new HashMap<>();
    private @Nullable Vitals last;

    /** @param orders throws a {@link RetailException} while none are taken in */
    public Pulse(Modules modules, Queues queues, Runnable orders, Clock clock) {
        this.modules = modules;
        this.queues = queues;
        this.orders = orders;
        this.clock = clock;
    }

    /** Who asks while another's answer is under way waits for that one. */
    public synchronized Vitals take() {
        Instant now = clock.instant();
        Vitals kept = last;
        if (kept == null || now.isBefore(kept.at()) || !now.isBefore(kept.at().plus(KEPT))) {
            kept = look(now);
            last = kept;
        }
        return kept;
    }

    private Vitals look(Instant now) {
        Modules.Answers<List<Insight.Signal>> answers = modules.ask(Insight::signals);
        Map<String, Queues.Depth> depths = queues.now();
        Map<String, Long> messages = new TreeMap<>();
        depths.forEach((queue, depth) -> messages.put(queue, depth.messages()));
        return new Vitals(now, answers.byModule(), answers.unanswered(), messages, standing(depths, now), refusal());
    }

    private Set<String> standing(Map<String, Queues.Depth> depths, Instant now) {
        Set<String> standing = new HashSet<>();
        stands.keySet().retainAll(depths.keySet());
        depths.forEach((queue, depth) -> {
            Stand before = stands.get(queue);
            if (depth.messages() == 0 || queue.endsWith(".dead")) {
                stands.remove(queue);
            } else if (before == null || before.taken() != depth.taken()) {
                stands.put(queue, new Stand(depth.taken(), now));
            } else if (before.since().plus(STANDS).isBefore(now)) {
                standing.add(queue);
            }
        });
        return standing;
    }

    private Vitals.@Nullable Refusal refusal() {
        try {
            orders.run();
            return null;
        } catch (RetailException e) {
            return new Vitals.Refusal(e.code().code(), e.detail());
        }
    }
}
