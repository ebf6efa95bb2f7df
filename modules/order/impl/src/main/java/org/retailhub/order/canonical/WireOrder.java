package org.retailhub.order.canonical;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * An order as a caller writes it, unchecked: numbers and times are still text, so that every fault can be named at once.
 * Fields left out and fields that are null are the same.
 */
@Schema(name = "CanonicalOrder", description = "Amounts are text or JSON numbers, net of tax, in the order's currency.")
public record WireOrder(
        @Schema(required = true, maxLength = 64, examples = "shop-eu") @Nullable
        String channel,

        @Schema(
                required = true,
                maxLength = 64,
                description = "The channel's own number: with the channel, the natural key")
        @Nullable
        String channelOrderId,

        @Schema(required = true, description = "ISO 8601 with offset") @Nullable
        String placedAt,

        @Schema(required = true, description = "ISO 4217", examples = "EUR") @Nullable
        String currency,

        @Schema(description = "A test order is kept and never posted to an ERP") @Nullable
        Boolean test,

        @Nullable Customer customer,
        @Nullable Address shipTo,

        @Schema(description = "Goods, 2000 at most; empty only where there are charges") @Nullable
        List<Line> lines,

        @Nullable List<Charge> charges,

        @Schema(required = true) @Nullable Totals totals,

        @Nullable Payment payment,

        @Schema(maxLength = 1000) @Nullable String notes,

        @Schema(description = "What the channel says beside it, 30 entries at most; never posted to an ERP") @Nullable
        Map<String, String> metadata) {
    /** How an amount or a quantity is written. */
    public static final String DECIMAL = "#/components/schemas/Decimal";

    /** A whole order, for the API document. */
    public static final String EXAMPLE = "{\"channel\":\"shop-eu\",\"channelOrderId\":\"1001\","
            + "\"placedAt\":\"2026-11-23T10:00:00+01:00\",\"currency\":\"EUR\","
            + "\"customer\":{\"email\":\"a@example.org\",\"name\":\"A. Buyer\"},"
            + "\"shipTo\":{\"name\":\"A. Buyer\",\"line1\":\"Lindenstrasse 14\",\"city\":\"Kassel\","
            + "\"postalCode\":\"34117\",\"country\":\"DE\"},\"lines\":[{\"lineId\":\"1\","
            + "\"sku\":\"MUG-WHITE\",\"quantity\":2,\"unitPrice\":\"6.15\",\"tax\":\"2.34\"}],"
            + "\"totals\":{\"goods\":\"12.30\",\"shipping\":\"0.00\",\"tax\":\"2.34\","
            + "\"grand\":\"14.64\"},\"payment\":{\"status\":\"paid\"}}";

    @Schema(name = "CanonicalOrderCustomer")
    public record Customer(
            @Nullable String reference,
            @Nullable String email,
            @Nullable String name) {}

    @Schema(name = "CanonicalOrderAddress")
    public record Address(
            @Nullable String name,
            @Nullable String line1,
            @Nullable String line2,
            @Nullable String city,
            @Nullable String postalCode,
            @Nullable String region,

            @Schema(required = true, description = "ISO 3166-1 alpha-2") @Nullable
            String country) {}

    /** Amount of the line = quantity × unitPrice, rounded half up to the minor unit, less its discounts. */
    @Schema(name = "CanonicalOrderLine")
    public record Line(
            @Schema(required = true, maxLength = 40) @Nullable
            String lineId,

            @Schema(required = true, maxLength = 64) @Nullable
            String sku,

            @Schema(description = "8, 12, 13 or 14 digits with a right check digit") @Nullable
            String gtin,

            @Schema(maxLength = 255) @Nullable String name,

            @Schema(required = true, ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String quantity,

            @Schema(required = true, description = "Net of tax, up to 4 decimals", ref = WireOrder.DECIMAL)
            @JsonDeserialize(using = NumberText.class)
            @Nullable
            String unitPrice,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String tax,

            @Nullable List<Discount> discounts) {}

    @Schema(name = "CanonicalOrderDiscount")
    public record Discount(
            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String amount,

            @Nullable String reason) {}

    /** What is no goods: a fee, a surcharge, a discount on the whole (negative). Shipping stands in the totals. */
    @Schema(name = "CanonicalOrderCharge")
    public record Charge(
            @Schema(required = true, pattern = "[a-z][a-z0-9-]{0,31}") @Nullable
            String type,

            @Nullable String description,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String amount,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String tax) {}

    /** grand = goods + shipping + charges + tax, to the cent. What is left out is zero. */
    @Schema(name = "CanonicalOrderTotals")
    public record Totals(
            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String goods,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String shipping,

            @Schema(description = "Tax on shipping, part of tax", ref = WireOrder.DECIMAL)
            @JsonDeserialize(using = NumberText.class)
            @Nullable
            String shippingTax,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String charges,

            @Schema(description = "Of all lines, charges and shipping", ref = WireOrder.DECIMAL)
            @JsonDeserialize(using = NumberText.class)
            @Nullable
            String tax,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String grand) {}

    @Schema(name = "CanonicalOrderPayment")
    public record Payment(
            @Schema(enumeration = {"paid", "authorized", "pending"}) @Nullable
            String status,

            @Nullable String method,
            @Nullable String reference) {}
}
