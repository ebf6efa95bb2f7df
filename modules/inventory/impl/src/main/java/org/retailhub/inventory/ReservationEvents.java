package org.retailhub.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.Reservation;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;

/** What is told of reservations: numbered by the reservation's own row. */
final class ReservationEvents {
    private final Ulid ids;

    ReservationEvents(Ulid ids) {
        this.ids = ids;
    }

    /** @param reservation as it stands after it: its number is the message's */
    OutboundMessage message(
            Reservation reservation,
            String type,
            @Nullable String document,
            Map<PositionKey, BigDecimal> items,
            Instant at,
            String causedBy,
            String traceparent) {
        List<ReservationChanged.Item> told = new ArrayList<>();
        items.forEach((position, quantity) ->
                told.add(new ReservationChanged.Item(position.sku(), position.location(), quantity)));
        return new OutboundMessage(
                InventoryQueues.EVENTS,
                new Envelope(
                        ids.next(),
                        type,
                        reservation.tenant(),
                        ReserveStock.businessKey(reservation.tenant(), reservation.reference()),
                        reservation.eventSequence(),
                        traceparent,
                        causedBy,
                        reservation.channel() == null ? "" : reservation.channel(),
                        StockEvents.json(new ReservationChanged(
                                reservation.tenant(),
                                reservation.id(),
                                reservation.reference(),
                                reservation.channel(),
                                document,
                                told,
                                at))),
                true);
    }
}
