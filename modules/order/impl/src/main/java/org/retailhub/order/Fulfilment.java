package org.retailhub.order;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderLife;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.order.domain.OrderStock;
import org.retailhub.order.domain.Waiting;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * Writes what became of orders' stock sides, moves the orders by it, and sends what follows: commands to inventory, and the posting of what
 * may go to the ERP. A fixed number of statements whatever the number of orders. Joins the caller's transaction, which has the orders'
 * rows locked.
 */
public final class Fulfilment {
    /**
     * Something became of an order's stock.
     *
     * @param happening what that is for the order; null if nothing. An order that went to the ERP already does not move by it
     * @param reason why it stands where it then stands; null if all is well
     * @param hop short verb for the order's way
     * @param messageId what told it, or empty
     */
    public record Outcome(
            StockBook.InHand order,
            @Nullable Happening happening,
            @Nullable String reason,
            String hop,
            String detail,
            String messageId,
            String traceparent) {}

    private final StockBook stockBook;
    private final OrderBook book;
    private final Waiting waiting;
    private final Policies policies;
    private final OrderSteps steps;
    private final MessageSender sender;
    private final Trace trace;
    private final Clock clock;

    public Fulfilment(
            StockBook stockBook,
            OrderBook book,
            Waiting waiting,
            Policies policies,
            OrderSteps steps,
            MessageSender sender,
            Trace trace,
            Clock clock) {
        this.stockBook = stockBook;
        this.book = book;
        this.waiting = waiting;
        this.policies = policies;
        this.steps = steps;
        this.sender = sender;
        this.trace = trace;
        this.clock = clock;
    }

    /** In the order in which they came about; an order may have several. */
    public void write(List<Outcome> outcomes) {
        Instant now = clock.instant();
        Map<String, OrderStock> stocks = new LinkedHashMap<>();
        Map<String, Outcome> last = new LinkedHashMap<>();
        Map<String, OrderStatus> statuses = new LinkedHashMap<>();
        Set<String> moved = new LinkedHashSet<>();
        List<Trace.Hop> hops = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            String id = outcome.order().orderId();
            stocks.put(id, outcome.order().stock());
            last.put(id, outcome);
            OrderStatus before = statuses.getOrDefault(id, outcome.order().status());
            OrderStatus next = next(before, outcome);
            statuses.put(id, next);
            if (next != before) {
                moved.add(id);
            }
            // One that goes on waiting is looked at every few seconds: that is no step of its way.
            if (next != before || outcome.happening() != Happening.SHORT) {
                hops.add(hop(outcome, before, next));
            }
        }
        stockBook.write(stocks.values(), now);
        List<OutboundMessage> messages = commands(last, now);
        messages.addAll(move(moved, statuses, last, now));
        sender.send(messages);
        trace.record(hops);
        steps.taken(moved.stream()
                .map(id -> Objects.requireNonNull(last.get(id)))
                .map(each -> new OrderSteps.Step(
                        each.order().orderId(),
                        each.order().tenant(),
                        each.order().channel(),
                        each.traceparent(),
                        each.messageId()))
                .toList());
    }

    /** What is not in the table happens to the stock of an order that went on to the ERP, or ended. */
    private static OrderStatus next(OrderStatus before, Outcome outcome) {
        return Optional.ofNullable(outcome.happening())
                .flatMap(happening -> OrderLife.after(before, happening))
                .orElse(before);
    }

    private static Trace.Hop hop(Outcome outcome, OrderStatus before, OrderStatus next) {
        String detail =
                next == before ? outcome.detail() : next.wire() + ", was " + before.wire() + ": " + outcome.detail();
        return new Trace.Hop(
                outcome.order().orderId(), outcome.order().tenant(), outcome.hop(), outcome.messageId(), detail);
    }

    private List<OutboundMessage> commands(Map<String, Outcome> orders, Instant now) {
        List<OutboundMessage> messages = new ArrayList<>();
        orders.values().forEach(each -> messages.addAll(commands(each, now)));
        return messages;
    }

    private List<OutboundMessage> commands(Outcome outcome, Instant now) {
        StockBook.InHand order = outcome.order();
        Instant expiresAt =
                now.plus(policies.of(order.tenant(), order.channel()).holdFor());
        return order.stock().commands().stream()
                .map(command -> StockCommands.message(
                        command,
                        new StockCommands.Order(
                                order.orderId(),
                                order.tenant(),
                                order.channel(),
                                expiresAt,
                                outcome.traceparent(),
                                outcome.messageId())))
                .toList();
    }

    /** What goes to the ERP goes as message number 1; the others change their state. */
    private List<OutboundMessage> move(
            Set<String> moved, Map<String, OrderStatus> statuses, Map<String, Outcome> last, Instant now) {
        List<String> posted = new ArrayList<>();
        List<OrderBook.Move> moves = new ArrayList<>();
        for (String id : moved) {
            OrderStatus status = Objects.requireNonNull(statuses.get(id));
            Outcome outcome = Objects.requireNonNull(last.get(id));
            if (status == OrderStatus.POSTING) {
                posted.add(id);
            } else {
                moves.add(new OrderBook.Move(
                        id, outcome.order().tenant(), status, outcome.order().documentNo(), outcome.reason()));
            }
        }
        if (!moves.isEmpty()) {
            book.move(moves, now);
        }
        if (posted.isEmpty()) {
            return List.of();
        }
        List<OrderBook.Revision> ready = List.copyOf(book.currents(posted).values());
        waiting.release(ready, OrderStatus.POSTING, now);
        return ready.stream()
                .map(one -> Postings.post(new Postings.Sale(
                        one.orderId(),
                        one.tenant(),
                        one.revision(),
                        OrderJson.read(one.document()),
                        1,
                        one.traceparent())))
                .toList();
    }

    /**
     * An order has another content, or begins anew: what its lines need no more goes back, the rest is looked for. The order is moved by
     * the caller, who has it locked. Without a stock side nothing happens.
     */
    public void changed(String orderId, OrderDocument document, int revision, String traceparent) {
        StockBook.InHand order = stockBook.find(Set.of(orderId)).get(orderId);
        if (order != null) {
            order.stock().change(OrderSourcing.needs(document), "change-" + revision, clock.instant());
            write(List.of(new Outcome(order, null, null, "stock-changed", "revision " + revision, "", traceparent)));
        }
    }

    /** Orders begin by having their stock held; they are moved by the caller. */
    public void begin(Collection<String> orderIds) {
        stockBook.begin(orderIds, clock.instant());
    }

    /** These orders ended without their goods leaving: what is held goes back. They are moved by the caller, who has them locked. */
    public void ended(Collection<String> orderIds, String messageId) {
        List<Outcome> outcomes = new ArrayList<>();
        stockBook.find(orderIds).forEach((id, order) -> {
            order.stock().end("cancelled");
            outcomes.add(new Outcome(order, null, null, "stock-given-back", "", messageId, order.traceparent()));
        });
        if (!outcomes.isEmpty()) {
            write(outcomes);
        }
    }
}
