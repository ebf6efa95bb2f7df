package org.retailhub.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.domain.Order;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderLife;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Changes and cancels one order. A partner's call opens its own transaction: the order's row is locked first, which also gives the
 * next message its number and enlists the database before the broker. What comes by a queue joins the drain's.
 */
@ApplicationScoped
public class OrderDesk {
    /** Who did it, where a connector's command said so. */
    private static final String CHANNEL = "the channel";

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private Transactions transactions;

    @Inject
    private OrderBook book;

    @Inject
    private Door door;

    @Inject
    private KnownSkus knownSkus;

    @Inject
    private Policies policies;

    @Inject
    private Fulfilment fulfilment;

    @Inject
    private Shipments shipments;

    @Inject
    private OrderSteps steps;

    @Inject
    private MessageSender sender;

    @Inject
    private Trace trace;

    @Inject
    private Clock clock;

    /**
     * The whole order anew. The same content as now changes nothing.
     *
     * @param version that the caller has seen
     * @throws RetailException if it is not theirs, not that version, too late, or not the same order
     */
    public void change(CallContext caller, String orderId, int version, OrderDocument document) {
        Set<String> unknown = document.test() ? Set.of() : unknown(caller, orderId, document);
        inLock(caller, orderId, OptionalInt.of(version), order -> {
            change(order, document, unknown, caller.traceparent(), caller.partner());
            return null;
        });
    }

    /**
     * The whole order anew, in the caller's transaction. Where a person has a change to follow already it is one more of them.
     *
     * @return what became of it
     */
    public OrderStatus changeInHand(String orderId, OrderDocument document, Set<String> unknown, String traceparent) {
        Order order = inHand(orderId);
        OrderStatus before = order.status();
        if (OrderLife.after(before, OrderLife.Happening.LATE_CHANGE).isEmpty()) {
            change(order, document, unknown, traceparent, CHANNEL);
        } else if (!isCurrent(orderId, OrderJson.write(document))) {
            Instant now = clock.instant();
            order.changeLate(document, "the channel changed it after the ERP's document " + order.documentNo(), now);
            entities.flush();
            book.add(
                    new OrderBook.Revision(
                            orderId, order.tenant(), order.revision(), 0, OrderJson.write(document), traceparent),
                    now);
            fulfilment.changed(orderId, document, order.revision(), traceparent);
            hop(order, "", order.status().wire(), step("revision " + order.revision(), before, CHANNEL));
            taken(order, traceparent);
        }
        return order.status();
    }

    private void change(Order order, OrderDocument document, Set<String> unknown, String traceparent, String by) {
        String orderId = order.orderId();
        OrderStatus before = order.status();
        String canonical = OrderJson.write(document);
        if (isCurrent(orderId, canonical)) {
            return;
        }
        refuseIfLeft(order, OrderLife.Happening.CHANGE);
        Instant now = clock.instant();
        boolean reserves = policies.of(order.tenant(), order.channel()).reserves();
        boolean send = order.change(document, unknown.isEmpty(), reserves, now);
        entities.flush();
        long sequence = send ? order.postingSequence() : 0;
        book.add(
                new OrderBook.Revision(orderId, order.tenant(), order.revision(), sequence, canonical, traceparent),
                now);
        book.await(orderId, order.tenant(), order.status() == OrderStatus.AWAITING_MAPPING ? unknown : Set.of());
        if (order.status() == OrderStatus.SOURCING) {
            fulfilment.begin(Set.of(orderId));
        }
        fulfilment.changed(orderId, document, order.revision(), traceparent);
        String messageId = "";
        if (send) {
            Postings.Sale sale =
                    new Postings.Sale(orderId, order.tenant(), order.revision(), document, sequence, traceparent);
            messageId = send(sequence == 1 ? Postings.post(sale) : Postings.amend(sale));
        }
        hop(
                order,
                messageId,
                "changed",
                step("revision " + order.revision() + ", " + order.status().wire(), before, by));
        taken(order, traceparent);
    }

    /** The row is locked by the caller. */
    private Order inHand(String orderId) {
        Order order = entities.find(Order.class, orderId);
        if (order == null) {
            throw notFound(orderId);
        }
        return order;
    }

