package org.retailhub.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.canonical.Differences;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.tx.Transactions;

/** Takes what warehouses confirm one at a time, in a transaction of its own: the order's row is locked first. */
@ApplicationScoped
public class ShipmentDesk {
    @Inject
    private Transactions transactions;

    @Inject
    private OrderBook book;

    @Inject
    private Shipments shipments;

    @Inject
    private Shipping shipping;

    @Inject
    private Door door;

    @Inject
    private Clock clock;

    /**
     * Goods of an order have left.
     *
     * @return whether it was confirmed before, with the same content
     * @throws RetailException if the order is not theirs, does not allow it, or another shipment has the number
     */
    public boolean confirm(CallContext caller, String orderId, ShipmentDocument shipment) {
        door.admit(Lane.ORDER);
        return transactions.call(() -> {
            OrderBook.Standing order = locked(caller, orderId);
            String number = shipment.shipmentNumber();
            Shipments.Known known =
                    shipments.known(List.of(order.tenant()), List.of(number)).get(order.tenant() + '\n' + number);
            if (known != null) {
                differing(known, orderId, shipment);
                return true;
            }
            OrderBook.Revision revision =
                    Objects.requireNonNull(book.currents(Set.of(orderId)).get(orderId), "each has a revision");
            Shipping.refusal(orderId, order.status(), OrderJson.read(revision.document()), shipment, "")
                    .ifPresent(refused -> {
                        throw refused;
                    });
            shipping.confirm(List.of(new Shipping.Confirmation(
                    orderId, order.tenant(), shipment, caller.partner(), caller.traceparent(), "")));
            return false;
        });
    }

    private OrderBook.Standing locked(CallContext caller, String orderId) {
        OrderBook.Standing order =
                book.lockOne(orderId) ? book.lock(Set.of(orderId)).get(orderId) : null;
        if (order == null || !caller.maySee(order.tenant()) || !caller.maySpeakFor(order.channel())) {
            throw OrderDesk.notFound(orderId);
        }
        return order;
    }

    private static void differing(Shipments.Known known, String orderId, ShipmentDocument shipment) {
        String canonical = OrderJson.write(shipment);
        if (known.orderId().equals(orderId) && Arrays.equals(known.contentHash(), OrderJson.hash(canonical))) {
            return;
        }
        List<String> fields = differences(known, orderId, canonical);
        throw new RetailException(
                OrderError.SHIPMENT_DIFFERS,
                "what differs: " + String.join(", ", fields),
                fields.stream()
                        .map(field -> new RetailException.Violation(field, "differs"))
                        .toList(),
                null);
    }

    /** Where a shipment differs from the one that has its number; empty if it does not. */
    public static List<String> differences(Shipments.Known known, String orderId, String canonical) {
        List<String> fields = new java.util.ArrayList<>();
        if (!known.orderId().equals(orderId)) {
            fields.add("orderId");
        }
        fields.addAll(Differences.between(known.document(), canonical));
        return fields;
    }

    /** A person has looked at what was more than ordered. Once is enough. */
    public void resolve(CallContext caller, String orderId, String shipmentNumber, String words) {
        transactions.call(() -> {
            locked(caller, orderId);
            if (!shipments.resolve(orderId, shipmentNumber, caller.partner(), words, clock.instant())) {
                throw new RetailException(
                        OrderError.UNKNOWN_SHIPMENT,
                        "no shipment " + shipmentNumber + " of more than was ordered for " + orderId);
            }
            return null;
        });
    }
}
