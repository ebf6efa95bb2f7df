package org.retailhub.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderLife;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.order.domain.Waiting;
import org.retailhub.order.domain.Waiting.Awaited;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Releases orders whose SKUs master data has learnt: asks it every 2 s for what is awaited, outside any transaction, then posts
 * what is complete, up to 200 orders a transaction. One node at a time, by lease.
 */
final class OrderMapping implements Loop.Step {
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final int MOST_SKUS = 2_000;
    private static final int MOST_ORDERS = 200;

    private static final OrderStatus RELEASED =
            OrderLife.after(OrderStatus.AWAITING_MAPPING, Happening.MAPPED).orElseThrow();

    private final Waiting waiting;
    private final KnownSkus knownSkus;
    private final MessageSender sender;
    private final Trace trace;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;
    private @Nullable Awaited after;

    OrderMapping(
            Waiting waiting,
            KnownSkus knownSkus,
            MessageSender sender,
            Trace trace,
            Transactions transactions,
            Lease lease,
            Clock clock) {
        this.waiting = waiting;
        this.knownSkus = knownSkus;
        this.sender = sender;
        this.trace = trace;
        this.transactions = transactions;
        this.lease = lease;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "order-mapping";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        try {
            List<Awaited> page = waiting.awaited(after, MOST_SKUS);
            List<Awaited> known = known(page);
            boolean more = !known.isEmpty() && transactions.call(() -> release(known)) == MOST_ORDERS;
            if (more) {
                return Loop.Next.atOnce();
            }
            after = page.size() < MOST_SKUS ? null : page.get(page.size() - 1);
            return after == null ? Loop.Next.after(PAUSE) : Loop.Next.atOnce();
        } catch (RetailException e) {
            if (e.kind().retryable()) {
                return Loop.Next.backOff();
            }
            throw e;
        }
    }

    private List<Awaited> known(List<Awaited> awaited) {
        Map<String, Set<String>> byTenant = awaited.stream()
                .collect(Collectors.groupingBy(Awaited::tenant, Collectors.mapping(Awaited::sku, Collectors.toSet())));
        List<Awaited> known = new ArrayList<>();
        byTenant.forEach((tenant, skus) ->
                knownSkus.knownAmong(tenant, skus).forEach(sku -> known.add(new Awaited(tenant, sku))));
        return known;
    }

    /** @return number of orders looked at */
    private int release(List<Awaited> known) {
        if (!lease.take()) {
            return 0;
        }
        Instant now = clock.instant();
        Waiting.CrossedOff crossedOff = waiting.crossOff(known, MOST_ORDERS);
        List<OrderBook.Revision> ready = crossedOff.ready();
        if (!ready.isEmpty()) {
            waiting.release(ready, RELEASED, now);
            List<OutboundMessage> messages = ready.stream()
                    .map(one -> Postings.post(new Postings.Sale(
                            one.orderId(),
                            one.tenant(),
                            one.revision(),
                            OrderJson.read(one.document()),
                            1,
                            one.traceparent())))
                    .toList();
            sender.send(messages);
            trace.record(messages.stream()
                    .map(OutboundMessage::envelope)
                    .map(sent -> new Trace.Hop(
                            sent.businessKey(), sent.tenant(), "mapped", sent.messageId(), RELEASED.wire()))
                    .toList());
        }
        return crossedOff.orders();
    }
}
