package org.retailhub.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.RecordMovement;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderLife;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.order.domain.OrderShipping;
import org.retailhub.order.domain.OrderStock;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;

/**
 * What follows when goods have left, whichever way it was told: the stock they were, the order, the ERP, and whoever listens. A fixed number of
 * statements whatever their number. Joins the caller's transaction, which has the orders' rows locked.
 *
 * <p>What was ordered is consumed where it was held, and sold where it was not. What is more than ordered is a sale that refers to no order:
 * the ERP's document is not about it. What the ERP hears of a shipment it hears after it has acknowledged the order.
 */
public final class Shipping {
    /** The feed that inventory knows these sales by. */
    static final String FEED = "hub-shipments";

    private static final int LONGEST_DETAIL = 120;

    /** A shipment to be taken. @param messageId what told it, or empty */
    public record Confirmation(
            String orderId,
            String tenant,
            ShipmentDocument shipment,
            String by,
            String traceparent,
            String messageId) {}

    private final Shipments shipments;
    private final OrderBook book;
    private final StockBook stockBook;
    private final Fulfilment fulfilment;
    private final OrderSteps steps;
    private final MessageSender sender;
    private final Clock clock;

    public Shipping(
            Shipments shipments,
            OrderBook book,
            StockBook stockBook,
            Fulfilment fulfilment,
            OrderSteps steps,
            MessageSender sender,
            Clock clock) {
        this.shipments = shipments;
        this.book = book;
        this.stockBook = stockBook;
        this.fulfilment = fulfilment;
        this.steps = steps;
        this.sender = sender;
        this.clock = clock;
    }

    /** Why goods cannot have left for an order that stands so; empty if they can. */
    public static Optional<RetailException> refusal(
            String orderId, OrderStatus status, OrderDocument order, ShipmentDocument shipment, String parent) {
        if (OrderLife.after(status, Happening.SHIPPED_WHOLE).isEmpty()) {
            return Optional.of(
                    new RetailException(OrderError.NOT_SHIPPABLE, "order " + orderId + " is " + status.wire()));
        }
        List<Integer> unknown = OrderShipping.unknown(order, shipment);
        if (unknown.isEmpty()) {
            return Optional.empty();
        }
        List<RetailException.Violation> violations = unknown.stream()
                .map(place -> new RetailException.Violation(
                        parent + "lines[" + place + "].lineId", "is no line of order " + orderId))
                .toList();
        return Optional.of(new RetailException(
                OrderError.SHIPMENT_LINE_UNKNOWN,
                violations.get(0).field() + " " + violations.get(0).message(),
                violations,
                null));
    }

    /** What is gathered for one transaction. */
    private static final class Work {
        private final List<Shipments.Row> rows = new ArrayList<>();
        private final List<Fulfilment.Outcome> outcomes = new ArrayList<>();
        private final List<OutboundMessage> movements = new ArrayList<>();
        private final List<OrderSteps.Shipped> events = new ArrayList<>();
        private final Map<String, Integer> places = new HashMap<>();
    }

    /**
     * Takes shipments whose numbers are new, in their order; an order may have several.
     *
     * @throws RetailException if the order's state or lines do not allow one, or a number has just been used
     */
    public void confirm(List<Confirmation> confirmations) {
        if (confirmations.isEmpty()) {
            return;
        }
        Set<String> ids = confirmations.stream().map(Confirmation::orderId).collect(Collectors.toSet());
        Map<String, StockBook.InHand> orders = stockBook.findAll(ids);
        Map<String, OrderBook.Revision> revisions = book.currents(ids);
        Map<String, OrderShipping> shipping = shipments.shipping(revisions.values());
        Map<String, OrderDocument> documents = new HashMap<>();
        revisions.forEach((id, revision) -> documents.put(id, OrderJson.read(revision.document())));
        Instant now = clock.instant();
        Work work = new Work();
        for (Confirmation each : confirmations) {
            StockBook.InHand order = Objects.requireNonNull(orders.get(each.orderId()), "locked by the caller");
            OrderDocument document = Objects.requireNonNull(documents.get(each.orderId()), "each has a revision");
            refusal(each.orderId(), order.status(), document, each.shipment(), "")
                    .ifPresent(refused -> {
                        throw refused;
                    });
            take(
                    each,
                    order,
                    document,
                    Objects.requireNonNull(shipping.get(each.orderId()), "each has a revision"),
                    now,
                    work);
        }
        if (shipments.add(work.rows) < work.rows.size()) {
            throw new RetailException(
                    RuntimeError.KEY_IN_DOUBT, "the shipment's number has just been used by another call");
        }
        shipments.write(shipping);
        sender.send(work.movements);
        steps.shipped(work.events);
        fulfilment.write(work.outcomes);
        post(
                work.rows.stream()
                        .filter(row -> row.erpState() == Shipments.ErpState.TOLD)
                        .toList(),
                orders,
                documents);
    }

