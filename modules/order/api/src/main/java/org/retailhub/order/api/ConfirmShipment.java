package org.retailhub.order.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Goods of an order have left. The order is found by its channel's own number; one that is not there yet is waited for, then the command is
 * parked. Idempotent by tenant and shipment number: the same content again changes nothing, another content is parked.
 *
 * <p>A shipment is a fact: more than was ordered is taken as well, and told apart.
 */
public record ConfirmShipment(String channel, String channelOrderId, Shipment shipment) {
    public static final String TYPE = "ConfirmShipment.v1";

    public ConfirmShipment {
        Objects.requireNonNull(channel);
        Objects.requireNonNull(channelOrderId);
        Objects.requireNonNull(shipment);
    }

    /**
     * A shipment as the warehouse or its service provider tells it, over HTTP as well.
     *
     * @param shipmentNumber of the warehouse's system: with the tenant the natural key
     * @param location from where
     * @param shippedAt with the warehouse's offset
     * @param closesLines nothing more will come for these lines: what they lack is not waited for
     */
    public record Shipment(
            String shipmentNumber,
            String location,
            @Nullable Carrier carrier,
            List<Parcel> parcels,
            OffsetDateTime shippedAt,
            List<Line> lines,
            boolean closesLines) {
        public Shipment {
            Objects.requireNonNull(shipmentNumber);
            Objects.requireNonNull(location);
            Objects.requireNonNull(shippedAt);
            parcels = parcels == null ? List.of() : List.copyOf(parcels);
            lines = List.copyOf(lines);
        }
    }

    /** Any part may be null. */
    public record Carrier(@Nullable String code, @Nullable String name) {}

    /** Any part may be null. @param sscc the GS1 number of the logistic unit, 18 digits */
    public record Parcel(
            @Nullable String trackingNumber,
            @Nullable String trackingUrl,
            @Nullable String sscc) {}

    /**
     * @param quantity in units, three decimals at most; 0 only where the shipment closes its lines
     * @param serialNumbers may be empty
     */
    public record Line(
            String lineId, BigDecimal quantity, @Nullable String lot, List<String> serialNumbers) {
        public Line {
            serialNumbers = serialNumbers == null ? List.of() : List.copyOf(serialNumbers);
        }
    }

    /**
     * Key of all messages about one shipment. Not the order's: a shipment that waits for its order must not stop what makes the order.
     * No tenant begins with a colon.
     */
    public static String businessKey(String tenant, String shipmentNumber) {
        return ":shipment/" + tenant + '/' + shipmentNumber;
    }
}
