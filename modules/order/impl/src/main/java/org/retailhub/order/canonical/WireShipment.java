package org.retailhub.order.canonical;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A shipment as a caller writes it, unchecked: numbers and times are still text, so that every fault can be named at once. */
@Schema(
        name = "NewShipment",
        description = "Goods of an order that have left a place. A fact: more than was ordered is taken as well.")
public record WireShipment(
        @Schema(
                required = true,
                maxLength = 64,
                description = "Of the warehouse's system: with the tenant the natural key",
                examples = "WH1-4711")
        @Nullable
        String shipmentNumber,

        @Schema(required = true, maxLength = 64, description = "From where", examples = "berlin-1") @Nullable
        String location,

        @Nullable Carrier carrier,

        @Schema(description = "200 at most") @Nullable List<Parcel> parcels,

        @Schema(required = true, description = "ISO 8601 with offset", examples = "2026-11-24T15:30:00+01:00") @Nullable
        String shippedAt,

        @Schema(required = true, description = "2000 at most; a line may come several times, such as by its lots")
        @Nullable
        List<Line> lines,

        @Schema(description = "Nothing more will come for these lines: what they lack is not waited for") @Nullable
        Boolean closesLines) {
    /** For the API document. */
    public static final String EXAMPLE =
            "{\"shipmentNumber\":\"WH1-4711\",\"location\":\"berlin-1\",\"carrier\":{\"code\":\"DHL\"},"
                    + "\"parcels\":[{\"trackingNumber\":\"JJD000390007827\",\"sscc\":\"340123450000000000\"}],"
                    + "\"shippedAt\":\"2026-11-24T15:30:00+01:00\",\"lines\":[{\"lineId\":\"1\",\"quantity\":1}]}";

    /** Who carries it. */
    @Schema(name = "NewShipmentCarrier")
    public record Carrier(
            @Schema(maxLength = 32, examples = "DHL") @Nullable
            String code,

            @Schema(maxLength = 80, examples = "DHL Paket") @Nullable
            String name) {}

    /** What can be followed on its way. */
    @Schema(name = "NewShipmentParcel")
    public record Parcel(
            @Schema(maxLength = 64, examples = "JJD000390007827") @Nullable
            String trackingNumber,

            @Schema(
                    maxLength = 500,
                    description = "An http or https address",
                    examples = "https://track.example.org/JJD000390007827")
            @Nullable
            String trackingUrl,

            @Schema(description = "18 digits with a right check digit", examples = "340123450000000000") @Nullable
            String sscc) {}

    /** Goods of a line of the order. */
    @Schema(name = "NewShipmentLine")
    public record Line(
            @Schema(required = true, maxLength = 40) @Nullable
            String lineId,

            @Schema(
                    required = true,
                    description = "In units, three decimals at most; 0 only where the shipment closes its lines",
                    ref = WireOrder.DECIMAL)
            @JsonDeserialize(using = NumberText.class)
            @Nullable
            String quantity,

            @Schema(maxLength = 64, examples = "LOT-2026-11") @Nullable
            String lot,

            @Schema(description = "500 at most, of 64 characters at most", examples = "[\"SN-0001\"]") @Nullable
            List<String> serialNumbers) {}
}
