package org.retailhub.erp.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Goods of an order have left: the body of {@code PostShipment.v1}. Told after the ERP has acknowledged the order, in the order's own sequence, so
 * that it never comes before what it is about. The business key is the {@code orderId}. Idempotent by order and shipment number.
 *
 * @param carrier its code, or its name
 * @param lines what left, as the warehouse told it: a line may come several times, and be more than was ordered
 * @param closesLines nothing more will come for these lines
 */
public record SalesShipment(
        String orderId,
        String shipmentNumber,
        String location,
        OffsetDateTime shippedAt,
        @Nullable String carrier,
        List<String> trackingNumbers,
        List<Line> lines,
        boolean closesLines) {
    public static final String TYPE = "PostShipment.v1";

    public SalesShipment {
        Objects.requireNonNull(orderId);
        Objects.requireNonNull(shipmentNumber);
        Objects.requireNonNull(location);
        Objects.requireNonNull(shippedAt);
        trackingNumbers = trackingNumbers == null ? List.of() : List.copyOf(trackingNumbers);
        lines = List.copyOf(lines);
    }

    /** @param quantity in pieces */
    public record Line(
            String lineId,
            String sku,
            BigDecimal quantity,
            @Nullable String lot) {}

    /**
     * What became of it: the body of {@link #TAKEN}, on {@link ErpQueues#EVENTS}, numbered with the other events of the order.
     *
     * @param documentNo the ERP's number of its shipment; null where it has none
     * @param reason why it has none
     */
    public record Taken(
            String orderId,
            String target,
            String shipmentNumber,
            @Nullable String documentNo,
            @Nullable String reason,
            Instant at) {
        public Taken {
            Objects.requireNonNull(shipmentNumber);
        }
    }

    /** The ERP's module has taken note of a shipment. Body: {@link Taken}. */
    public static final String TAKEN = "ShipmentTaken.v1";
}
