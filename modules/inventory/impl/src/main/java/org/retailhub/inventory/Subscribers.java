package org.retailhub.inventory;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.runtime.sent.SentMessages;

/**
 * Who hears of {@link InventoryQueues#EVENTS}: each has a queue that the broker feeds, called after the address and its module. Asked when
 * it is needed, since subscribers come without this module (ADR 0020).
 */
public final class Subscribers {
    private static final String PREFIX = InventoryQueues.EVENTS + ".";
    private static final String DEAD = ".dead";

    /** What the broker passes on to those whose divert has a filter; the others get all. */
    private static final Map<String, Set<String>> FILTERED = Map.of(
            PREFIX + "order",
            Set.of(
                    ReservationChanged.RESERVED,
                    ReservationChanged.REFUSED,
                    ReservationChanged.RELEASED,
                    ReservationChanged.EXPIRED,
                    ReservationChanged.CONSUMED),
            PREFIX + "erp",
            Set.of("StockMoved.v1"));

    /** What the server has. */
    interface Outside {
        /** All queues that it knows by name. */
        List<String> queues();

        /** Sends what was told on the address to this queue alone. */
        SentMessages sender(String queue);

        /** Of the module that drains a queue; null if there is none. */
        @Nullable
        Insight insight(String module);
    }

    private final Outside outside;
    private final Map<String, SentMessages> senders = new ConcurrentHashMap<>();

    Subscribers(Outside outside) {
        this.outside = outside;
    }

    /** Their queues, sorted. */
    public List<String> names() {
        return outside.queues().stream()
                .filter(name -> name.startsWith(PREFIX) && !name.endsWith(DEAD))
                .sorted()
                .toList();
    }

    /** The types of messages that a subscriber gets; empty for all. */
    static Set<String> typesOf(String queue) {
        return FILTERED.getOrDefault(queue, Set.of());
    }

    SentMessages sender(String queue) {
        return senders.computeIfAbsent(queue, outside::sender);
    }

    /** The highest number that the subscriber has handled of each of these keys; empty if nobody can say. */
    Optional<Map<String, Long>> handled(String queue, Set<String> keys) {
        Insight insight = outside.insight(queue.substring(PREFIX.length()));
        return insight == null ? Optional.empty() : insight.handled(queue, keys);
    }
}
