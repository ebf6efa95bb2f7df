package org.retailhub.order.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Command;
import org.retailhub.order.domain.OrderStock.Need;
import org.retailhub.order.domain.OrderStock.Reservation;
import org.retailhub.order.domain.OrderStock.State;

/** Whatever leaves in whatever order: inventory is never asked for what is not held, and nothing is held for goods that are gone. */
class ShippingPropertyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final List<String> LINES = List.of("1", "2");
    private static final List<String> PLACES = List.of("berlin", "kassel");

    /** Some of a line from a place. */
    record Some(String line, String place, int quantity, boolean closes) {}

    @Provide
    Arbitrary<List<Some>> shipments() {
        return Combinators.combine(
                        Arbitraries.of(LINES),
                        Arbitraries.of(PLACES),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.integers().between(0, 9).map(n -> n == 0))
                .as(Some::new)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Integer>> held() {
        return Arbitraries.integers().between(0, 3).list().ofSize(4);
    }

    private static BigDecimal n(int quantity) {
        return BigDecimal.valueOf(quantity).setScale(3);
    }

    private static OrderDocument order(int quantity) {
        BigDecimal none = BigDecimal.ZERO;
        return new OrderDocument(
                "shop",
                "1",
                OffsetDateTime.parse("2026-11-23T10:00:00Z"),
                "EUR",
                false,
                null,
                null,
                LINES.stream()
                        .map(id ->
                                new OrderDocument.Line(id, "SKU-" + id, null, null, n(quantity), none, none, List.of()))
                        .toList(),
                List.of(),
                new OrderDocument.Totals(none, none, none, none, none, none),
                null,
                null,
                Map.of());
    }

    @Property(tries = 500)
    void holdsNothingForWhatIsGoneAndTakesNothingThatIsNotHeld(
            @ForAll("held") List<Integer> held, @ForAll("shipments") List<Some> shipments) {
        int ordered = 6;
        List<Allocation> allocations = new ArrayList<>();
        Map<String, BigDecimal> inventory = new HashMap<>();
        for (int i = 0; i < held.size(); i++) {
            String line = LINES.get(i / 2);
            String place = PLACES.get(i % 2);
            if (held.get(i) > 0) {
                allocations.add(new Allocation(line, "SKU-" + line, place, n(held.get(i))));
                inventory.put("SKU-" + line + "@" + place, n(held.get(i)));
            }
        }
        OrderStock stock = new OrderStock("O", 0, 1, null, false);
        stock.recall(
                allocations.isEmpty() ? List.of() : List.of(new Reservation("O", State.HELD, 1, 1, allocations)),
                List.of(),
                List.of(),
                List.of());
        OrderShipping shipping = new OrderShipping(order(ordered), List.of());
        Map<String, BigDecimal> left = new HashMap<>();
        int number = 0;
        for (Some each : shipments) {
            ShipmentDocument document = new ShipmentDocument(
                    "S-" + ++number,
                    each.place(),
                    null,
                    List.of(),
                    OffsetDateTime.parse("2026-11-24T10:00:00Z"),
                    List.of(new ShipmentDocument.Line(each.line(), n(each.quantity()), null, List.of())),
                    each.closes());
            List<OrderShipping.Leaving> leaving = shipping.take(document);
            leaving.forEach(one -> left.merge(one.lineId(), one.ordered(), BigDecimal::add));
            stock.ship(
                            each.place(),
                            document.shipmentNumber(),
                            leaving.stream()
                                    .map(one ->
                                            new OrderStock.Leaving(one.lineId(), one.sku(), one.ordered(), one.open()))
                                    .toList(),
                            NOW)
                    .forEach(shipping::wasNotHeld);
            follow(stock, inventory, leaving, ordered, shipping, left);
        }
        long sequence = 1;
        for (Command command : stock.commands()) {
            assertEquals(++sequence, command.sequence(), "numbered without a gap");
            apply(command, inventory);
        }
        stock.reservations().stream()
                .flatMap(each -> each.allocations().stream()
                        .filter(one -> each.state() == State.HELD)
                        .map(one -> one))
                .forEach(one -> inventory.merge(
                        one.sku() + "@" + one.location(),
                        one.quantity().subtract(one.consumed()).negate(),
                        BigDecimal::add));
        inventory.forEach((place, rest) -> assertEquals(0, rest.signum(), place + ": both sides hold the same"));
    }

    private static void follow(
            OrderStock stock,
            Map<String, BigDecimal> inventory,
            List<OrderShipping.Leaving> leaving,
            int ordered,
            OrderShipping shipping,
            Map<String, BigDecimal> left) {
        for (OrderShipping.Leaving one : leaving) {
            BigDecimal held = BigDecimal.ZERO;
            BigDecimal consumed = BigDecimal.ZERO;
            for (Reservation reservation : stock.reservations()) {
                for (Allocation each : reservation.allocations()) {
                    if (each.lineId().equals(one.lineId())) {
                        consumed = consumed.add(each.consumed());
                        held = reservation.state() == State.HELD
                                ? held.add(each.quantity().subtract(each.consumed()))
                                : held;
                    }
                }
            }
            BigDecimal unheld = shipping.lines().stream()
                    .filter(each -> each.lineId().equals(one.lineId()))
                    .map(OrderShipping.Line::unheld)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertEquals(
                    0,
                    consumed.add(unheld).compareTo(left.getOrDefault(one.lineId(), BigDecimal.ZERO)),
                    "each unit that left in order was consumed or sold, once");
            assertTrue(held.compareTo(one.open()) <= 0, "no more is held than may still come");
            BigDecimal open = stock.open(List.of(new Need(one.lineId(), one.sku(), n(ordered)))).stream()
                    .map(Need::quantity)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertEquals(
                    0,
                    open.compareTo(one.open().subtract(held)),
                    "what is looked for is what may come and is not held");
        }
        assertTrue(inventory.values().stream().allMatch(each -> each.signum() >= 0), "as it was");
    }

    /** What inventory does; more than is held would be parked there. */
    private static void apply(Command command, Map<String, BigDecimal> inventory) {
        List<Allocation> items =
                command instanceof Command.Consume consume ? consume.items() : ((Command.Release) command).items();
        if (items.isEmpty()) {
            inventory.replaceAll((place, held) -> BigDecimal.ZERO);
        }
        for (Allocation item : items) {
            BigDecimal rest = inventory.merge(
                    item.sku() + "@" + item.location(), item.quantity().negate(), BigDecimal::add);
            assertTrue(rest.signum() >= 0, "takes what is not held: " + command);
        }
    }
}
