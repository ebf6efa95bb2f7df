package org.retailhub.order.canonical;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An order as a caller writes it, unchecked: numbers and times are still text, so that every fault can be named at once.
 * Fields left out and fields that are null are the same.
 */
@Schema(name = "CanonicalOrder", description = "Amounts are text or JSON numbers, net of tax, in the order's currency.")
public record WireOrder(
        @Schema(required = true, maxLength = 64, examples = "shop-eu")
        String channel,

        @Schema(
                required = true,
                maxLength = 64,
                description = "The channel's own number: with the channel, the natural key")
        String channelOrderId,

        @Schema(required = true, description = "ISO 8601 with offset")
        String placedAt,

        @Schema(required = true, description = "ISO 4217", examples = "EUR")
        String currency,

        @Schema(description = "A test order is kept and never posted to an ERP")
        Boolean test,

        Customer customer,
        Address shipTo,

        @Schema(description = "Goods, 2000 at most; empty only where there are charges")
        List<Line> lines,

        List<Charge> charges,

        @Schema(required = true) Totals totals,

        Payment payment,

        @Schema(maxLength = 1000) String notes,

        @Schema(description = "What the channel says beside it, 30 entries at most; never posted to an ERP")
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
    public record Customer(String reference, String email, String name) {}

    @Schema(name = "CanonicalOrderAddress")
    public record Address(
            String name,
            String line1,
            String line2,
            String city,
            String postalCode,
            String region,

            @Schema(required = true, description = "ISO 3166-1 alpha-2")
            String country) {}

    /** Amount of the line = quantity × unitPrice, rounded half up to the minor unit, less its discounts. */
    @Schema(name = "CanonicalOrderLine")
    public record Line(
            @Schema(required = true, maxLength = 40) String lineId,
            @Schema(required = true, maxLength = 64) String sku,

            @Schema(description = "8, 12, 13 or 14 digits with a right check digit")
            String gtin,

            @Schema(maxLength = 255) String name,

            @Schema(required = true, ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String quantity,

            @Schema(required = true, description = "Net of tax, up to 4 decimals", ref = WireOrder.DECIMAL)
            @JsonDeserialize(using = NumberText.class)
            String unitPrice,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String tax,

            List<Discount> discounts) {}

    @Schema(name = "CanonicalOrderDiscount")
    public record Discount(
            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String amount,

            String reason) {}

    /** What is no goods: a fee, a surcharge, a discount on the whole (negative). Shipping stands in the totals. */
    @Schema(name = "CanonicalOrderCharge")
    public record Charge(
            @Schema(required = true, pattern = "[a-z][a-z0-9-]{0,31}")
            String type,

            String description,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String amount,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String tax) {}

    /** grand = goods + shipping + charges + tax, to the cent. What is left out is zero. */
    @Schema(name = "CanonicalOrderTotals")
    public record Totals(
            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String goods,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String shipping,

            @Schema(description = "Tax on shipping, part of tax", ref = WireOrder.DECIMAL)
            @JsonDeserialize(using = NumberText.class)
            String shippingTax,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String charges,

            @Schema(description = "Of all lines, charges and shipping", ref = WireOrder.DECIMAL)
            @JsonDeserialize(using = NumberText.class)
            String tax,

            @Schema(ref = WireOrder.DECIMAL) @JsonDeserialize(using = NumberText.class)
            String grand) {}

    @Schema(name = "CanonicalOrderPayment")
    public record Payment(
            @Schema(enumeration = {"paid", "authorized", "pending"})
            String status,

            String method,
            String reference) {}
}
