package org.retailhub.order.api;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order as a channel tells it: what the HTTP door takes as JSON, for callers inside the hub. The order module checks it as a
 * whole; goods, charges, taxes and totals add up to the cent or it is refused.
 *
 * <p>Amounts are in {@code currency}, net of tax, with its minor units at most; unit prices have up to 4 decimals. Optional parts may be
 * null, lists empty.
 *
 * @param channelOrderId the channel's own number: with tenant and channel the natural key
 * @param placedAt with the channel's offset
 * @param test kept, and never posted to an ERP
 * @param lines goods; empty only where there are charges
 * @param charges what is no goods and no shipping; a discount on the whole is negative
 * @param metadata what the channel says beside it, for people and later questions: never posted to an ERP; 30 at most
 */
public record CanonicalOrder(
        String channel,
        String channelOrderId,
        OffsetDateTime placedAt,
        String currency,
        boolean test,
        @Nullable Customer customer,
        @Nullable Address shipTo,
        List<Line> lines,
        List<Charge> charges,
        Totals totals,
        @Nullable Payment payment,
        @Nullable String notes,
        Map<String, String> metadata) {
    public CanonicalOrder {
        lines = lines == null ? List.of() : List.copyOf(lines);
        charges = charges == null ? List.of() : List.copyOf(charges);
        metadata = metadata == null ? Map.of() : Map.copyOf(metadata);
    }

    /** Key of all messages about one order; no part but the last can contain the separator. */
    public static String businessKey(String tenant, String channel, String channelOrderId) {
        return tenant + '/' + channel + '/' + channelOrderId;
    }

    /** Who buys; any part may be null. */
    public record Customer(
            @Nullable String reference,
            @Nullable String email,
            @Nullable String name) {}

    /** Where to; any part but the country (ISO 3166-1 alpha-2) may be null. */
    public record Address(
            @Nullable String name,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String region,
            String country) {}

    /**
     * Its amount is quantity × unitPrice, rounded half up to the minor unit, less its discounts; never negative.
     *
     * @param lineId unique in the order
     */
    public record Line(
            String lineId,
            String sku,
            @Nullable String gtin,
            @Nullable String name,
            BigDecimal quantity,
            BigDecimal unitPrice,
            BigDecimal tax,
            List<Discount> discounts) {
        public Line {
            discounts = discounts == null ? List.of() : List.copyOf(discounts);
        }
    }

    /** An amount off a line, not negative. */
    public record Discount(BigDecimal amount, @Nullable String reason) {}

    /** @param type small letters, digits and hyphens: {@code tip}, {@code duty}, {@code fee}, {@code discount}, … */
    public record Charge(String type, @Nullable String description, BigDecimal amount, BigDecimal tax) {}

    /** grand = goods + shipping + charges + tax; tax is that of lines, charges and shipping. */
    public record Totals(
            BigDecimal goods,
            BigDecimal shipping,
            BigDecimal shippingTax,
            BigDecimal charges,
            BigDecimal tax,
            BigDecimal grand) {}

    /** @param status {@code paid}, {@code authorized} or {@code pending} */
    public record Payment(
            String status,
            @Nullable String method,
            @Nullable String reference) {}
}
