package org.retailhub.order.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.order.Fulfilment;
import org.retailhub.order.OrderSteps;
import org.retailhub.order.Shipping;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderLife;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.trace.Trace;

/** Moves orders by what the ERP module tells of their postings. */
public final class ErpVerdicts implements BatchHandler<Map<String, OrderBook.Standing>, OrderBook.Move> {
    private static final Map<String, Happening> HAPPENINGS = Map.of(
            PostingEvent.ACKNOWLEDGED, Happening.ACKNOWLEDGED,
            PostingEvent.REJECTED, Happening.REJECTED,
            PostingEvent.WITHDRAWN, Happening.WITHDRAWN,
            PostingEvent.AMENDMENT_REFUSED, Happening.AMENDMENT_REFUSED,
            PostingEvent.WITHDRAWAL_REFUSED, Happening.WITHDRAWAL_REFUSED);

    /** An order that is not there is one that a restore took back: it may come again. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private static final Duration DEADLINE = Duration.ofHours(1);

    private final OrderBook book;
    private final Fulfilment fulfilment;
    private final Shipping shipping;
    private final OrderSteps steps;
    private final Trace trace;
    private final Clock clock;

    public ErpVerdicts(
            OrderBook book, Fulfilment fulfilment, Shipping shipping, OrderSteps steps, Trace trace, Clock clock) {
        this.book = book;
        this.fulfilment = fulfilment;
        this.shipping = shipping;
        this.steps = steps;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Map<String, OrderBook.Standing> load(List<Envelope> batch) {
        return book.lock(batch.stream().map(Envelope::businessKey).toList());
    }

    static PostingEvent read(Envelope message) {
        return StrictJson.readMessage(message.body(), PostingEvent.class);
    }

    @Override
    public Verdict<OrderBook.Move> decide(Envelope message, Map<String, OrderBook.Standing> standings) {
        if (message.type().equals(SalesShipment.TAKEN)) {
            return taken(message, standings);
        }
        Happening happening = HAPPENINGS.get(message.type());
        if (happening == null) {
            return Verdict.park(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
        }
        PostingEvent event;
        try {
            event = read(message);
        } catch (RetailException e) {
            return Verdict.park(e.code(), e.detail());
        }
        OrderBook.Standing standing = standings.get(message.businessKey());
        if (standing == null) {
            return Verdict.hold(
                    OrderError.ORDER_NOT_FOUND, "no order '" + message.businessKey() + "'", RETRY, DEADLINE);
        }
        if (happening == Happening.ACKNOWLEDGED && isEarlier(event, standing)) {
            happening = Happening.EARLIER_ACKNOWLEDGED;
        }
        Optional<OrderStatus> next = OrderLife.after(standing.status(), happening);
        if (next.isEmpty()) {
            return Verdict.park(
                    OrderError.UNEXPECTED_VERDICT,
                    happening + " while the order is " + standing.status().wire());
        }
        return Verdict.handle(new OrderBook.Move(
                message.businessKey(),
                message.tenant(),
                next.get(),
                event.documentNo() == null ? standing.documentNo() : event.documentNo(),
                event.reason() == null && happening != Happening.ACKNOWLEDGED ? standing.reason() : event.reason()));
    }

    private static boolean isEarlier(PostingEvent event, OrderBook.Standing standing) {
        return event.postingSequence() != null && event.postingSequence() < standing.postingSequence();
    }

    static SalesShipment.Taken readTaken(Envelope message) {
        return StrictJson.readMessage(message.body(), SalesShipment.Taken.class);
    }

    /** It moves the order only if it is the last one that was open. */
    private static Verdict<OrderBook.Move> taken(Envelope message, Map<String, OrderBook.Standing> standings) {
        try {
            readTaken(message);
        } catch (RetailException e) {
            return Verdict.park(e.code(), e.detail());
        }
        OrderBook.Standing standing = standings.get(message.businessKey());
        return standing == null
                ? Verdict.hold(OrderError.ORDER_NOT_FOUND, "no order '" + message.businessKey() + "'", RETRY, DEADLINE)
                : Verdict.handle(new OrderBook.Move(
                        message.businessKey(),
                        message.tenant(),
                        standing.status(),
                        standing.documentNo(),
                        standing.reason()));
    }

    @Override
    public boolean traces(Envelope message) {
        return !message.type().equals(SalesShipment.TAKEN);
    }

    @Override
    public void write(List<Decided<OrderBook.Move>> all, Map<String, OrderBook.Standing> standings) {
        List<Decided<OrderBook.Move>> good = all.stream()
                .filter(one -> !one.message().type().equals(SalesShipment.TAKEN))
                .toList();
        if (!good.isEmpty()) {
            move(good, standings);
        }
        shipping.answered(all.stream()
                .filter(one -> one.message().type().equals(SalesShipment.TAKEN))
                .map(ErpVerdicts::answer)
                .toList());
    }

    private static Shipping.Answer answer(Decided<OrderBook.Move> one) {
        SalesShipment.Taken taken = readTaken(one.message());
        return new Shipping.Answer(
                one.message().businessKey(),
                one.message().tenant(),
                taken.shipmentNumber(),
                taken.documentNo(),
                taken.reason(),
                one.message().messageId(),
                one.message().traceparent());
    }

    private void move(List<Decided<OrderBook.Move>> good, Map<String, OrderBook.Standing> standings) {
        book.move(good.stream().map(Decided::effect).toList(), clock.instant());
        trace.record(good.stream()
                .map(one -> new Trace.Hop(
                        one.message().businessKey(),
                        one.message().tenant(),
                        one.effect().status().wire(),
                        one.message().messageId(),
                        detail(one.effect(), standings)))
                .toList());
        List<Decided<OrderBook.Move>> ended = good.stream()
                .filter(one -> one.effect().status() == OrderStatus.CANCELLED)
                .toList();
        if (!ended.isEmpty()) {
            fulfilment.ended(
                    ended.stream().map(one -> one.effect().orderId()).toList(),
                    ended.get(0).message().messageId());
        }
        Set<String> movedOn = shipping.acknowledged(
                good.stream()
                        .filter(one -> OrderLife.isAcknowledged(one.effect().status()))
                        .map(one -> one.effect().orderId())
                        .toList(),
                good.get(0).message().messageId());
        steps.taken(good.stream()
                .filter(one -> !movedOn.contains(one.effect().orderId()))
                .map(one -> step(one, standings))
                .toList());
    }

    private static OrderSteps.Step step(Decided<OrderBook.Move> one, Map<String, OrderBook.Standing> standings) {
        OrderBook.Standing standing =
                Objects.requireNonNull(standings.get(one.effect().orderId()), "decided by it");
        return new OrderSteps.Step(
                one.effect().orderId(),
                standing.tenant(),
                standing.channel(),
                one.message().traceparent(),
                one.message().messageId());
    }

    private static String detail(OrderBook.Move move, Map<String, OrderBook.Standing> standings) {
        OrderBook.Standing standing = Objects.requireNonNull(standings.get(move.orderId()), "decided by it");
        String document = move.documentNo() == null ? "" : ", document " + move.documentNo();
        String reason = move.reason() == null ? "" : ": " + move.reason();
        return "was " + standing.status().wire() + ", by the ERP" + document + reason;
    }
}
