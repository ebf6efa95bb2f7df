package org.retailhub.order.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.ShipmentDesk;
import org.retailhub.order.Shipments;
import org.retailhub.order.Shipping;
import org.retailhub.order.api.ConfirmShipment;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.canonical.ShipmentCheck;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.canonical.WireShipment;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.messaging.OrderCommands.Effect;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;

/** The part of {@link OrderCommands} that is about what left. Nobody waits for an answer: what has no order yet waits, what cannot be is parked. */
public final class ShipmentCommands {
    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final Duration DEADLINE = Duration.ofHours(1);

    /** As it is on the wire; the shipment is checked by the door's own rules. */
    record Wire(
            @Nullable String channel,
            @Nullable String channelOrderId,
            @Nullable WireShipment shipment) {}

    /** A command that was read, or why it cannot be. */
    record Command(
            String orderKey,
            @Nullable ShipmentDocument shipment,
            @Nullable RetailException fault) {
        ShipmentDocument readable() {
            return Objects.requireNonNull(shipment, "ask for the fault first");
        }
    }

    /** By message id; by tenant, channel and number; by tenant and shipment number; by order id. */
    public record Facts(
            Map<String, Command> commands,
            Map<String, String> orderIds,
            Map<String, Shipments.Known> known,
            Map<String, OrderDocument> documents) {}

    private final OrderBook book;
    private final Shipments shipments;
    private final Shipping shipping;
    private final Clock clock;

    public ShipmentCommands(OrderBook book, Shipments shipments, Shipping shipping, Clock clock) {
        this.book = book;
        this.shipments = shipments;
        this.shipping = shipping;
        this.clock = clock;
    }

    /** Those of these orders of which something has left. */
    Set<String> begun(Set<String> orderIds) {
        return shipments.begun(orderIds);
    }

    /** Whose orders they are; nothing is locked here. */
    Map<String, String> ordersOf(Map<String, Command> commands) {
        List<String[]> keys = commands.values().stream()
                .filter(each -> each.fault() == null)
                .map(each -> each.orderKey().split("\n", 3))
                .toList();
        return keys.isEmpty()
                ? Map.of()
                : book.idsOf(
                        keys.stream().map(key -> key[0]).toList(),
                        keys.stream().map(key -> key[1]).toList(),
                        keys.stream().map(key -> key[2]).toList());
    }

    Map<String, Command> read(List<Envelope> batch) {
        Map<String, Command> commands = new HashMap<>();
        for (Envelope message : batch) {
            if (message.type().equals(ConfirmShipment.TYPE)) {
                commands.put(message.messageId(), read(message));
            }
        }
        return commands;
    }

    Command read(Envelope message) {
        try {
            Wire wire = StrictJson.readMessage(message.body(), Wire.class);
            String channel = wire.channel();
            String channelOrderId = wire.channelOrderId();
            WireShipment shipment = wire.shipment();
            if (channel == null || channelOrderId == null || shipment == null) {
                throw new RetailException(
                        OrderError.INVALID_SHIPMENT, "channel, channelOrderId and shipment are required");
            }
            ShipmentDocument document = ShipmentCheck.check("shipment.", shipment, clock.instant());
            String key = ConfirmShipment.businessKey(message.tenant(), document.shipmentNumber());
            if (message.tenant().isEmpty() || !key.equals(message.businessKey())) {
                throw new RetailException(
                        RuntimeError.MALFORMED_MESSAGE, "the message's key is not that of its shipment");
            }
            return new Command(message.tenant() + '\n' + channel + '\n' + channelOrderId, document, null);
        } catch (RetailException e) {
            return new Command("", null, e);
        }
    }

    /** When the orders are locked. */
    Facts load(Map<String, Command> commands, Map<String, String> orderIds) {
        List<Command> readable =
                commands.values().stream().filter(each -> each.fault() == null).toList();
        if (readable.isEmpty()) {
            return new Facts(commands, orderIds, Map.of(), Map.of());
        }
        Map<String, OrderDocument> documents = new HashMap<>();
        book.currents(Set.copyOf(orderIds.values()))
                .forEach((id, revision) -> documents.put(id, OrderJson.read(revision.document())));
        Map<String, Shipments.Known> known = shipments.known(
                readable.stream().map(each -> each.orderKey().split("\n", 2)[0]).toList(),
                readable.stream().map(each -> each.readable().shipmentNumber()).toList());
        return new Facts(commands, orderIds, known, documents);
    }

    Verdict<Effect> decide(Envelope message, Facts facts, Map<String, OrderBook.Standing> standings) {
        Command command =
                Objects.requireNonNull(facts.commands().get(message.messageId()), "each message of the round was read");
        RetailException fault = command.fault();
        if (fault != null) {
            return Verdict.park(fault.code(), fault.detail());
        }
        ShipmentDocument shipment = command.readable();
        String orderId = facts.orderIds().get(command.orderKey());
        OrderBook.Standing standing = orderId == null ? null : standings.get(orderId);
        if (orderId == null || standing == null) {
            return Verdict.hold(
                    OrderError.ORDER_NOT_FOUND,
                    "no order " + command.orderKey().replace('\n', '/') + " yet",
                    RETRY,
                    DEADLINE);
        }
        Shipments.Known known = facts.known().get(message.tenant() + '\n' + shipment.shipmentNumber());
        if (known != null) {
            return replay(known, orderId, shipment);
        }
        if (standing.status() == OrderStatus.CANCELLING) {
            return Verdict.hold(OrderError.NOT_SHIPPABLE, "order " + orderId + " is being cancelled", RETRY, DEADLINE);
        }
        OrderDocument document = Objects.requireNonNull(facts.documents().get(orderId), "each has a revision");
        return Shipping.refusal(orderId, standing.status(), document, shipment, "shipment.")
                .map(refused -> Verdict.<Effect>park(refused.code(), refused.detail()))
                .orElseGet(() -> Verdict.handle(new Effect.Ship(orderId, shipment)));
    }

    private static Verdict<Effect> replay(Shipments.Known known, String orderId, ShipmentDocument shipment) {
        String canonical = OrderJson.write(shipment);
        if (known.orderId().equals(orderId) && Arrays.equals(known.contentHash(), OrderJson.hash(canonical))) {
            return Verdict.handle(new Effect.Nothing(orderId));
        }
        return Verdict.park(
                OrderError.SHIPMENT_DIFFERS,
                "shipment " + shipment.shipmentNumber() + " of order " + known.orderId() + " differs: "
                        + String.join(", ", ShipmentDesk.differences(known, orderId, canonical)));
    }

    void write(List<Confirmed> confirmed) {
        shipping.confirm(confirmed.stream()
                .map(each -> new Shipping.Confirmation(
                        each.ship().orderId(),
                        each.message().tenant(),
                        each.ship().shipment(),
                        "the warehouse",
                        each.message().traceparent(),
                        each.message().messageId()))
                .collect(Collectors.toCollection(ArrayList::new)));
    }

    /** To be written. */
    record Confirmed(Effect.Ship ship, Envelope message) {}
}
