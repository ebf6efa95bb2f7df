package org.retailhub.order;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderLife;
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

    private final Waiting waiting;
    private final OrderBook book;
    private final KnownSkus knownSkus;
    private final Policies policies;
    private final Fulfilment fulfilment;
    private final OrderSteps steps;
    private final MessageSender sender;
    private final Trace trace;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;
    private @Nullable Awaited after;

    OrderMapping(
            Waiting waiting,
            OrderBook book,
            KnownSkus knownSkus,
            Policies policies,
            Fulfilment fulfilment,
            OrderSteps steps,
            MessageSender sender,
            Trace trace,
            Transactions transactions,
            Lease lease,
            Clock clock) {
        this.waiting = waiting;
        this.book = book;
        this.knownSkus = knownSkus;
        this.policies = policies;
        this.fulfilment = fulfilment;
        this.steps = steps;
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
        Map<String, OrderDocument> documents = new HashMap<>();
        List<OrderBook.Revision> posted = new ArrayList<>();
        List<OrderBook.Revision> sourced = new ArrayList<>();
        for (OrderBook.Revision one : crossedOff.ready()) {
            OrderDocument document = OrderJson.read(one.document());
            documents.put(one.orderId(), document);
            boolean reserves = policies.of(one.tenant(), document.channel()).reserves();
            (reserves ? sourced : posted).add(one);
        }
        if (!posted.isEmpty()) {
            post(posted, documents, now);
        }
        if (!sourced.isEmpty()) {
            source(sourced, now);
        }
        steps.taken(crossedOff.ready().stream()
                .map(one -> new OrderSteps.Step(
                        one.orderId(), one.tenant(), document(documents, one).channel(), one.traceparent(), ""))
                .toList());
        return crossedOff.orders();
    }

    private static OrderDocument document(Map<String, OrderDocument> documents, OrderBook.Revision one) {
        return Objects.requireNonNull(documents.get(one.orderId()), "each was read");
    }

    private void post(List<OrderBook.Revision> ready, Map<String, OrderDocument> documents, Instant now) {
        OrderStatus released = OrderLife.complete(false);
        waiting.release(ready, released, now);
        List<OutboundMessage> messages = ready.stream()
                .map(one -> Postings.post(new Postings.Sale(
                        one.orderId(), one.tenant(), one.revision(), document(documents, one), 1, one.traceparent())))
                .toList();
        sender.send(messages);
        trace.record(messages.stream()
                .map(OutboundMessage::envelope)
                .map(sent ->
                        new Trace.Hop(sent.businessKey(), sent.tenant(), "mapped", sent.messageId(), released.wire()))
                .toList());
    }

    private void source(List<OrderBook.Revision> ready, Instant now) {
        OrderStatus released = OrderLife.complete(true);
        book.move(
                ready.stream()
                        .map(one -> new OrderBook.Move(one.orderId(), one.tenant(), released, null, null))
                        .toList(),
                now);
        fulfilment.begin(ready.stream().map(OrderBook.Revision::orderId).toList());
        trace.record(ready.stream()
                .map(one -> new Trace.Hop(one.orderId(), one.tenant(), "mapped", "", released.wire()))
                .toList());
    }
}
