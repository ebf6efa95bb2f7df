package org.retailhub.order.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.ConfirmShipment.Carrier;
import org.retailhub.order.api.ConfirmShipment.Parcel;

/**
 * Goods of an order have left, once per shipment. The business key is the order's id; told in the transaction that took the shipment, whatever
 * the channel's policy says about other events.
 *
 * @param lines what left, in units; what was more than ordered is in it
 * @param complete whether nothing more is to come for the order
 */
public record OrderShipped(
        String orderId,
        String tenant,
        String channel,
        String channelOrderId,
        String shipmentNumber,
        String location,
        @Nullable Carrier carrier,
        List<Parcel> parcels,
        OffsetDateTime shippedAt,
        List<Line> lines,
        boolean complete) {
    public static final String TYPE = "OrderShipped.v1";

    public OrderShipped {
        Objects.requireNonNull(orderId);
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(channelOrderId);
        Objects.requireNonNull(shipmentNumber);
        Objects.requireNonNull(shippedAt);
        parcels = parcels == null ? List.of() : List.copyOf(parcels);
        lines = lines == null ? List.of() : List.copyOf(lines);
    }

    /** @param quantity in units */
    public record Line(String lineId, String sku, BigDecimal quantity) {}
}
