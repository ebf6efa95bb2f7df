package org.retailhub.channel.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.domain.Publication.State;

/** However many changes there are, the channel ends with the newest, and never goes back from it. */
class PublicationTest {
    private static final Instant NOW = Instant.parse("2026-11-28T21:00:00Z");

    private static BigDecimal value(long value) {
        return BigDecimal.valueOf(value);
    }

    @Test
    void manyChangesAreOneCall() {
        Publication publication = Publication.first(NOW);
        for (int i = 1; i < 1_000; i++) {
            publication = publication.heard(NOW.plusSeconds(i));
        }
        assertEquals(NOW, publication.dueSince(), "since the first that the channel has not");
        publication = publication.taken().sending(value(7)).confirmed(NOW.plusSeconds(2_000));
        assertEquals(State.SENT, publication.state());
        assertEquals(value(7), publication.sentValue());
        assertNull(publication.dueSince());
    }

    @Test
    void aChangeWhileOneIsOnItsWayFollowsIt() {
        Publication onItsWay = Publication.first(NOW).taken().sending(value(7));
        Publication changed = onItsWay.heard(NOW.plusSeconds(5));
        assertEquals(State.SENDING, changed.state(), "one at a time");
        Publication confirmed = changed.confirmed(NOW.plusSeconds(6));
        assertEquals(State.DUE, confirmed.state());
        assertEquals(NOW.plusSeconds(5), confirmed.dueSince());
        assertEquals(State.FAILED, onItsWay.refused("no such item", NOW).state());
        assertEquals(State.DUE, changed.refused("no such item", NOW).state(), "what changed meanwhile may be taken");
    }

    @Test
    void whatNobodyKnowsIsNeitherSentNorForgotten() {
        Publication unknown =
                Publication.first(NOW).taken().sending(value(7)).unclear("no answer", NOW.plusSeconds(30));
        assertEquals(State.UNKNOWN, unknown.state());
        assertEquals(State.UNKNOWN, unknown.heard(NOW).state());
        assertEquals(NOW.plusSeconds(30), unknown.heard(NOW).dueAt());
        assertThrows(IllegalStateException.class, unknown::taken);
        assertEquals(State.SENT, unknown.confirmed(NOW).state());
        assertEquals(State.DUE, unknown.notTaken(NOW).state());
        assertEquals(State.DUE, unknown.heard(NOW).confirmed(NOW).state());
    }

    @Test
    void aRefusedOneIsSentAgainAfterTheNextChange() {
        Publication failed = Publication.first(NOW).taken().sending(value(7)).refused("no such item", NOW);
        assertEquals("no such item", failed.reason());
        Publication again = failed.heard(NOW.plusSeconds(9));
        assertEquals(State.DUE, again.state());
        assertNull(again.reason());
        assertEquals(NOW.plusSeconds(9), again.dueAt());
    }

    /**
     * A position changes, its changes are heard late, in any order and twice, and calls are lost on the way there or back: the shop never shows an
     * older value after it confirmed a newer one, and ends with the newest.
     */
    @Test
    void whateverHappensTheShopEndsWithTheNewestAndNeverGoesBack() {
        for (int seed = 0; seed < 2_000; seed++) {
            World world = new World(new Random(seed));
            for (int i = 0; i < 60; i++) {
                world.somethingHappens();
            }
            world.settles();
            assertEquals(world.position, world.shop, "seed " + seed);
            assertEquals(State.SENT, world.publication.state(), "seed " + seed);
        }
    }

    /** The value of a position is the number of its changes: what is older is less. */
    private static final class World {
        private final Random random;
        private final List<Long> underway = new ArrayList<>();
        private Publication publication = Publication.first(NOW);
        private Instant now = NOW;
        private long position = 1;
        private long newestHeard = 1;
        private long shop;
        private long confirmed;

        World(Random random) {
            this.random = random;
        }

        void somethingHappens() {
            now = now.plusSeconds(1);
            switch (random.nextInt(4)) {
                case 0 -> {
                    position++;
                    underway.add(position);
                    if (random.nextBoolean()) {
                        underway.add(position);
                    }
                }
                case 1 -> {
                    if (!underway.isEmpty()) {
                        hear(underway.remove(random.nextInt(underway.size())));
                    }
                }
                default -> deliver(random.nextInt(5));
            }
        }

        /** As the rows of positions have it: an older message is no news. */
        private void hear(long sequence) {
            if (sequence > newestHeard) {
                newestHeard = sequence;
                publication = publication.heard(now);
            }
        }

        private void deliver(int fate) {
            if (publication.state() == State.DUE) {
                publication = publication.taken();
                if (random.nextInt(3) == 0) {
                    // Heard between the claim and inventory's answer.
                    position++;
                    underway.add(position);
                    hear(underway.remove(underway.size() - 1));
                }
                publication = publication.sending(value(position));
                long sent = position;
                if (fate <= 2) {
                    arrives(sent);
                }
                publication = switch (fate) {
                    case 0, 1 -> confirm();
                    case 2, 3 -> publication.unclear("lost", now);
                    default -> publication.notTaken(now);
                };
            } else if (publication.state() == State.UNKNOWN) {
                publication = value(shop).equals(publication.value()) ? confirm() : publication.notTaken(now);
            }
        }

        private void arrives(long sent) {
            assertTrue(sent >= confirmed, sent + " after " + confirmed + " was confirmed");
            shop = sent;
        }

        private Publication confirm() {
            confirmed = publication.value().longValueExact();
            assertEquals(confirmed, shop);
            return publication.confirmed(now);
        }

        void settles() {
            while (!underway.isEmpty()) {
                hear(underway.remove(0));
            }
            for (int i = 0; i < 10 && publication.state() != State.SENT; i++) {
                deliver(0);
            }
        }
    }
}
