package org.retailhub.inventory.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.canonical.ReservationDocument.Component;
import org.retailhub.inventory.canonical.ReservationDocument.Line;

/** How much of each line can be held. */
class AllotmentTest {
    @Test
    void sumsTwinLinesBeforeItLooks() {
        Allotment.Short none =
                assertInstanceOf(Allotment.Short.class, of(false, Map.of("MUG", 3), line("MUG", 2), line("MUG", 2)));
        assertEquals(List.of("0 MUG 4 3"), told(none));
        assertEquals(Map.of("MUG", 4), holds(of(false, Map.of("MUG", 4), line("MUG", 2), line("MUG", 2))));
    }

    @Test
    void sumsBundlesAndSingleOnesOfTheSamePart() {
        Line set = bundle("SET", 2, "MUG", 4, "POT", 1);
        assertEquals(Map.of("MUG", 9, "POT", 2), holds(of(false, Map.of("MUG", 9, "POT", 2), line("MUG", 1), set)));
        assertEquals(
                List.of("0 MUG 9 8"),
                told(assertInstanceOf(
                        Allotment.Short.class, of(false, Map.of("MUG", 8, "POT", 2), line("MUG", 1), set))));
    }

    @Test
    void namesEachPositionThatIsShort() {
        assertEquals(
                List.of("1 CUP 2 0", "0 MUG 2 1"),
                told(assertInstanceOf(
                        Allotment.Short.class, of(false, Map.of("MUG", 1), line("MUG", 2), line("CUP", 2)))));
    }

    @Test
    void grantsInOrderWhatThereIsIfSomeIsEnough() {
        Allotment.Granted some = assertInstanceOf(
                Allotment.Granted.class, of(true, Map.of("MUG", 3), line("MUG", 2), line("MUG", 2), line("CUP", 1)));
        assertEquals(
                List.of(2, 1, 0),
                some.lines().stream().map(BigDecimal::intValueExact).toList());
        assertEquals(Map.of("MUG", 3), holds(some));
    }

    @Test
    void grantsWholeBundlesOnly() {
        Allotment.Granted some = assertInstanceOf(
                Allotment.Granted.class,
                of(true, Map.of("MUG", 7, "POT", 5), bundle("SET", 3, "MUG", 4, "POT", 1), line("MUG", 9)));
        assertEquals(
                List.of(1, 3),
                some.lines().stream().map(BigDecimal::intValueExact).toList());
        assertEquals(Map.of("MUG", 7, "POT", 1), holds(some));
    }

    @Test
    void holdsNothingWhereNothingIs() {
        assertInstanceOf(Allotment.Short.class, of(true, Map.of(), line("MUG", 1)));
        assertInstanceOf(Allotment.Short.class, of(true, Map.of("MUG", -5), line("MUG", 1)));
        assertInstanceOf(Allotment.Short.class, of(false, Map.of("MUG", -5), line("MUG", 1)));
    }

    /** Whatever is asked: never more than there is, and all of it or nothing unless some is enough. */
    @Test
    void neverGrantsMoreThanThereIs() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            Map<String, Integer> stock = new TreeMap<>();
            for (String sku : List.of("A", "B", "C")) {
                stock.put(sku, random.nextInt(12) - 2);
            }
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(5); i++) {
                lines.add(
                        random.nextInt(3) == 0
                                ? bundle("SET", 1 + random.nextInt(2), "A", 1 + random.nextInt(2), "B", 1)
                                : line(List.of("A", "B", "C").get(random.nextInt(3)), 1 + random.nextInt(4)));
            }
            boolean partial = random.nextBoolean();
            int number = seed;
            Allotment allotment = of(partial, stock, lines.toArray(Line[]::new));
            if (allotment instanceof Allotment.Granted granted) {
                holds(granted)
                        .forEach((sku, held) ->
                                assertTrue(held > 0 && held <= stock.get(sku), () -> "seed " + number + " " + sku));
                if (!partial) {
                    assertEquals(lines.stream().map(Line::quantity).toList(), granted.lines(), "seed " + seed);
                }
            }
        }
    }

    private static Allotment of(boolean partial, Map<String, Integer> stock, Line... lines) {
        return Allotment.of(
                "acme",
                new ReservationDocument("r", null, partial, null, List.of(lines)),
                position -> BigDecimal.valueOf(stock.getOrDefault(position.sku(), 0)));
    }

    private static Line line(String sku, int quantity) {
        return new Line("1", sku, "berlin-1", BigDecimal.valueOf(quantity), List.of());
    }

    private static Line bundle(String sku, int quantity, String one, int ofOne, String other, int ofOther) {
        return new Line(
                "1",
                sku,
                "berlin-1",
                BigDecimal.valueOf(quantity),
                List.of(
                        new Component(one, BigDecimal.valueOf(ofOne)),
                        new Component(other, BigDecimal.valueOf(ofOther))));
    }

    private static Map<String, Integer> holds(Allotment allotment) {
        Map<String, Integer> holds = new TreeMap<>();
        assertInstanceOf(Allotment.Granted.class, allotment)
                .holds()
                .forEach((position, quantity) -> holds.put(position.sku(), quantity.intValueExact()));
        return holds;
    }

    private static List<String> told(Allotment.Short none) {
        return none.shortages().stream()
                .map(each -> each.line() + " " + each.position().sku() + " " + each.wanted() + " " + each.available())
                .toList();
    }
}
