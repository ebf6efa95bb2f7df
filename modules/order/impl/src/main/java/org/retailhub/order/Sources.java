package org.retailhub.order;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Need;
import org.retailhub.order.domain.OrderStock.Place;
import org.retailhub.order.domain.OrderStock.Shortage;
import org.retailhub.order.sourcing.SourcingDecision;

/** From where orders are sent. Asks other modules, so it is called outside any transaction. */
@FunctionalInterface
public interface Sources {
    /** What an order needs beyond what is held. @param excluded where somebody else was faster */
    record Wanted(
            String orderId,
            String tenant,
            OrderDocument document,
            FulfilmentPolicy policy,
            List<Need> needs,
            Set<Place> excluded) {}

    /**
     * Allocated and short add up to what was needed.
     *
     * @param decision by what rule and why; null if no rule was asked
     */
    record Found(
            List<Allocation> allocations,
            List<Shortage> shortages,
            @Nullable SourcingDecision decision) {
        Found(List<Allocation> allocations, List<Shortage> shortages) {
            this(allocations, shortages, null);
        }
    }

    /**
     * By order. Stock given to one is not given to the next; nothing is held yet.
     *
     * @throws org.retailhub.platform.kernel.RetailException retryable, if what it asks is not answered
     */
    Map<String, Found> decide(List<Wanted> wanted);
}