    private void take(
            Confirmation confirmation,
            StockBook.InHand order,
            OrderDocument document,
            OrderShipping shipping,
            Instant now,
            Work work) {
        ShipmentDocument shipment = confirmation.shipment();
        List<OrderShipping.Leaving> leaving = shipping.take(shipment);
        Map<String, BigDecimal> unheld = order.stock()
                .ship(
                        shipment.location(),
                        shipment.shipmentNumber(),
                        leaving.stream()
                                .map(each ->
                                        new OrderStock.Leaving(each.lineId(), each.sku(), each.ordered(), each.open()))
                                .toList(),
                        now);
        unheld.forEach(shipping::wasNotHeld);
        sell(confirmation, order, leaving, unheld, work);
        boolean whole = shipping.isWhole();
        boolean acknowledged = OrderLife.isAcknowledged(order.status());
        if (whole && acknowledged) {
            order.stock().end(shipment.shipmentNumber() + "-end");
        }
        String over = over(leaving);
        work.outcomes.add(new Fulfilment.Outcome(
                order,
                whole ? Happening.SHIPPED_WHOLE : Happening.SHIPPED_IN_PART,
                over.isEmpty() ? order.reason() : moreThanOrdered(over),
                "goods-left",
                detail(confirmation, leaving, over),
                confirmation.messageId(),
                confirmation.traceparent()));
        if (order.status() == OrderStatus.RESERVING && !order.stock().isAsking()) {
            work.outcomes.add(new Fulfilment.Outcome(
                    order,
                    Happening.NOT_HELD,
                    null,
                    "stock-changed",
                    "what was asked for is given back: goods have left",
                    confirmation.messageId(),
                    confirmation.traceparent()));
        }
        int place = work.places.merge(order.orderId(), 1, Integer::sum);
        work.rows.add(new Shipments.Row(
                order.tenant(),
                shipment.shipmentNumber(),
                order.orderId(),
                place,
                OrderJson.write(shipment),
                over.isEmpty() ? null : over,
                acknowledged ? Shipments.ErpState.TOLD : Shipments.ErpState.WAITING,
                now,
                null,
                now,
                confirmation.traceparent(),
                null));
        work.events.add(new OrderSteps.Shipped(
                order.orderId(),
                document.channelOrderId(),
                order.tenant(),
                order.channel(),
                shipment,
                leaving,
                whole,
                confirmation.traceparent(),
                confirmation.messageId()));
    }

    /** What was not held leaves as a sale of the order; what is more than ordered as one of no order's. */
    private static void sell(
            Confirmation confirmation,
            StockBook.InHand order,
            List<OrderShipping.Leaving> leaving,
            Map<String, BigDecimal> unheld,
            Work work) {
        StockCommands.Order whose = new StockCommands.Order(
                order.orderId(),
                order.tenant(),
                order.channel(),
                Instant.EPOCH,
                confirmation.traceparent(),
                confirmation.messageId());
        int line = 0;
        for (OrderShipping.Leaving each : leaving) {
            line++;
            BigDecimal sold = unheld.getOrDefault(each.lineId(), BigDecimal.ZERO);
            if (sold.signum() > 0) {
                work.movements.add(StockCommands.movement(
                        sale(confirmation, each.sku(), String.valueOf(line), sold, order, null), whose));
            }
            if (each.over().signum() > 0) {
                work.movements.add(StockCommands.movement(
                        sale(
                                confirmation,
                                each.sku(),
                                line + "-over",
                                each.over(),
                                order,
                                moreThanOrdered(order.orderId())),
                        whose));
            }
        }
    }

    private static RecordMovement.Movement sale(
            Confirmation confirmation,
            String sku,
            String line,
            BigDecimal quantity,
            StockBook.InHand order,
            @Nullable String beyondOrder) {
        ShipmentDocument shipment = confirmation.shipment();
        return new RecordMovement.Movement(
                FEED,
                null,
                shipment.shipmentNumber(),
                line,
                MovementKind.SALE.wire(),
                sku,
                shipment.location(),
                quantity.negate().setScale(3, RoundingMode.UNNECESSARY),
                null,
                shipment.shippedAt(),
                beyondOrder == null ? order.orderId() : null,
                beyondOrder,
                order.channel(),
                null);
    }

    private static String over(List<OrderShipping.Leaving> leaving) {
        return leaving.stream()
                .filter(each -> each.over().signum() > 0)
                .map(each -> "line " + each.lineId() + " by " + plain(each.over()))
                .collect(Collectors.joining(", "));
    }

    private static String detail(Confirmation confirmation, List<OrderShipping.Leaving> leaving, String over) {
        String goods = leaving.stream()
                .map(each -> plain(each.quantity()) + " " + each.sku())
                .collect(Collectors.joining(", "));
        String whole =
                "shipment " + confirmation.shipment().shipmentNumber() + " by " + confirmation.by() + ": " + goods
                        + " from " + confirmation.shipment().location()
                        + (over.isEmpty() ? "" : ", over: " + over);
        return whole.length() > LONGEST_DETAIL ? whole.substring(0, LONGEST_DETAIL) : whole;
    }

    private static String plain(BigDecimal quantity) {
        return quantity.stripTrailingZeros().toPlainString();
    }

