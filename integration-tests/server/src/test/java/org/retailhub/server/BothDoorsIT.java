package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/**
 * Two hundred clients at once want more than there is: half of them ask over HTTP, half of them command it by {@code inventory.commands}, first
 * at one server, then in turn at two. Of the commands half wait in the queue, which opens when the race begins, and half come meanwhile.
 * {@code retail.rounds} says how often.
 */
class BothDoorsIT {
    private static Hub one;
    private static Hub two;
    private static World world;

    @BeforeAll
    static void openBothDoors() {
        one = Hub.ofNodes("both-doors");
        one.broker().start();
        one.startServer();
        world = World.on(one, "acme");
        two = one.next("server-2", "retail-test-2");
    }

    @AfterAll
    static void end() {
        if (two != null) {
            two.close();
        }
        one.close();
    }

    @TestFactory
    Stream<DynamicNode> holdNoMoreThanThereIs() {
        DynamicNode atTwoServers = dynamicContainer("atTwoServers", situations(() -> {
            two.startServer();
            return new Buyers(world, one, two);
        }));
        // Two servers show all that one can, and more: one by itself is for the deep run.
        return Buyers.ROUNDS == 1
                ? Stream.of(atTwoServers)
                : Stream.of(dynamicContainer("atOneServer", situations(() -> new Buyers(world, one))), atTwoServers);
    }

    /** Whose doors are open is known when the first is tried. */
    private interface Place {
        Buyers buyers();
    }

    private interface Situation {
        void round(Buyers buyers, int round);
    }

    private static Stream<DynamicNode> situations(Place place) {
        return Stream.of(
                dynamicTest("oneUnitIsSoldOnceHoweverManyWantIt", rounds(place, BothDoorsIT::oneUnit)),
                dynamicTest("bundlesAndTwinLinesAreSummedFirst", rounds(place, BothDoorsIT::bundlesAndTwins)),
                dynamicTest("whatIsCancelledCanBeHeldAgainByOne", rounds(place, BothDoorsIT::cancelledAndReordered)),
                dynamicTest("whoAsksAtBothDoorsIsHeldForOnce", rounds(place, BothDoorsIT::askedTwice)));
    }

    private static Executable rounds(Place place, Situation situation) {
        return () -> {
            Buyers buyers = place.buyers();
            for (int round = 0; round < Buyers.ROUNDS; round++) {
                situation.round(buyers, round);
            }
        };
    }

    private static boolean asks(int client) {
        return client % 2 == 0;
    }

    private static boolean waits(int client) {
        return client % 4 == 1;
    }

    private static void oneUnit(Buyers buyers, int round) {
        String sku = buyers.name("UNIT", round);
        buyers.receive(0, sku, 1);
        int held = race(
                buyers,
                sku,
                n -> buyers.reserve(n, sku + n, Buyers.line("1", sku, 1)).statusCode(),
                n -> buyers.commandReservation(sku + n, Buyers.line("1", sku, 1)));
        assertTrue(held <= 1, held + " were told over HTTP that they have the one unit");
        assertEquals(1, buyers.holders(sku));
        assertEquals(1, buyers.assertNotOversold(sku, 1));
    }

    private static void bundlesAndTwins(Buyers buyers, int round) {
        String mug = buyers.name("MUG", round);
        String pot = buyers.name("POT", round);
        buyers.receive(0, mug, 50);
        buyers.receive(0, pot, 7);
        int held = race(
                buyers,
                mug,
                n -> buyers.reserve(n, mug + n, goods(n, mug, pot)).statusCode(),
                n -> buyers.commandReservation(mug + n, goods(n, mug, pot)));
        assertTrue(held <= 7, held + " were told over HTTP that they have one of seven");
        assertEquals(7, buyers.holders(pot));
        assertEquals(7, buyers.assertNotOversold(pot, 7));
        buyers.assertNotOversold(mug, 50);
    }

    /** A bundle, or its parts as lines of their own, two of them twins and the other way round. */
    private static String[] goods(int client, String mug, String pot) {
        return client / 4 % 2 == 0
                ? new String[] {Buyers.bundle(mug, pot)}
                : new String[] {Buyers.line("1", pot, 1), Buyers.line("2", mug, 1), Buyers.line("3", mug, 1)};
    }

    private static void cancelledAndReordered(Buyers buyers, int round) {
        String sku = buyers.name("AGAIN", round);
        String[] wish = {Buyers.line("1", sku, 1)};
        buyers.receive(0, sku, 1);
        race(
                buyers,
                sku,
                n -> {
                    HttpResponse<String> mine = buyers.reserve(n, sku + n, wish);
                    if (mine.statusCode() != 201) {
                        return mine.statusCode();
                    }
                    assertEquals(200, buyers.cancel(n, mine).statusCode());
                    return buyers.reserve(n, sku + "again" + n, wish).statusCode();
                },
                n -> {
                    buyers.commandReservation(sku + n, wish);
                    buyers.commandCancellation(sku + n);
                    buyers.commandReservation(sku + "again" + n, wish);
                });
        int held = buyers.holders(sku);
        assertTrue(held <= 1, held + " hold the one unit");
        assertEquals(held, buyers.assertNotOversold(sku, 1));
    }

    /** Each of a hundred has one name, and sends the same by both doors. */
    private static void askedTwice(Buyers buyers, int round) {
        String sku = buyers.name("TWICE", round);
        String[] wish = {Buyers.line("1", sku, 1)};
        buyers.receive(0, sku, 60);
        race(
                buyers,
                sku,
                n -> buyers.reserve(n, sku + n / 2, wish).statusCode(),
                n -> buyers.commandReservation(sku + n / 2, wish));
        assertEquals(60, buyers.holders(sku));
        assertEquals(60, buyers.assertNotOversold(sku, 60));
    }

    private interface Asking {
        int status(int client);
    }

    private interface Commanding {
        void command(int client);
    }

    /** @return how many were answered over HTTP that something is held for them */
    private static int race(Buyers buyers, String references, Asking asking, Commanding commanding) {
        buyers.holdCommands();
        IntStream.range(0, Buyers.CLIENTS).filter(BothDoorsIT::waits).forEach(commanding::command);
        List<Integer> answers = Buyers.race(n -> {
            if (asks(n)) {
                return asking.status(n);
            }
            if (!waits(n)) {
                commanding.command(n);
            } else if (n == 1) {
                buyers.releaseCommands();
            }
            return 0;
        });
        assertEquals(
                Buyers.CLIENTS / 2,
                answers.stream()
                        .filter(answer -> answer == 201 || answer == 200 || answer == 409)
                        .count(),
                answers::toString);
        buyers.awaitCommands(references);
        return (int) Buyers.count(answers, 201);
    }
}
