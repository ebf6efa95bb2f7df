package org.retailhub.order.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.OrderDesk;
import org.retailhub.order.Reception;
import org.retailhub.order.api.CancelOrder;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.order.api.ChangeOrder;
import org.retailhub.order.api.ConfirmShipment;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.api.PlaceOrder;
import org.retailhub.order.canonical.Differences;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.canonical.WireOrder;
import org.retailhub.order.domain.Order;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderLife;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.order.domain.Placement;
import org.retailhub.order.domain.Placements;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * What connectors want done: orders placed, changed and cancelled by their natural key, by the same use cases as over HTTP. Nobody
 * waits for an answer here: what a person has to follow in the ERP is kept for that, what cannot be is parked.
 */
public final class OrderCommands implements BatchHandler<OrderCommands.Facts, OrderCommands.Effect> {
    private static final Duration IN_DOUBT_RETRY = Duration.ofSeconds(1);
    private static final Duration IN_DOUBT_DEADLINE = Duration.ofHours(1);
    private static final Duration UNMAPPED_RETRY = Duration.ofSeconds(30);
    private static final Duration UNMAPPED_DEADLINE = Duration.ofDays(7);
    private static final int LONGEST_REASON = 200;
    /** Where nothing has gone to the ERP: a change may wait for its SKUs. */
    private static final Set<OrderStatus> NOTHING_SENT = Set.copyOf(EnumSet.of(
            OrderStatus.AWAITING_MAPPING,
            OrderStatus.SOURCING,
            OrderStatus.RESERVING,
            OrderStatus.BACKORDERED,
            OrderStatus.NOT_FOR_ERP));

    /** A command as it is on the wire; the order is checked by the door's own rules. */
    record Wire(@Nullable WireOrder order, @Nullable String reason) {}

    /** A command that was read, or why it cannot be: one of the two is null. */
    public record Command(
            @Nullable Placement readable,
            String reason,
            @Nullable RetailException fault) {
        /** Of one without fault. */
        Placement placement() {
            return Objects.requireNonNull(readable, "ask for the fault first");
        }
    }

    /** By message id, by natural key, by order id. */
    public record Facts(
            Map<String, Command> commands,
            Set<String> inDoubt,
            Map<String, Placements.Known> known,
            Map<String, OrderBook.Standing> standings,
            Map<String, String> firstDocuments,
            Map<String, Set<String>> unknownSkus,
            ShipmentCommands.Facts shipments,
            Set<String> begun,
            Map<String, String> claimed) {}

    /** What is to be written for one message. */
    public sealed interface Effect {
        /** A new order. */
        record Begin(Placements.Fresh order) implements Effect {}

        /** The order has it already. */
        record Nothing(String orderId) implements Effect {}

        record Change(String orderId, OrderDocument document, Set<String> unknown) implements Effect {}

        record Cancel(String orderId, String reason) implements Effect {}

        /** Goods have left. */
        record Ship(String orderId, ShipmentDocument shipment) implements Effect {}

        default <T> T fold(
                Function<Begin, T> begin,
                Function<Nothing, T> nothing,
                Function<Change, T> change,
                Function<Cancel, T> cancel,
                Function<Ship, T> ship) {
            if (this instanceof Begin one) {
                return begin.apply(one);
            }
            if (this instanceof Nothing one) {
                return nothing.apply(one);
            }
            if (this instanceof Change one) {
                return change.apply(one);
            }
            return this instanceof Cancel one ? cancel.apply(one) : ship.apply((Ship) this);
        }
    }

    private final Placements placements;
    private final OrderBook book;
    private final Reception reception;
    private final OrderDesk desk;
    private final ShipmentCommands shipments;
    private final Trace trace;
    private final Clock clock;