    private Set<String> unknown(CallContext caller, String orderId, OrderDocument document) {
        // Outside the transaction: a question never joins it. The tenant is the order's own, also for an operator.
        String tenant = book.current(orderId)
                .map(OrderBook.Revision::tenant)
                .filter(caller::maySee)
                .orElseThrow(() -> notFound(orderId));
        Set<String> unknown = new java.util.HashSet<>(document.skus());
        unknown.removeAll(knownSkus.knownAmong(tenant, document.skus()));
        return unknown;
    }

    private boolean isCurrent(String orderId, String canonical) {
        return book.current(orderId).orElseThrow().document().equals(canonical);
    }

    /** Once is enough: an order that is cancelled, or being cancelled, stays as it is. */
    public void cancel(CallContext caller, String orderId, OptionalInt version, String reason) {
        inLock(caller, orderId, version, order -> {
            cancel(order, reason, caller.traceparent(), caller.partner());
            return null;
        });
    }

    /** In the caller's transaction. Where a person has a change to follow already it is kept for that person. @return what became of it */
    public OrderStatus cancelInHand(String orderId, String reason, String traceparent) {
        Order order = inHand(orderId);
        OrderStatus before = order.status();
        if (OrderLife.after(before, OrderLife.Happening.LATE_CANCEL).isEmpty()) {
            cancel(order, reason, traceparent, CHANNEL);
        } else {
            order.cancelLate(reason, clock.instant());
            entities.flush();
            hop(order, "", order.status().wire(), step(reason, before, CHANNEL));
            taken(order, traceparent);
        }
        return order.status();
    }

    private void cancel(Order order, String reason, String traceparent, String by) {
        OrderStatus before = order.status();
        if (order.status() == OrderStatus.CANCELLED || order.status() == OrderStatus.CANCELLING) {
            return;
        }
        refuseIfLeft(order, OrderLife.Happening.CANCEL);
        boolean send = order.cancel(reason, clock.instant());
        entities.flush();
        book.await(order.orderId(), order.tenant(), Set.of());
        String messageId = "";
        if (send) {
            messageId = send(Postings.withdraw(
                    order.orderId(), order.tenant(), order.channel(), order.postingSequence(), reason, traceparent));
        }
        hop(order, messageId, order.status().wire(), step(reason, before, by));
        if (order.status() == OrderStatus.CANCELLED) {
            fulfilment.ended(Set.of(order.orderId()), messageId);
        }
        taken(order, traceparent);
    }

    /** Goods that left cannot be ordered otherwise any more; where it is too late anyhow, that is said instead. */
    private void refuseIfLeft(Order order, OrderLife.Happening happening) {
        if (OrderLife.after(order.status(), happening).isPresent()
                && !shipments.begun(Set.of(order.orderId())).isEmpty()) {
            throw new RetailException(
                    OrderError.ALREADY_SHIPPED, "see /api/order/v1/orders/" + order.orderId() + "/shipments");
        }
    }

    /** From where, and who; cut reasons must not hide it. */
    private static String step(String detail, OrderStatus before, String by) {
        return "was " + before.wire() + ", by " + by + ": " + detail;
    }

    private void taken(Order order, String traceparent) {
        steps.taken(List.of(new OrderSteps.Step(order.orderId(), order.tenant(), order.channel(), traceparent, "")));
    }

    private void inLock(CallContext caller, String orderId, OptionalInt version, Function<Order, Void> work) {
        door.admit(Lane.ORDER);
        transactions.call(() -> {
            Order order = book.lockOne(orderId) ? entities.find(Order.class, orderId) : null;
            if (order == null || !caller.maySee(order.tenant()) || !caller.maySpeakFor(order.channel())) {
                throw notFound(orderId);
            }
            if (version.isPresent() && version.getAsInt() != order.version()) {
                throw new RetailException(
                        OrderError.VERSION_DIFFERS,
                        "the order has version " + order.version() + ", not " + version.getAsInt());
            }
            return work.apply(order);
        });
    }

    static RetailException notFound(String orderId) {
        return new RetailException(OrderError.ORDER_NOT_FOUND, "no order " + orderId);
    }

    /** @return the message's id */
    private String send(OutboundMessage message) {
        sender.send(List.of(message));
        return message.envelope().messageId();
    }

    private void hop(Order order, String messageId, String hop, String detail) {
        trace.record(List.of(new Trace.Hop(order.orderId(), order.tenant(), hop, messageId, detail)));
    }
}
