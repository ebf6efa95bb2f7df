package org.retailhub.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.retailhub.order.api.ConfirmShipment;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.order.api.OrderShipped;
import org.retailhub.order.api.OrderStateChanged;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.domain.OrderShipping;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What follows from each step of an order whichever way it came about: {@link OrderStateChanged}, and the clock of its state, for channels whose
 * policy has them; and {@link OrderShipped} for all.
 * Channels without a policy cost nothing here before their goods leave. Joins the caller's transaction, which has the orders' rows locked and written.
 */
public final class OrderSteps {
    /** An order has come to stand elsewhere, or has another content. @param causedBy message or request; may be empty */
    public record Step(String orderId, String tenant, String channel, String traceparent, String causedBy) {}

    private final Database database;
    private final Policies policies;
    private final OrderClocks clocks;
    private final MessageSender sender;

    public OrderSteps(Database database, Policies policies, OrderClocks clocks, MessageSender sender) {
        this.database = database;
        this.policies = policies;
        this.clocks = clocks;
        this.sender = sender;
    }

    /** Several steps of one order in a transaction are one to those who hear of it. */
    public void taken(Collection<Step> steps) {
        Map<String, Step> told = new LinkedHashMap<>();
        Set<String> timed = new LinkedHashSet<>();
        for (Step step : steps) {
            FulfilmentPolicy policy = policies.of(step.tenant(), step.channel());
            if (policy.events()) {
                told.put(step.orderId(), step);
            }
            if (!policy.allowed().isEmpty()) {
                timed.add(step.orderId());
            }
        }
        if (!timed.isEmpty()) {
            clocks.set(timed, policies);
        }
        if (told.isEmpty()) {
            return;
        }
        List<OutboundMessage> messages = new ArrayList<>(database.query(
                """
                update orders set event_sequence = event_sequence + 1 where order_id = any(?)
                returning order_id, tenant, channel, channel_order_id, revision, status, status_since, status_reason, document_no,
                  event_sequence""", row -> message(row, told), (Object) told.keySet().toArray(String[]::new)));
        messages.sort(java.util.Comparator.comparing(each -> each.envelope().businessKey()));
        sender.send(messages);
    }

    /** Goods have left. @param whole whether nothing more is to come @param causedBy message or request; may be empty */
    public record Shipped(
            String orderId,
            String channelOrderId,
            String tenant,
            String channel,
            ShipmentDocument shipment,
            List<OrderShipping.Leaving> leaving,
            boolean whole,
            String traceparent,
            String causedBy) {}

    /** Tells each, in their order, whatever the channel's policy: somebody waits for these goods. */
    void shipped(List<Shipped> shipments) {
        if (shipments.isEmpty()) {
            return;
        }
        Map<String, Long> last = new HashMap<>();
        database.query("""
                update orders o set event_sequence = o.event_sequence + k.n
                from (select order_id, count(*) as n from unnest(?) as u(order_id) group by 1) k where o.order_id = k.order_id
                returning o.order_id, o.event_sequence - k.n""", row -> last.put(row.getString(1), row.getLong(2)), (Object)
                shipments.stream().map(Shipped::orderId).toArray(String[]::new));
        sender.send(shipments.stream()
                .map(each -> message(each, last.merge(each.orderId(), 1L, Long::sum)))
                .toList());
    }

    /** The id belongs to what is told, as of the others. */
    public static OutboundMessage message(Shipped shipped, long sequence) {
        ShipmentDocument shipment = shipped.shipment();
        ShipmentDocument.Carrier carrier = shipment.carrier();
        OrderShipped event = new OrderShipped(
                shipped.orderId(),
                shipped.tenant(),
                shipped.channel(),
                shipped.channelOrderId(),
                shipment.shipmentNumber(),
                shipment.location(),
                carrier == null ? null : new ConfirmShipment.Carrier(carrier.code(), carrier.name()),
                shipment.parcels().stream()
                        .map(each -> new ConfirmShipment.Parcel(each.trackingNumber(), each.trackingUrl(), each.sscc()))
                        .toList(),
                shipment.shippedAt(),
                shipped.leaving().stream()
                        .map(each -> new OrderShipped.Line(each.lineId(), each.sku(), each.quantity()))
                        .toList(),
                shipped.whole());
        return message(
                OrderShipped.TYPE,
                event.orderId(),
                event.tenant(),
                event.channel(),
                json(event),
                sequence,
                shipped.traceparent(),
                shipped.causedBy());
    }

    private static OutboundMessage message(ResultSet row, Map<String, Step> steps) throws SQLException {
        Step step = Objects.requireNonNull(steps.get(row.getString(1)), "only those that were asked for");
        return message(
                new OrderStateChanged(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getString(6),
                        row.getObject(7, OffsetDateTime.class).toInstant(),
                        row.getString(8),
                        row.getString(9)),
                row.getLong(10),
                step.traceparent(),
                step.causedBy());
    }

    /** The id belongs to what is told, so that it is the same when it is told again after a restore. */
    public static OutboundMessage message(OrderStateChanged event, long sequence, String traceparent, String causedBy) {
        return message(
                OrderStateChanged.TYPE,
                event.orderId(),
                event.tenant(),
                event.channel(),
                json(event),
                sequence,
                traceparent,
                causedBy);
    }

    private static OutboundMessage message(
            String type,
            String orderId,
            String tenant,
            String channel,
            String body,
            long sequence,
            String traceparent,
            String causedBy) {
        return new OutboundMessage(
                OrderQueues.EVENTS,
                new Envelope(
                        Ulid.beside(orderId, OrderQueues.EVENTS + '\n' + orderId + '\n' + sequence + '\n' + body),
                        type,
                        tenant,
                        orderId,
                        sequence,
                        traceparent,
                        causedBy,
                        channel,
                        body),
                true);
    }

    private static String json(Object event) {
        try {
            return StrictJson.mapper().writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of ours cannot be written", e);
        }
    }
}