    public OrderCommands(
            Placements placements,
            OrderBook book,
            Reception reception,
            OrderDesk desk,
            ShipmentCommands shipments,
            Trace trace,
            Clock clock) {
        this.placements = placements;
        this.book = book;
        this.reception = reception;
        this.desk = desk;
        this.shipments = shipments;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Facts load(List<Envelope> batch) {
        Map<String, Command> commands = new HashMap<>();
        List<Placement> readable = new ArrayList<>();
        Map<String, ShipmentCommands.Command> shipped = shipments.read(batch);
        for (Envelope message : batch) {
            if (shipped.containsKey(message.messageId())) {
                continue;
            }
            Command command = read(message, clock.instant());
            commands.put(message.messageId(), command);
            if (command.fault() == null) {
                readable.add(command.placement());
            }
        }
        Map<String, Set<String>> unknown = reception.unknownSkus(readable);
        Set<String> inDoubt = new HashSet<>();
        List<Boolean> locked = placements.lock(readable);
        for (int i = 0; i < locked.size(); i++) {
            if (!locked.get(i)) {
                inDoubt.add(readable.get(i).naturalKey());
            }
        }
        Map<String, Placements.Known> known = readable.isEmpty() ? Map.of() : placements.known(readable);
        Set<String> orderIds = new HashSet<>();
        known.values().forEach(one -> orderIds.add(one.orderId()));
        Map<String, String> shippedFor = shipments.ordersOf(shipped);
        orderIds.addAll(shippedFor.values());
        Map<String, OrderBook.Standing> standings = orderIds.isEmpty() ? Map.of() : book.lock(orderIds);
        // Under the lock: a confirmation over HTTP may have been about to say so.
        Set<String> begun = orderIds.isEmpty() ? Set.of() : shipments.begun(orderIds);
        return new Facts(
                commands,
                inDoubt,
                known,
                standings,
                firstDocuments(batch, commands, known),
                unknown,
                shipments.load(shipped, shippedFor),
                begun,
                new HashMap<>());
    }

    /** Of orders that are placed once more, for telling what differs. */
    private Map<String, String> firstDocuments(
            List<Envelope> batch, Map<String, Command> commands, Map<String, Placements.Known> known) {
        Set<String> orderIds = new HashSet<>();
        for (Envelope message : batch) {
            Command command = commands.get(message.messageId());
            if (message.type().equals(PlaceOrder.TYPE) && command != null && command.fault() == null) {
                Placements.Known order = known.get(command.placement().naturalKey());
                if (order != null) {
                    orderIds.add(order.orderId());
                }
            }
        }
        return placements.firstDocuments(orderIds);
    }

    static Command read(Envelope message, Instant now) {
        try {
            Wire wire = StrictJson.readMessage(message.body(), Wire.class);
            if (wire.order() == null) {
                throw new RetailException(OrderError.INVALID_ORDER, "order is required");
            }
            OrderDocument document = OrderCheck.check(wire.order(), now);
            String key = CanonicalOrder.businessKey(message.tenant(), document.channel(), document.channelOrderId());
            if (message.tenant().isEmpty() || !key.equals(message.businessKey())) {
                throw new RetailException(RuntimeError.MALFORMED_MESSAGE, "the message's key is not that of its order");
            }
            String reason = wire.reason() == null ? "" : wire.reason();
            if (message.type().equals(CancelOrder.TYPE) && (reason.isBlank() || reason.length() > LONGEST_REASON)) {
                throw new RetailException(
                        OrderError.INVALID_CANCELLATION, "reason: 1 to " + LONGEST_REASON + " characters");
            }
            return new Command(
                    Placement.of(message.tenant(), document, Optional.empty(), message.traceparent()), reason, null);
        } catch (RetailException e) {
            return new Command(null, "", e);
        }
    }

    @Override
    public Verdict<Effect> decide(Envelope message, Facts facts) {
        Verdict<Effect> verdict = message.type().equals(ConfirmShipment.TYPE)
                ? shipments.decide(message, facts.shipments(), facts.standings())
                : decideOnOrder(message, facts);
        return verdict instanceof Verdict.Handle<Effect> handle ? alone(handle, message, facts) : verdict;
    }

    /** Of one round, an order's shipments and its changes were decided by the same state: the later kind comes in another round. */
    private static Verdict<Effect> alone(Verdict.Handle<Effect> handle, Envelope message, Facts facts) {
        String orderId = handle.effect()
                .fold(
                        begin -> "",
                        nothing -> "",
                        change -> change.orderId(),
                        cancel -> cancel.orderId(),
                        ship -> ship.orderId());
        String kind = message.type().equals(ConfirmShipment.TYPE) ? "shipment" : "order";
        if (orderId.isEmpty()
                || facts.claimed().merge(orderId, kind, (first, other) -> first).equals(kind)) {
            return handle;
        }
        return Verdict.hold(
                RuntimeError.KEY_IN_DOUBT,
                "something else happens to order " + orderId,
                IN_DOUBT_RETRY,
                IN_DOUBT_DEADLINE);
    }

    private Verdict<Effect> decideOnOrder(Envelope message, Facts facts) {
        Command command =
                Objects.requireNonNull(facts.commands().get(message.messageId()), "each message of the round was read");
        RetailException fault = command.fault();
        if (fault != null) {
            return Verdict.park(fault.code(), fault.detail());
        }
        String key = command.placement().naturalKey();
        if (facts.inDoubt().contains(key)) {
            return Verdict.hold(
                    RuntimeError.KEY_IN_DOUBT,
                    "an earlier call with this order's number is not decided yet",
                    IN_DOUBT_RETRY,
                    IN_DOUBT_DEADLINE);
        }
        Placements.Known known = facts.known().get(key);
        return switch (message.type()) {
            case PlaceOrder.TYPE -> known == null ? begin(command, facts) : replay(command, known, facts);
            case ChangeOrder.TYPE -> known == null ? begin(command, facts) : change(command, known, facts);
            case CancelOrder.TYPE ->
                known == null
                        ? Verdict.handle(
                                new Effect.Begin(reception.beginCancelled(command.placement(), command.reason())))
                        : cancel(command, known, facts);
            default -> Verdict.park(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
        };
    }

    private Verdict<Effect> begin(Command command, Facts facts) {
        return Verdict.handle(new Effect.Begin(reception.begin(command.placement(), facts.unknownSkus())));
    }

    private static Verdict<Effect> replay(Command command, Placements.Known known, Facts facts) {
        if (Arrays.equals(known.contentHash(), command.placement().contentHash())) {
            return Verdict.handle(new Effect.Nothing(known.orderId()));
        }
        List<String> fields = Differences.between(
                Objects.requireNonNull(
                        facts.firstDocuments().get(known.orderId()), "an order keeps its first revision"),
                command.placement().canonical());
        return Verdict.park(
                OrderError.CONTENT_DIFFERS, "order " + known.orderId() + " differs: " + String.join(", ", fields));
    }

    private static Verdict<Effect> change(Command command, Placements.Known known, Facts facts) {
        OrderStatus status = standing(known, facts).status();
        OrderDocument document = command.placement().document();
        boolean inTime = OrderLife.after(status, Happening.CHANGE).isPresent();
        if (!inTime && OrderLife.after(status, Happening.LATE_CHANGE).isEmpty()) {
            return Verdict.park(OrderError.TOO_LATE, "order " + known.orderId() + " is " + status.wire());
        }
        if (inTime && facts.begun().contains(known.orderId())) {
            return Verdict.park(OrderError.ALREADY_SHIPPED, "order " + known.orderId());
        }
        if (!Order.isSameTime(known.placedAt(), document.placedAt().toInstant())) {
            return Verdict.park(
                    OrderError.ANOTHER_ORDER,
                    "order " + known.orderId() + " was placed at another time: '" + known.placedAt() + "'");
        }
        if (document.test() != (status == OrderStatus.NOT_FOR_ERP)) {
            return Verdict.park(OrderError.TEST_FLAG_CHANGED, "order " + known.orderId());
        }
        Set<String> unknown = new HashSet<>(document.skus());
        unknown.retainAll(facts.unknownSkus().getOrDefault(command.placement().tenant(), Set.of()));
        if (inTime && !NOTHING_SENT.contains(status) && !unknown.isEmpty()) {
            return Verdict.hold(
                    OrderError.UNMAPPED_CHANGE,
                    "waits until master data knows " + String.join(", ", unknown),
                    UNMAPPED_RETRY,
                    UNMAPPED_DEADLINE);
        }
        return Verdict.handle(new Effect.Change(known.orderId(), document, unknown));
    }

    private static OrderBook.Standing standing(Placements.Known known, Facts facts) {
        return Objects.requireNonNull(facts.standings().get(known.orderId()), "what is known was locked");
    }

    private static Verdict<Effect> cancel(Command command, Placements.Known known, Facts facts) {
        OrderStatus status = standing(known, facts).status();
        if (status == OrderStatus.CANCELLED
                || status == OrderStatus.REFUSED
                || status == OrderStatus.CANCELLING
                || status == OrderStatus.CANCELLATION_AWAITS_ERP) {
            return Verdict.handle(new Effect.Nothing(known.orderId()));
        }
        if (OrderLife.after(status, Happening.CANCEL).isPresent()
                && facts.begun().contains(known.orderId())) {
            return Verdict.park(OrderError.ALREADY_SHIPPED, "order " + known.orderId());
        }
        return Verdict.handle(new Effect.Cancel(known.orderId(), command.reason()));
    }

    @Override
    public boolean traces(Envelope message) {
        return true;
    }

    @Override
    public void write(List<Decided<Effect>> good, Facts facts) {
        List<Placements.Fresh> fresh = new ArrayList<>();
        good.forEach(one -> {
            if (one.effect() instanceof Effect.Begin begin) {
                fresh.add(begin.order());
            }
        });
        if (!fresh.isEmpty()) {
            reception.store(fresh);
        }
        List<ShipmentCommands.Confirmed> shipped = new ArrayList<>();
        good.forEach(one -> {
            if (one.effect() instanceof Effect.Ship ship) {
                shipped.add(new ShipmentCommands.Confirmed(ship, one.message()));
            }
        });
        if (!shipped.isEmpty()) {
            shipments.write(shipped);
        }
        List<Trace.Hop> hops = new ArrayList<>(good.size());
        for (Decided<Effect> one : good) {
            String traceparent = one.message().traceparent();
            String became = one.effect()
                    .fold(
                            begin -> begin.order().orderId() + " "
                                    + begin.order().status().wire(),
                            nothing -> nothing.orderId() + " had it",
                            change -> change.orderId() + " "
                                    + desk.changeInHand(
                                                    change.orderId(), change.document(), change.unknown(), traceparent)
                                            .wire(),
                            cancel -> cancel.orderId() + " "
                                    + desk.cancelInHand(cancel.orderId(), cancel.reason(), traceparent)
                                            .wire(),
                            ship -> ship.orderId() + " shipment "
                                    + ship.shipment().shipmentNumber());
            hops.add(new Trace.Hop(
                    one.message().businessKey(),
                    one.message().tenant(),
                    "order",
                    one.message().messageId(),
                    became));
        }
        trace.record(hops);
    }
}
