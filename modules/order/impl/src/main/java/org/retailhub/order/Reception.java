package org.retailhub.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.domain.OrderLife;
import org.retailhub.order.domain.Placement;
import org.retailhub.order.domain.Placements;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * Takes new orders in, whichever door they came by: decides how each begins, stores them, sends what goes to the ERP module. Storing
 * joins the caller's transaction, which has locked the natural keys.
 */
public final class Reception {
    private final Placements placements;
    private final KnownSkus knownSkus;
    private final Policies policies;
    private final Fulfilment fulfilment;
    private final OrderSteps steps;
    private final MessageSender sender;
    private final Trace trace;
    private final Clock clock;

    Reception(
            Placements placements,
            KnownSkus knownSkus,
            Policies policies,
            Fulfilment fulfilment,
            OrderSteps steps,
            MessageSender sender,
            Trace trace,
            Clock clock) {
        this.placements = placements;
        this.knownSkus = knownSkus;
        this.policies = policies;
        this.fulfilment = fulfilment;
        this.steps = steps;
        this.sender = sender;
        this.trace = trace;
        this.clock = clock;
    }

    /** By tenant; one question each for the whole batch. Test orders need none. */
    public Map<String, Set<String>> unknownSkus(List<Placement> batch) {
        Map<String, Set<String>> asked = new HashMap<>();
        for (Placement placement : batch) {
            if (!placement.document().test()) {
                asked.computeIfAbsent(placement.tenant(), t -> new HashSet<>())
                        .addAll(placement.document().skus());
            }
        }
        asked.replaceAll(knownSkus::unknownAmong);
        return asked;
    }

    /** How a new order begins: on its way to the ERP, having its stock held first, waiting for master data, or kept from the ERP. */
    public Placements.Fresh begin(Placement placement, Map<String, Set<String>> unknownByTenant) {
        if (placement.document().test()) {
            return new Placements.Fresh(orderId(placement), placement, OrderStatus.NOT_FOR_ERP, Set.of(), null);
        }
        Set<String> unknown = unknownByTenant.getOrDefault(placement.tenant(), Set.of());
        Set<String> awaiting = unknown.isEmpty()
                ? Set.of()
                : new HashSet<>(placement.document().skus());
        if (!awaiting.isEmpty()) {
            awaiting.retainAll(unknown);
        }
        return new Placements.Fresh(
                orderId(placement),
                placement,
                awaiting.isEmpty() ? complete(placement) : OrderStatus.AWAITING_MAPPING,
                awaiting,
                null);
    }

    private OrderStatus complete(Placement placement) {
        return OrderLife.complete(
                policies.of(placement.tenant(), placement.document().channel()).reserves());
    }

    /** One that was cancelled before it came here: kept, never posted. */
    public Placements.Fresh beginCancelled(Placement placement, String reason) {
        return new Placements.Fresh(orderId(placement), placement, OrderStatus.CANCELLED, Set.of(), reason);
    }

    /** The id belongs to the natural key: an order that we forgot by a restore gets back the one that the ERP knows (ADR 0008). */
    private static String orderId(Placement placement) {
        return Ulid.of(placement.document().placedAt().toInstant(), placement.naturalKey());
    }

    public void store(List<Placements.Fresh> fresh) {
        Instant now = clock.instant();
        placements.insert(fresh, now);
        List<OutboundMessage> messages = new ArrayList<>(fresh.size());
        List<Trace.Hop> hops = new ArrayList<>(fresh.size());
        for (Placements.Fresh order : fresh) {
            Placement placement = order.placement();
            String messageId = "";
            if (order.postingSequence() > 0) {
                OutboundMessage message = Postings.post(new Postings.Sale(
                        order.orderId(),
                        placement.tenant(),
                        1,
                        placement.document(),
                        order.postingSequence(),
                        placement.traceparent()));
                messages.add(message);
                messageId = message.envelope().messageId();
            }
            hops.add(new Trace.Hop(
                    order.orderId(),
                    placement.tenant(),
                    "accepted",
                    messageId,
                    order.status().wire()));
        }
        fulfilment.begin(fresh.stream()
                .filter(order -> order.status() == OrderStatus.SOURCING)
                .map(Placements.Fresh::orderId)
                .toList());
        sender.send(messages);
        trace.record(hops);
        steps.taken(fresh.stream()
                .map(order -> new OrderSteps.Step(
                        order.orderId(),
                        order.placement().tenant(),
                        order.placement().document().channel(),
                        order.placement().traceparent(),
                        ""))
                .toList());
    }
}
