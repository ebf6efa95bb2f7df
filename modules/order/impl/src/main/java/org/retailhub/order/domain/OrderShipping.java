package org.retailhub.order.domain;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.ShipmentDocument;

/** How far the goods of one order have left, line by line, in hand for a transaction that has locked the order's row. */
public final class OrderShipping {
    /**
     * A line as it stands.
     *
     * @param unheld what of it left without having been held, and was ordered
     * @param closed nothing more will come for it
     */
    public record Line(String lineId, String sku, BigDecimal shipped, BigDecimal unheld, boolean closed) {}

    /**
     * What of a line leaves with a shipment.
     *
     * @param ordered as much of it as was ordered
     * @param over the rest
     * @param open what may still be to come afterwards
     */
    public record Leaving(String lineId, String sku, BigDecimal ordered, BigDecimal over, BigDecimal open) {
        public BigDecimal quantity() {
            return ordered.add(over);
        }
    }

    private final Map<String, OrderDocument.Line> ordered = new LinkedHashMap<>();
    private final Map<String, Line> lines = new LinkedHashMap<>();

    /** @param lines as they were read; a line of which nothing has left need not be there */
    public OrderShipping(OrderDocument order, Collection<Line> lines) {
        order.lines().forEach(each -> ordered.put(each.lineId(), each));
        lines.forEach(each -> this.lines.put(each.lineId(), each));
    }

    /** Lines of the shipment that the order does not have, by their places. */
    public static List<Integer> unknown(OrderDocument order, ShipmentDocument shipment) {
        List<Integer> unknown = new ArrayList<>();
        for (int i = 0; i < shipment.lines().size(); i++) {
            String lineId = shipment.lines().get(i).lineId();
            if (order.lines().stream().noneMatch(line -> line.lineId().equals(lineId))) {
                unknown.add(i);
            }
        }
        return unknown;
    }

    /** Takes the shipment, whose lines the order has. @return by line; its lots are one there */
    public List<Leaving> take(ShipmentDocument shipment) {
        Map<String, BigDecimal> quantities = new LinkedHashMap<>();
        shipment.lines().forEach(each -> quantities.merge(each.lineId(), each.quantity(), BigDecimal::add));
        List<Leaving> leaving = new ArrayList<>();
        quantities.forEach((lineId, quantity) -> leaving.add(take(lineId, quantity, shipment.closesLines())));
        return leaving;
    }

    private Leaving take(String lineId, BigDecimal quantity, boolean closes) {
        OrderDocument.Line wanted = Objects.requireNonNull(ordered.get(lineId), "ask for the unknown ones first");
        Line before = line(lineId, wanted.sku());
        BigDecimal rest = wanted.quantity().subtract(before.shipped()).max(BigDecimal.ZERO);
        BigDecimal inOrder = quantity.min(rest);
        Line after = new Line(
                lineId, wanted.sku(), before.shipped().add(quantity), before.unheld(), before.closed() || closes);
        lines.put(lineId, after);
        return new Leaving(lineId, wanted.sku(), inOrder, quantity.subtract(inOrder), open(lineId));
    }

    private Line line(String lineId, String sku) {
        return lines.getOrDefault(lineId, new Line(lineId, sku, BigDecimal.ZERO, BigDecimal.ZERO, false));
    }

    /** That much of a line was not held when it left. */
    public void wasNotHeld(String lineId, BigDecimal quantity) {
        lines.computeIfPresent(
                lineId,
                (id, line) ->
                        new Line(id, line.sku(), line.shipped(), line.unheld().add(quantity), line.closed()));
    }

    private BigDecimal open(String lineId) {
        OrderDocument.Line wanted = ordered.get(lineId);
        if (wanted == null) {
            return BigDecimal.ZERO;
        }
        Line line = line(lineId, wanted.sku());
        return line.closed()
                ? BigDecimal.ZERO
                : wanted.quantity().subtract(line.shipped()).max(BigDecimal.ZERO);
    }

    /** Whether nothing more is to come. */
    public boolean isWhole() {
        return ordered.keySet().stream().allMatch(lineId -> open(lineId).signum() == 0);
    }

    /** Whether anything has left, or will not come. */
    public boolean hasBegun() {
        return !lines.isEmpty();
    }

    /** As they stand now. */
    public List<Line> lines() {
        return List.copyOf(lines.values());
    }

    /** What was ordered of a line; none of one that the order does not have any more. */
    public BigDecimal orderedOf(String lineId) {
        OrderDocument.Line wanted = ordered.get(lineId);
        return wanted == null ? BigDecimal.ZERO : wanted.quantity();
    }
}
