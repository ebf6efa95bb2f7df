package org.retailhub.order.canonical;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A checked order. Amounts have the currency's minor units, prices and quantities no needless zeros: two documents that say the
 * same are equal. Optional parts are null.
 */
public record OrderDocument(
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
    public OrderDocument {
        // In the order of their names: equal documents are written the same.
        metadata = metadata == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(metadata));
        lines = lines == null ? List.of() : List.copyOf(lines);
        charges = charges == null ? List.of() : List.copyOf(charges);
    }

    public record Customer(
            @Nullable String reference,
            @Nullable String email,
            @Nullable String name) {}

    public record Address(
            @Nullable String name,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String region,
            String country) {}

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

    public record Discount(BigDecimal amount, @Nullable String reason) {}

    public record Charge(String type, @Nullable String description, BigDecimal amount, BigDecimal tax) {}

    public record Totals(
            BigDecimal goods,
            BigDecimal shipping,
            BigDecimal shippingTax,
            BigDecimal charges,
            BigDecimal tax,
            BigDecimal grand) {}

    public record Payment(
            String status,
            @Nullable String method,
            @Nullable String reference) {}

    /** In the order of the lines. */
    public Set<String> skus() {
        Set<String> skus = new LinkedHashSet<>();
        lines.forEach(line -> skus.add(line.sku()));
        return skus;
    }
}
