package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two hundred clients at once at the door of reservations want more than there is; and what they read is what they wrote. The queue of commands
 * and a second server join in {@code BothDoorsIT}. {@code retail.rounds} says how often.
 */
class ReservationIT {
    private Buyers buyers;

    @BeforeEach
    void openTheDoors() {
        World world = World.shared();
        buyers = new Buyers(world, world.hub());
    }

    @Test
    void oneUnitIsSoldOnceHoweverManyWantIt() {
        for (int round = 0; round < Buyers.ROUNDS; round++) {
            String sku = buyers.name("UNIT", round);
            buyers.receive(0, sku, 1);
            List<Integer> answers = Buyers.race(
                    n -> buyers.reserve(n, sku + n, Buyers.line("1", sku, 1)).statusCode());
            assertEquals(1, Buyers.count(answers, 201));
            assertEquals(Buyers.CLIENTS - 1, Buyers.count(answers, 409));
            assertEquals(1, buyers.assertNotOversold(sku, 1));
        }
    }

    @Test
    void bundlesAndTwinLinesAreSummedFirst() {
        for (int round = 0; round < Buyers.ROUNDS; round++) {
            String mug = buyers.name("MUG", round);
            String pot = buyers.name("POT", round);
            buyers.receive(0, mug, 50);
            buyers.receive(0, pot, 7);
            List<Integer> answers = Buyers.race(n -> (n % 2 == 0
                            ? buyers.reserve(n, mug + n, Buyers.bundle(mug, pot))
                            : buyers.reserve(
                                    n,
                                    mug + n,
                                    Buyers.line("1", pot, 1),
                                    Buyers.line("2", mug, 1),
                                    Buyers.line("3", mug, 1)))
                    .statusCode());
            assertEquals(7, Buyers.count(answers, 201));
            assertEquals(7, buyers.assertNotOversold(pot, 7));
            buyers.assertNotOversold(mug, 50);
        }
    }

    @Test
    void whatIsCancelledCanBeHeldAgainByOne() {
        for (int round = 0; round < Buyers.ROUNDS; round++) {
            String sku = buyers.name("AGAIN", round);
            buyers.receive(0, sku, 1);
            List<Integer> held = Buyers.race(n -> {
                HttpResponse<String> mine = buyers.reserve(n, sku + n, Buyers.line("1", sku, 1));
                if (mine.statusCode() != 201) {
                    return 0;
                }
                assertEquals(200, buyers.cancel(n, mine).statusCode());
                HttpResponse<String> again = buyers.reserve(n, sku + "again" + n, Buyers.line("1", sku, 1));
                return again.statusCode() == 201 ? 1 : 0;
            });
            int now = held.stream().mapToInt(Integer::intValue).sum();
            assertTrue(now <= 1, now + " hold the one unit");
            assertEquals(now, buyers.assertNotOversold(sku, 1));
        }
    }

    /** Each reads at once what it wrote just before, among all the others who read and write. */
    @Test
    void whoWroteReadsWhatItWrote() {
        String name = buyers.name("OWN", 0);
        List<Integer> right = Buyers.race(n -> {
            String sku = name + n;
            buyers.receive(n, sku, n + 1);
            int seen = buyers.item(n, sku).path("available").asInt();
            buyers.reserve(n, sku, Buyers.line("1", sku, 1));
            return seen == n + 1 && buyers.item(n, sku).path("available").asInt() == n ? 1 : 0;
        });
        assertEquals(Buyers.CLIENTS, Buyers.count(right, 1));
    }
}
