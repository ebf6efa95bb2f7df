package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.retailhub.channel.domain.Delivery;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** A broker that does not answer costs no payload, and no second attempt where one would do. */
class ReceptionTest {
    private static final RawPayload PAYLOAD = payload(new byte[] {1});

    private final List<String> ways = new ArrayList<>();
    private RetailException announcingFails;
    private RetailException aloneFails;
    private boolean isNew = true;
    private final Reception reception = new Reception(
            new Reception.Way(payload -> way("announcing", announcingFails), percent -> percent > 50),
            new Reception.Way(payload -> way("alone", aloneFails), percent -> percent > 80));

    private static RawPayload payload(byte[] body) {
        return new RawPayload(
                "P1",
                "shop",
                "acme",
                "webhook",
                new Delivery("w-1", "", null, null),
                body,
                new byte[32],
                Instant.EPOCH,
                "");
    }

    private CompletionStage<Boolean> way(String name, RetailException failure) {
        ways.add(name);
        return failure == null ? CompletableFuture.completedFuture(isNew) : CompletableFuture.failedFuture(failure);
    }

    private boolean store() {
        return reception.store(PAYLOAD).toCompletableFuture().join();
    }

    @Test
    void goesWithItsMessageWhereItCan() {
        assertTrue(store());
        assertTrue(store());
        assertEquals(List.of("announcing", "announcing"), ways);
    }

    @Test
    void isStoredAloneWhileTheBrokerIsAwayAndWithoutAskingItEachTime() {
        announcingFails = new RetailException(RuntimeError.BROKER_DOWN, "away");
        assertTrue(store());
        assertTrue(store());
        assertEquals(List.of("announcing", "alone", "alone"), ways);
        announcingFails = null;
        reception.brokerAnswers();
        assertTrue(store());
        assertEquals("announcing", ways.get(3));
    }

    @Test
    void theRoomIsThatOfTheWayInUse() {
        assertTrue(reception.hasRoom(60));
        announcingFails = new RetailException(RuntimeError.BROKER_DOWN, "away");
        store();
        assertFalse(reception.hasRoom(60));
        assertTrue(reception.hasRoom(90));
    }

    /** Bodies lie in memory until they are stored: thirty-two of the largest are sixty-four mebibytes. */
    @Test
    void noMoreThan64MebibytesWait() {
        byte[] largest = new byte[2 << 20];
        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        Reception.Way slow = new Reception.Way(
                payload -> {
                    stored.add(new CompletableFuture<>());
                    return stored.get(stored.size() - 1);
                },
                percent -> true);
        Reception full = new Reception(slow, slow);
        for (int i = 0; i < 33; i++) {
            assertTrue(full.hasRoom(100), i + " wait");
            full.store(payload(largest));
        }
        assertFalse(full.hasRoom(100), "33 wait");
        stored.get(0).complete(true);
        assertTrue(full.hasRoom(100), "32 wait");
        assertFalse(full.hasRoom(50), "what is less urgent has half the room");
        stored.forEach(each -> each.completeExceptionally(new IllegalStateException("no")));
        assertTrue(full.hasRoom(1), "what failed waits no longer");
    }

    /** Nothing is on the list of those to announce then, and nobody would find out that the broker is back. */
    @Test
    void aRepetitionSaysNothingAboutTheBroker() {
        announcingFails = new RetailException(RuntimeError.ROLLED_BACK, "prepare failed");
        isNew = false;
        store();
        store();
        assertEquals(List.of("announcing", "alone", "announcing", "alone"), ways);
    }

    @ParameterizedTest
    @EnumSource(
            value = RuntimeError.class,
            names = {"DATABASE_DOWN", "OUTCOME_UNKNOWN", "KEY_IN_DOUBT", "OVERLOADED", "BUG"})
    void otherFailuresStayFailures(RuntimeError code) {
        announcingFails = new RetailException(code, "no");
        CompletionException failure = assertThrows(CompletionException.class, this::store);
        assertSame(announcingFails, failure.getCause());
        assertEquals(List.of("announcing"), ways);
    }

    @Test
    void withoutADatabaseEitherItIsRefused() {
        announcingFails = new RetailException(RuntimeError.ROLLED_BACK, "prepare failed");
        aloneFails = new RetailException(RuntimeError.DATABASE_DOWN, "away");
        CompletionException failure = assertThrows(CompletionException.class, this::store);
        assertSame(aloneFails, failure.getCause());
    }
}
