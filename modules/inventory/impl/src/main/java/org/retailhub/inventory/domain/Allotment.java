package org.retailhub.inventory.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Line;

/**
 * How much of each line can be held, given what there is: pure. Twin lines and what bundles consist of are summed per position first, so that
 * none is promised twice.
 */
public sealed interface Allotment {
    /**
     * It can be held.
     *
     * @param lines of each line how much; of a bundle, how many
     * @param holds by position, above 0
     */
    record Granted(List<BigDecimal> lines, SortedMap<PositionKey, BigDecimal> holds) implements Allotment {}

    /** It cannot: nothing is held. */
    record Short(List<Shortage> shortages) implements Allotment {}

    /** A position that has less than is wanted of it. @param line the first that wants it */
    record Shortage(int line, PositionKey position, BigDecimal wanted, BigDecimal available) {}

    default <T> T fold(Function<Granted, T> granted, Function<Short, T> tooShort) {
        return this instanceof Granted one ? granted.apply(one) : tooShort.apply((Short) this);
    }

    /** What is wanted of each position, in all. */
    static SortedMap<PositionKey, BigDecimal> demand(String tenant, ReservationDocument document) {
        SortedMap<PositionKey, BigDecimal> demand = new TreeMap<>();
        for (Line line : document.lines()) {
            perUnit(tenant, line)
                    .forEach((position, each) ->
                            demand.merge(position, each.multiply(line.quantity()), BigDecimal::add));
        }
        return demand;
    }

    /** What one of the line takes of each position. */
    private static Map<PositionKey, BigDecimal> perUnit(String tenant, Line line) {
        Map<PositionKey, BigDecimal> takes = new LinkedHashMap<>();
        if (line.components().isEmpty()) {
            takes.put(new PositionKey(tenant, line.sku(), line.location()), BigDecimal.ONE);
        }
        line.components()
                .forEach(part -> takes.merge(
                        new PositionKey(tenant, part.sku(), line.location()), part.quantity(), BigDecimal::add));
        return takes;
    }

    /** @param available to sell at a position; 0 or below if there is nothing */
    static Allotment of(String tenant, ReservationDocument document, Function<PositionKey, BigDecimal> available) {
        SortedMap<PositionKey, BigDecimal> demand = demand(tenant, document);
        Map<PositionKey, BigDecimal> left = new TreeMap<>();
        demand.keySet()
                .forEach(
                        position -> left.put(position, available.apply(position).max(BigDecimal.ZERO)));
        if (document.partial()) {
            return some(tenant, document, left);
        }
        List<Shortage> shortages = shortages(tenant, document, demand, left);
        return shortages.isEmpty()
                ? new Granted(document.lines().stream().map(Line::quantity).toList(), demand)
                : new Short(shortages);
    }

    private static Allotment some(String tenant, ReservationDocument document, Map<PositionKey, BigDecimal> left) {
        Map<PositionKey, BigDecimal> before = Map.copyOf(left);
        List<BigDecimal> granted = new ArrayList<>();
        SortedMap<PositionKey, BigDecimal> holds = new TreeMap<>();
        for (Line line : document.lines()) {
            Map<PositionKey, BigDecimal> takes = perUnit(tenant, line);
            BigDecimal most = line.quantity();
            boolean whole = most.stripTrailingZeros().scale() <= 0;
            for (Map.Entry<PositionKey, BigDecimal> take : takes.entrySet()) {
                most = most.min(left.getOrDefault(take.getKey(), BigDecimal.ZERO)
                        .divide(take.getValue(), whole ? 0 : 3, RoundingMode.DOWN));
            }
            BigDecimal grant = most;
            granted.add(grant);
            if (grant.signum() > 0) {
                takes.forEach((position, each) -> {
                    BigDecimal taken = each.multiply(grant);
                    left.merge(position, taken, BigDecimal::subtract);
                    holds.merge(position, taken, BigDecimal::add);
                });
            }
        }
        return holds.isEmpty()
                ? new Short(shortages(tenant, document, demand(tenant, document), before))
                : new Granted(granted, holds);
    }

    private static List<Shortage> shortages(
            String tenant,
            ReservationDocument document,
            SortedMap<PositionKey, BigDecimal> demand,
            Map<PositionKey, BigDecimal> left) {
        List<Shortage> shortages = new ArrayList<>();
        demand.forEach((position, wanted) -> {
            BigDecimal there = left.getOrDefault(position, BigDecimal.ZERO);
            if (wanted.compareTo(there) > 0) {
                shortages.add(new Shortage(lineOf(tenant, document, position), position, wanted, there));
            }
        });
        return shortages;
    }

    private static int lineOf(String tenant, ReservationDocument document, PositionKey position) {
        for (int i = 0; i < document.lines().size(); i++) {
            if (perUnit(tenant, document.lines().get(i)).containsKey(position)) {
                return i;
            }
        }
        throw new IllegalArgumentException("nothing is wanted of " + position);
    }
}
