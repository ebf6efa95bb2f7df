package org.retailhub.order.sourcing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is to be sent, and where to.
 *
 * @param shipTo null if nobody said: then no place is nearer than another
 * @param lines what is still to be sourced, each with a quantity above 0 and at most 3 decimals
 * @param excluded what is not to be tried, as after a reservation that was refused there
 */
public record SourcingRequest(
        String orderId,
        String tenant,
        String channel,
        @Nullable ShipTo shipTo,
        List<Line> lines,
        Set<Excluded> excluded) {
    public SourcingRequest {
        lines = List.copyOf(lines);
        excluded = Set.copyOf(excluded);
    }

    /** Any part may be null. Coordinates in degrees, both or none. */
    public record ShipTo(
            @Nullable String country,
            @Nullable String region,
            @Nullable String postalCode,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude) {
        public ShipTo(@Nullable String country, @Nullable String region, @Nullable String postalCode) {
            this(country, region, postalCode, null, null);
        }
    }

    /** @param lineId unique in the order; several lines may have one SKU */
    public record Line(String lineId, String sku, BigDecimal quantity) {}

    /** A SKU is not taken from a location. */
    public record Excluded(String sku, String location) {}
}