    private void post(
            List<Shipments.Row> rows, Map<String, StockBook.InHand> orders, Map<String, OrderDocument> documents) {
        if (rows.isEmpty()) {
            return;
        }
        List<Long> numbers =
                book.nextPostings(rows.stream().map(Shipments.Row::orderId).toList());
        List<OutboundMessage> messages = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            Shipments.Row row = rows.get(i);
            messages.add(Postings.ship(
                    row.orderId(),
                    row.tenant(),
                    Objects.requireNonNull(orders.get(row.orderId())).channel(),
                    OrderJson.readShipment(row.document()),
                    Objects.requireNonNull(documents.get(row.orderId())),
                    numbers.get(i),
                    row.traceparent()));
        }
        sender.send(messages);
    }

    /**
     * The ERP has acknowledged these orders, which have been moved: what had left before is told to it, and moves them on.
     *
     * @return the orders that moved: of those that stay where the ERP's answer brought them nothing is told here
     */
    public Set<String> acknowledged(Collection<String> orderIds, String messageId) {
        List<Shipments.Row> waiting = orderIds.isEmpty() ? List.of() : shipments.waiting(orderIds);
        if (waiting.isEmpty()) {
            return Set.of();
        }
        Set<String> ids =
                waiting.stream().map(Shipments.Row::orderId).collect(Collectors.toCollection(LinkedHashSet::new));
        Map<String, StockBook.InHand> orders = stockBook.findAll(ids);
        Map<String, OrderBook.Revision> revisions = book.currents(ids);
        Map<String, OrderShipping> shipping = shipments.shipping(revisions.values());
        Map<String, OrderDocument> documents = new HashMap<>();
        revisions.forEach((id, revision) -> documents.put(id, OrderJson.read(revision.document())));
        shipments.told(waiting, clock.instant());
        List<Fulfilment.Outcome> outcomes = new ArrayList<>();
        Set<String> moved = new HashSet<>();
        for (String id : ids) {
            StockBook.InHand order = Objects.requireNonNull(orders.get(id), "it has a shipment");
            boolean whole = Objects.requireNonNull(shipping.get(id), "each has a revision")
                    .isWhole();
            if (whole) {
                order.stock().end("shipped");
            }
            Happening happening = whole ? Happening.SHIPPED_WHOLE : Happening.SHIPPED_IN_PART;
            if (OrderLife.after(order.status(), happening)
                    .filter(next -> next != order.status())
                    .isPresent()) {
                moved.add(id);
            }
            outcomes.add(new Fulfilment.Outcome(
                    order,
                    happening,
                    overOf(id, waiting).map(Shipping::moreThanOrdered).orElse(order.reason()),
                    "goods-left",
                    "before the ERP acknowledged it",
                    messageId,
                    order.traceparent()));
        }
        fulfilment.write(outcomes);
        post(waiting, orders, documents);
        return moved;
    }

    private static Optional<String> overOf(String orderId, List<Shipments.Row> rows) {
        String over = rows.stream()
                .filter(row -> row.orderId().equals(orderId) && row.overShipped() != null)
                .map(Shipments.Row::overShipped)
                .collect(Collectors.joining(", "));
        return over.isEmpty() ? Optional.empty() : Optional.of(over);
    }

    private static String moreThanOrdered(String over) {
        return "more was shipped than ordered: " + over;
    }

    /** What the ERP's module made of a shipment. @param documentNo null if the ERP has none of it */
    public record Answer(
            String orderId,
            String tenant,
            String shipmentNumber,
            @Nullable String documentNo,
            @Nullable String reason,
            String messageId,
            String traceparent) {}

    /** Orders that are shipped and have nothing open at the ERP's module any more are closed. */
    public void answered(List<Answer> answers) {
        if (answers.isEmpty()) {
            return;
        }
        shipments.taken(
                answers.stream()
                        .map(each -> new Shipments.Taken(
                                each.tenant(),
                                each.shipmentNumber(),
                                each.documentNo() == null
                                        ? Shipments.ErpState.NOT_SUPPORTED
                                        : Shipments.ErpState.BOOKED,
                                each.documentNo() == null ? each.reason() : each.documentNo()))
                        .toList(),
                clock.instant());
        Map<String, Answer> byOrder = new LinkedHashMap<>();
        answers.forEach(each -> byOrder.put(each.orderId(), each));
        Set<String> open = shipments.unanswered(byOrder.keySet());
        Map<String, StockBook.InHand> orders = stockBook.findAll(byOrder.keySet());
        List<Fulfilment.Outcome> outcomes = new ArrayList<>();
        byOrder.forEach((id, answer) -> {
            StockBook.InHand order = Objects.requireNonNull(orders.get(id), "locked by the caller");
            outcomes.add(new Fulfilment.Outcome(
                    order,
                    open.contains(id) ? null : Happening.SHIPMENTS_TAKEN,
                    order.reason(),
                    "shipment-at-erp",
                    answer.shipmentNumber() + ": "
                            + (answer.documentNo() == null
                                    ? Objects.requireNonNullElse(answer.reason(), "not supported")
                                    : answer.documentNo()),
                    answer.messageId(),
                    answer.traceparent()));
        });
        fulfilment.write(outcomes);
    }
}
