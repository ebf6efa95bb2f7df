package org.retailhub.order.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.order.domain.OrderLife.Happening;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Command;
import org.retailhub.order.domain.OrderStock.Need;
import org.retailhub.order.domain.OrderStock.Place;
import org.retailhub.order.domain.OrderStock.Shortage;
import org.retailhub.order.domain.OrderStock.State;

class OrderStockTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(10);

    private final OrderStock stock = new OrderStock("O", 0, 0, NOW, false);

    private static BigDecimal n(int quantity) {
        return BigDecimal.valueOf(quantity);
    }

    private static Allocation from(String location, String line, int quantity) {
        return new Allocation(line, "SKU-" + line, location, n(quantity));
    }

    private static Need need(String line, int quantity) {
        return new Need(line, "SKU-" + line, n(quantity));
    }

    private State state(String reference) {
        return stock.reservation(reference).state();
    }

    @Test
    void asksByTheOrdersOwnNameFirst() {
        assertEquals(Happening.ASKED, stock.ask(List.of(from("berlin", "1", 2)), List.of(), 3));

        assertEquals(List.of(new Command.Reserve("O", 1, List.of(from("berlin", "1", 2)))), stock.commands());
        assertNull(stock.dueAt());
        assertEquals(List.of(), stock.open(List.of(need("1", 2))));
        assertEquals(List.of(need("1", 1)), stock.open(List.of(need("1", 3))));
        assertEquals(Happening.HELD, stock.held("O", false, NOW, LATER));
    }

    @Test
    void looksElsewhereAfterARaceLost() {
        stock.ask(List.of(from("berlin", "1", 2)), List.of(), 1);

        assertEquals(Happening.NOT_HELD, stock.refused("O", Set.of(new Place("SKU-1", "berlin")), false, NOW));

        assertEquals(NOW, stock.dueAt());
        assertEquals(1, stock.attempt());
        assertEquals(Set.of(new Place("SKU-1", "berlin")), stock.excluded());
        assertEquals(List.of(need("1", 2)), stock.open(List.of(need("1", 2))));
        stock.ask(List.of(from("hamburg", "1", 2)), List.of(), 1);
        assertEquals("O-2", stock.commands().get(1).reference());
        assertEquals(1, stock.commands().get(1).sequence());
        assertEquals(Happening.HELD, stock.held("O-2", false, NOW, LATER));
        assertEquals(Set.of(), stock.excluded());
        assertEquals(0, stock.attempt());
    }

    @Test
    void waitsForTheRestOfASplitOrder() {
        stock.ask(List.of(from("berlin", "1", 1)), List.of(new Shortage("1", "SKU-1", n(1))), 1);

        assertEquals(Happening.HELD_IN_PART, stock.held("O", false, NOW, LATER));
        assertEquals(LATER, stock.dueAt());
        assertEquals(List.of(need("1", 1)), stock.open(List.of(need("1", 2))));
    }

    @Test
    void goesOnWithAPartIfThePolicySaysSoAndGoesOnLooking() {
        stock.ask(List.of(from("berlin", "1", 1)), List.of(new Shortage("1", "SKU-1", n(1))), 1);

        assertEquals(Happening.HELD, stock.held("O", true, NOW, LATER));
        assertEquals(LATER, stock.dueAt());
    }

    @Test
    void aLargeOrderIsHeldWhenEachOfItsReservationsIs() {
        stock.ask(lines(450), List.of(), 1);

        assertEquals(
                List.of("O", "O-2", "O-3"),
                stock.commands().stream().map(Command::reference).toList());
        assertNull(stock.held("O", false, NOW, LATER));
        assertNull(stock.held("O-3", false, NOW, LATER));
        assertEquals(Happening.HELD, stock.held("O-2", false, NOW, LATER));
    }

    @Test
    void ofALargeOrderOnlyWhatWasRefusedIsLookedForAnew() {
        stock.ask(lines(250), List.of(), 1);

        assertNull(stock.refused("O-2", Set.of(new Place("SKU-L249", "berlin")), false, NOW));
        assertTrue(stock.dueAt().isAfter(LATER), "not before the other answer");
        assertEquals(Happening.NOT_HELD, stock.held("O", false, NOW, LATER));
        assertEquals(NOW, stock.dueAt());
        assertEquals(50, stock.open(needs(250)).size());
    }

    private static List<Allocation> lines(int number) {
        List<Allocation> lines = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            lines.add(from("berlin", "L" + i, 1));
        }
        return lines;
    }

    private static List<Need> needs(int lines) {
        List<Need> needs = new ArrayList<>();
        for (int i = 0; i < lines; i++) {
            needs.add(need("L" + i, 1));
        }
        return needs;
    }

    @Test
    void givesBackWhatACancelledOrderHolds() {
        stock.ask(List.of(from("berlin", "1", 2)), List.of(), 1);
        stock.held("O", false, NOW, LATER);

        stock.end("cancelled");

        assertEquals(
                new Command.Release("O", 2, "cancelled", List.of()),
                stock.commands().get(1));
        stock.released("O", NOW);
        assertEquals(State.RELEASED, state("O"));
        assertNull(stock.dueAt(), "nothing is looked for any more");
    }

    @Test
    void givesBackWhatIsOnlyAskedForAndHearsTheAnswerInPeace() {
        stock.ask(List.of(from("berlin", "1", 2)), List.of(), 1);
        stock.end("cancelled");

        assertNull(stock.held("O", false, NOW, LATER));
        assertEquals(State.RELEASING, state("O"));
        stock.released("O", NOW);
        assertEquals(State.RELEASED, state("O"));
    }

    @Test
    void aRefusalOfWhatGoesBackIsTheEndOfIt() {
        stock.ask(List.of(from("berlin", "1", 2)), List.of(), 1);
        stock.change(List.of(need("1", 1)), "change-2", NOW);
        assertNull(stock.dueAt(), "waits until it has gone back");

        assertNull(stock.refused("O", Set.of(), false, NOW));

        assertEquals(State.REFUSED, state("O"));
        assertEquals(NOW, stock.dueAt(), "then looks for what the change needs");
        assertEquals(0, stock.attempt());
    }

    @Test
    void aChangeKeepsWhatItStillNeedsAndGivesBackTheRest() {
        stock.ask(List.of(from("berlin", "1", 2), from("hamburg", "1", 3), from("berlin", "2", 1)), List.of(), 1);
        stock.held("O", false, NOW, LATER);

        stock.change(List.of(need("1", 4), need("3", 1)), "change-2", NOW);

        assertEquals(
                new Command.Release("O", 2, "change-2", List.of(from("hamburg", "1", 1), from("berlin", "2", 1))),
                stock.commands().get(1));
        assertEquals(State.HELD, state("O"));
        assertEquals(List.of(need("3", 1)), stock.open(List.of(need("1", 4), need("3", 1))));
        assertEquals(NOW, stock.dueAt());
        stock.released("O", NOW);
        assertEquals(State.HELD, state("O"));
    }

    @Test
    void aChangeOfEverythingWaitsUntilAllWentBack() {
        stock.ask(List.of(from("berlin", "1", 2)), List.of(), 1);
        stock.held("O", false, NOW, LATER);

        stock.change(List.of(need("9", 1)), "change-2", NOW);
        assertNull(stock.dueAt());
        stock.released("O", LATER);
        assertEquals(LATER, stock.dueAt());
    }

    @Test
    void looksAnewForWhatExpired() {
        stock.ask(List.of(from("berlin", "1", 2)), List.of(), 1);
        stock.held("O", false, NOW, LATER);

        assertEquals(Happening.NOT_HELD, stock.expired("O", NOW));
        assertEquals(NOW, stock.dueAt());
        assertEquals(List.of(need("1", 2)), stock.open(List.of(need("1", 2))));
    }

    @Test
    void anAnswerThatComesAgainChangesNothing() {
        stock.ask(List.of(from("berlin", "1", 2)), List.of(), 1);
        stock.held("O", false, NOW, LATER);

        assertNull(stock.held("O", false, NOW, LATER));
        assertNull(stock.refused("O", Set.of(), false, NOW));
        assertEquals(State.HELD, state("O"));
        assertTrue(stock.commands().size() == 1);
    }

    @Test
    void turnsAnOrderDownAndGivesBackWhatItHeld() {
        stock.ask(List.of(from("berlin", "1", 1)), List.of(new Shortage("1", "SKU-1", n(1))), 1);
        stock.held("O", false, NOW, LATER);

        assertEquals(Happening.TURNED_DOWN, stock.turnDown(List.of(new Shortage("1", "SKU-1", n(1))), "refused"));

        assertEquals(
                new Command.Release("O", 2, "refused", List.of()),
                stock.commands().get(1));
        assertTrue(stock.ended());
    }

    private static OrderStock.Leaving leaves(String line, int quantity, int open) {
        return new OrderStock.Leaving(line, "SKU-" + line, n(quantity), n(open));
    }

    /** Held, and nothing told since. */
    private OrderStock held(Allocation... allocations) {
        OrderStock held = new OrderStock("O", 0, 1, null, false);
        held.recall(
                List.of(new OrderStock.Reservation("O", State.HELD, 1, 1, List.of(allocations))),
                List.of(),
                List.of(),
                List.of());
        return held;
    }

    private static Allocation consumed(String location, String line, int quantity, int consumed) {
        return new Allocation(line, "SKU-" + line, location, n(quantity), n(consumed));
    }

    @Test
    void consumesWhatLeavesAndKeepsTheRestHeld() {
        OrderStock stock = held(from("berlin", "1", 5));

        assertEquals(Map.of(), stock.ship("berlin", "S-1", List.of(leaves("1", 2, 3)), NOW));

        assertEquals(List.of(new Command.Consume("O", 2, "S-1", List.of(from("berlin", "1", 2)))), stock.commands());
        assertEquals(State.HELD, stock.reservation("O").state());
        assertEquals(
                List.of(consumed("berlin", "1", 5, 2)), stock.reservation("O").allocations());
        assertEquals(List.of(), stock.open(List.of(need("1", 5))));

        assertEquals(Map.of(), stock.ship("berlin", "S-2", List.of(leaves("1", 3, 0)), NOW));
        assertEquals(State.CONSUMED, stock.reservation("O").state());
    }

    @Test
    void givesBackElsewhereWhatLeftHereWithoutBeingHeld() {
        OrderStock stock = held(from("berlin", "1", 1), from("kassel", "1", 4));

        assertEquals(Map.of("1", n(2)), stock.ship("berlin", "S-1", List.of(leaves("1", 3, 2)), NOW));

        assertEquals(
                List.of(
                        new Command.Consume("O", 2, "S-1", List.of(from("berlin", "1", 1))),
                        new Command.Release("O", 3, "S-1", List.of(from("kassel", "1", 2)))),
                stock.commands());
        assertEquals(List.of(), stock.open(List.of(need("1", 5))));
    }

    @Test
    void givesBackAllOfALineThatIsClosedShort() {
        OrderStock stock = held(from("berlin", "1", 5));

        stock.ship("berlin", "S-1", List.of(leaves("1", 2, 0)), NOW);

        assertEquals(
                List.of(
                        new Command.Consume("O", 2, "S-1", List.of(from("berlin", "1", 2))),
                        new Command.Release("O", 3, "S-1", List.of())),
                stock.commands());
        assertEquals(State.CONSUMED, stock.reservation("O").state());
        assertEquals(
                List.of(consumed("berlin", "1", 2, 2)), stock.reservation("O").allocations());
        assertEquals(List.of(), stock.open(List.of(need("1", 5))));
    }

    @Test
    void givesBackWholeWhatIsOnlyAskedFor() {
        stock.ask(List.of(from("berlin", "1", 2), from("berlin", "2", 1)), List.of(), 1);

        assertEquals(Map.of("1", n(2)), stock.ship("berlin", "S-1", List.of(leaves("1", 2, 0)), NOW));

        assertEquals(State.RELEASING, state("O"));
        assertFalse(stock.isAsking());
        assertNull(stock.dueAt(), "not before it is back");
        stock.released("O", LATER);
        assertEquals(LATER, stock.dueAt());
        assertEquals(List.of(need("2", 1)), stock.open(List.of(need("1", 2), need("2", 1))));
    }

    @Test
    void ofALargeOrderWhatWentBackIsLookedForBeforeItIsHeld() {
        stock.ask(lines(250), List.of(), 1);
        stock.ship("berlin", "S-1", List.of(leaves("L249", 1, 0)), NOW);
        assertEquals(State.RELEASING, state("O-2"));

        assertEquals(Happening.NOT_HELD, stock.held("O", false, NOW, LATER));
        assertNull(stock.dueAt(), "what goes back is not back");
        stock.released("O-2", LATER);

        assertEquals(LATER, stock.dueAt());
    }

    @Test
    void ofALargeOrderNothingIsLookedForWhileAnAnswerIsMissing() {
        stock.ask(lines(250), List.of(), 1);
        stock.held("O", false, NOW, LATER);

        stock.ship("berlin", "S-1", List.of(leaves("L0", 1, 0)), NOW);
        assertTrue(stock.dueAt().isAfter(LATER), "an answer is missing");
        stock.refused("O-2", Set.of(), false, LATER);

        assertEquals(LATER, stock.dueAt());
    }

    @Test
    void whatHasLeftCountsWhenTheRestOfItExpires() {
        OrderStock stock = held(from("berlin", "1", 5));
        stock.ship("berlin", "S-1", List.of(leaves("1", 2, 3)), NOW);

        assertEquals(Happening.NOT_HELD, stock.expired("O", NOW));

        assertEquals(State.CONSUMED, stock.reservation("O").state());
        assertEquals(List.of(need("1", 3)), stock.open(List.of(need("1", 5))));
    }

    @Test
    void aLineThatLacksGoodsLacksLessWhenSomeLeave() {
        stock.ask(List.of(from("berlin", "1", 2)), List.of(new Shortage("1", "SKU-1", n(3))), 1);
        stock.held("O", false, NOW, LATER);

        assertEquals(Map.of("1", n(2)), stock.ship("berlin", "S-1", List.of(leaves("1", 4, 1)), NOW));
        assertEquals(List.of(new Shortage("1", "SKU-1", n(1))), stock.shortages());

        stock.ship("berlin", "S-2", List.of(leaves("1", 1, 0)), NOW);
        assertEquals(List.of(), stock.shortages());
    }
}
