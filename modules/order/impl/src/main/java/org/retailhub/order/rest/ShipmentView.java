package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.Shipments;
import org.retailhub.order.api.OrderView;
import org.retailhub.order.canonical.WireShipment;
import org.retailhub.order.domain.OrderShipping;

/** What left for an order, as it was told, and what became of it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Shipment")
record ShipmentView(
        @Schema(examples = "WH1-4711") String shipmentNumber,
        @Schema(examples = "2026-11-24T14:30:01Z") Instant recordedAt,

        @Schema(description = "What was more than ordered; absent if nothing was", examples = "line 1 by 2") @Nullable
        String overShipped,

        @Schema(description = "What a person said to that; absent while nobody did", examples = "billed") @Nullable
        String resolution,

        @Schema(
                description = "waiting until the ERP has acknowledged the order",
                enumeration = {"waiting", "told", "booked", "not-supported"},
                examples = "not-supported")
        String erp,

        @Schema(examples = "2026-11-24T14:30:02Z") Instant erpSince,

        @Schema(description = "The ERP's number of it, or why it has none", examples = "the ERP takes no shipments")
        @Nullable
        String erpReason,

        @Schema(description = "As the warehouse told it", implementation = WireShipment.class) @JsonRawValue
        String shipment) {
    static ShipmentView of(Shipments.Row row) {
        return new ShipmentView(
                row.shipmentNumber(),
                row.recordedAt(),
                row.overShipped(),
                row.resolution(),
                row.erpState().wire(),
                row.erpSince(),
                row.erpReason(),
                row.document());
    }

    /** How far an order has left. */
    @Schema(name = "OrderShipments")
    record All(
            String orderId,
            @Schema(examples = "partially-shipped") String status,

            @Schema(description = "Whether nothing more is to leave", examples = "false")
            boolean complete,

            @Schema(description = "Lines of which something has left, or nothing more will come")
            List<Line> lines,

            @Schema(description = "In the order in which they came")
            List<ShipmentView> shipments) {
        static All of(OrderView order, OrderShipping shipping, List<Shipments.Row> rows) {
            return new All(
                    order.orderId(),
                    order.status().wire(),
                    shipping.hasBegun() && shipping.isWhole(),
                    shipping.lines().stream()
                            .map(line -> Line.of(line, shipping.orderedOf(line.lineId())))
                            .toList(),
                    rows.stream().map(ShipmentView::of).toList());
        }
    }

    /** How far a line has left. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ShippedLine")
    record Line(
            @Schema(examples = "1") String lineId,
            @Schema(examples = "MUG-WHITE") String sku,
            @Schema(examples = "2") String ordered,
            @Schema(examples = "1") String shipped,

            @Schema(description = "What was more than ordered; absent if nothing was", examples = "1") @Nullable
            String over,

            @Schema(description = "What is missing and will not come; absent if nothing is", examples = "1") @Nullable
            String shortage) {
        static Line of(OrderShipping.Line line, BigDecimal ordered) {
            BigDecimal more = line.shipped().subtract(ordered);
            return new Line(
                    line.lineId(),
                    line.sku(),
                    plain(ordered),
                    plain(line.shipped()),
                    more.signum() > 0 ? plain(more) : null,
                    more.signum() < 0 && line.closed() ? plain(more.negate()) : null);
        }

        private static String plain(BigDecimal quantity) {
            return quantity.stripTrailingZeros().toPlainString();
        }
    }
}
