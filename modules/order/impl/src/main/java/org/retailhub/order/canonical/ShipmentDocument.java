package org.retailhub.order.canonical;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A checked shipment; quantities have three decimals, so that two which say the same are equal. Optional parts are null. */
public record ShipmentDocument(
        String shipmentNumber,
        String location,
        @Nullable Carrier carrier,
        List<Parcel> parcels,
        OffsetDateTime shippedAt,
        List<Line> lines,
        boolean closesLines) {
    public ShipmentDocument {
        parcels = parcels == null ? List.of() : List.copyOf(parcels);
        lines = lines == null ? List.of() : List.copyOf(lines);
    }

    public record Carrier(@Nullable String code, @Nullable String name) {}

    public record Parcel(
            @Nullable String trackingNumber,
            @Nullable String trackingUrl,
            @Nullable String sscc) {}

    public record Line(
            String lineId, BigDecimal quantity, @Nullable String lot, List<String> serialNumbers) {
        public Line {
            serialNumbers = serialNumbers == null ? List.of() : List.copyOf(serialNumbers);
        }
    }
}
