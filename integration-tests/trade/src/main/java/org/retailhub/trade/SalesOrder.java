package org.retailhub.trade;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order as the channel has it; {@link #toJson} is the canonical order of the hub's API, sums included.
 *
 * @param buyer null for an unknown one
 * @param shipTo null if the channel does not tell
 * @param shipping net, with the currency's minor units
 */
public record SalesOrder(
        String channel,
        String channelOrderId,
        OffsetDateTime placedAt,
        String currency,
        @Nullable Buyer buyer,
        @Nullable Address shipTo,
        List<Line> lines,
        List<Charge> charges,
        BigDecimal shipping,
        BigDecimal shippingTax) {
    public record Buyer(
            @Nullable String reference,
            @Nullable String email,
            @Nullable String name) {}

    public record Address(
            @Nullable String name,
            String line1,
            String city,
            @Nullable String postalCode,
            String country) {}

    /** @param discount on the whole line; zero for none */
    public record Line(
            String sku, String name, BigDecimal quantity, BigDecimal unitPrice, BigDecimal tax, BigDecimal discount) {}

    public record Charge(String type, String description, BigDecimal amount, BigDecimal tax) {}

    public SalesOrder {
        lines = List.copyOf(lines);
        charges = List.copyOf(charges);
    }

    private int decimals() {
        return Currency.getInstance(currency).getDefaultFractionDigits();
    }

    /** Quantity × price, rounded half up to the minor unit, before discounts: what the ERP's line must bear. */
    public BigDecimal gross(Line line) {
        return line.quantity().multiply(line.unitPrice()).setScale(decimals(), RoundingMode.HALF_UP);
    }

    public ObjectNode toJson() {
        ObjectNode order = HubClient.JSON.createObjectNode();
        order.put("channel", channel)
                .put("channelOrderId", channelOrderId)
                .put("placedAt", placedAt.toString())
                .put("currency", currency);
        if (buyer != null) {
            put(
                    put(put(order.putObject("customer"), "reference", buyer.reference), "email", buyer.email),
                    "name",
                    buyer.name);
        }
        if (shipTo != null) {
            ObjectNode to = order.putObject("shipTo");
            put(to, "name", shipTo.name);
            put(to, "line1", shipTo.line1);
            put(to, "city", shipTo.city);
            put(to, "postalCode", shipTo.postalCode);
            to.put("country", shipTo.country);
        }
        BigDecimal zero = BigDecimal.ZERO.setScale(decimals());
        BigDecimal goods = zero;
        BigDecimal tax = zero.add(shippingTax);
        ArrayNode lineNodes = order.putArray("lines");
        for (Line line : lines) {
            ObjectNode node = lineNodes.addObject();
            node.put("lineId", Integer.toString(lineNodes.size())).put("sku", line.sku);
            put(node, "name", line.name);
            node.put("quantity", line.quantity.toPlainString()).put("unitPrice", line.unitPrice.toPlainString());
            node.put("tax", line.tax.toPlainString());
            if (line.discount.signum() != 0) {
                node.putArray("discounts")
                        .addObject()
                        .put("amount", line.discount.toPlainString())
                        .put("reason", "promotion");
            }
            goods = goods.add(gross(line)).subtract(line.discount);
            tax = tax.add(line.tax);
        }
        BigDecimal charged = zero;
        ArrayNode chargeNodes = order.putArray("charges");
        for (Charge charge : charges) {
            ObjectNode node = chargeNodes.addObject().put("type", charge.type);
            put(node, "description", charge.description);
            node.put("amount", charge.amount.toPlainString()).put("tax", charge.tax.toPlainString());
            charged = charged.add(charge.amount);
            tax = tax.add(charge.tax);
        }
        order.putObject("totals")
                .put("goods", goods.toPlainString())
                .put("shipping", shipping.toPlainString())
                .put("shippingTax", shippingTax.toPlainString())
                .put("charges", charged.toPlainString())
                .put("tax", tax.toPlainString())
                .put("grand", goods.add(shipping).add(charged).add(tax).toPlainString());
        order.putObject("payment").put("status", "paid").put("reference", "PAY-" + channelOrderId);
        return order;
    }

    private static ObjectNode put(ObjectNode node, String field, @Nullable String value) {
        return value == null || value.isBlank() ? node : node.put(field, value);
    }
}
