package org.retailhub.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** An order as a partner's own system has it: what it wants to be in the ERP in the end. */
record Order(String channel, String number, List<Line> lines, BigDecimal shipping) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final BigDecimal SHIPPING = new BigDecimal("4.90");

    record Line(String sku, int quantity, BigDecimal price) {
        BigDecimal amount() {
            return price.multiply(BigDecimal.valueOf(quantity)).setScale(2, RoundingMode.HALF_UP);
        }
    }

    Order {
        lines = List.copyOf(lines);
    }

    static Order of(String channel, String number, String... skus) {
        List<Line> lines = new ArrayList<>();
        for (String sku : skus) {
            lines.add(new Line(sku, 1 + lines.size(), new BigDecimal("12.30")));
        }
        return new Order(channel, number, lines, SHIPPING);
    }

    static Order withoutShipping(String channel, String number, Line... lines) {
        return new Order(channel, number, List.of(lines), BigDecimal.ZERO);
    }

    /** The same order with other quantities; each {@code by} gives another total. */
    Order changed(int by) {
        List<Line> more = new ArrayList<>(lines);
        Line first = more.get(0);
        more.set(0, new Line(first.sku(), first.quantity() + by, first.price()));
        return new Order(channel, number, more, shipping);
    }

    /** The same order with one line more. */
    Order with(String sku) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(sku, 1, new BigDecimal("1.00")));
        return new Order(channel, number, more, shipping);
    }

    BigDecimal goods() {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Without tax: the channel charges none here. */
    BigDecimal grand() {
        return goods().add(shipping);
    }

    String json() {
        ObjectNode order = JSON.createObjectNode()
                .put("channel", channel)
                .put("channelOrderId", number)
                .put("placedAt", "2026-11-23T10:00:00+01:00")
                .put("currency", "EUR");
        order.putObject("customer").put("email", "a@example.org").put("name", "A. Buyer");
        order.putObject("shipTo")
                .put("name", "A. Buyer")
                .put("line1", "1 High Street")
                .put("city", "Berlin")
                .put("postalCode", "10115")
                .put("country", "DE");
        ArrayNode array = order.putArray("lines");
        for (int i = 0; i < lines.size(); i++) {
            array.addObject()
                    .put("lineId", Integer.toString(i + 1))
                    .put("sku", lines.get(i).sku())
                    .put("quantity", lines.get(i).quantity())
                    .put("unitPrice", lines.get(i).price().toPlainString());
        }
        order.putObject("totals")
                .put("goods", goods().toPlainString())
                .put("shipping", shipping.toPlainString())
                .put("tax", "0.00")
                .put("grand", grand().toPlainString());
        return order.toString();
    }
}
