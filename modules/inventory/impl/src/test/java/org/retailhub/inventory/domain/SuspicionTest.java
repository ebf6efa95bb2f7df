package org.retailhub.inventory.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.api.MovementKind;

class SuspicionTest {
    private static final Instant T = Instant.parse("2026-11-23T12:00:00Z");
    private static final PositionKey MUG = new PositionKey("acme", "MUG", "berlin-1");

    @Test
    void namesAnEventThatIsThereUnderTwoNames() {
        Cause cause = suspicion(
                        row(1, MovementKind.RECEIPT, "10", "wms", 1L, null, -60),
                        row(2, MovementKind.SALE, "-3", "pos", 7L, null, -30),
                        row(3, MovementKind.SALE, "-3", "pos", 9L, null, -29))
                .of(new BigDecimal("3"));
        assertEquals(Cause.Kind.DOUBLED, cause.kind());
        assertEquals(List.of(2L, 3L), cause.movements());
        assertEquals(9L, cause.first());
    }

    @Test
    void namesASaleOfWhatLeftForAReservation() {
        Cause cause = suspicion(
                        row(1, MovementKind.CONSUMPTION, "-2", Entry.RESERVATIONS, null, "order-1", -90),
                        row(2, MovementKind.SALE, "-2", "pos", 7L, "order-1", -5))
                .of(new BigDecimal("2"));
        assertEquals(Cause.Kind.CONSUMED_AND_SOLD, cause.kind());
        assertEquals(List.of(1L, 2L), cause.movements());
    }

    @Test
    void otherDocumentsOrLinesOfOneAreNoTwins() {
        Cause cause = suspicion(
                        row(1, MovementKind.SALE, "-2", "pos", 6L, "order-1", -6),
                        row(2, MovementKind.SALE, "-2", "pos", 7L, "order-2", -5))
                .of(new BigDecimal("2"));
        assertEquals(Cause.Kind.UNEXPLAINED, cause.kind());
    }

    @Test
    void namesTheNumbersThatAFeedLacks() {
        Cause cause = new Suspicion(
                        T,
                        List.of(row(1, MovementKind.RECEIPT, "10", "pos", 1L, null, -60)),
                        List.of(new Suspicion.Gap("pos", 2, 3)),
                        BigDecimal.ZERO)
                .of(new BigDecimal("-4"));
        assertEquals(Cause.Kind.MISSING, cause.kind());
        assertEquals("numbers 2 to 3 of the feed pos did not come", cause.detail());
    }

    @Test
    void namesTheMovementThatTheSourceLacksHasTwiceOrTooEarly() {
        Suspicion suspicion = suspicion(
                row(1, MovementKind.RECEIPT, "10", "wms", 1L, null, -60),
                row(2, MovementKind.SALE, "-3", "pos", 7L, null, -30),
                row(3, MovementKind.SALE, "-4", "pos", 8L, null, 30));
        Cause lacks = suspicion.of(new BigDecimal("3"));
        assertEquals(Cause.Kind.UNKNOWN_TO_SOURCE, lacks.kind());
        assertEquals("the source does not have movement 2 (sale -3, number 7 of the feed pos)", lacks.detail());
        assertEquals(
                Cause.Kind.DOUBLED_AT_SOURCE, suspicion.of(new BigDecimal("-3")).kind());
        assertEquals(
                Cause.Kind.AFTER_THE_COUNT, suspicion.of(new BigDecimal("-4")).kind());
        assertEquals(Cause.Kind.UNEXPLAINED, suspicion.of(new BigDecimal("5")).kind());
    }

    @Test
    void namesWhatTheErpHasNotBeenTold() {
        Cause cause = new Suspicion(T, List.of(), List.of(), new BigDecimal("6")).of(new BigDecimal("6.000"));
        assertEquals(Cause.Kind.UNKNOWN_TO_ERP, cause.kind());
    }

    private static Suspicion suspicion(LedgerRow... rows) {
        return new Suspicion(T, List.of(rows), List.of(), BigDecimal.ZERO);
    }

    private static LedgerRow row(
            long number,
            MovementKind kind,
            String change,
            String feed,
            @Nullable Long sequence,
            @Nullable String reference,
            int minutes) {
        Instant at = T.plus(Duration.ofMinutes(minutes));
        return new LedgerRow(
                MUG,
                number,
                new Entry(
                        kind,
                        new BigDecimal(change),
                        BigDecimal.ZERO,
                        "EA",
                        feed,
                        "key-" + number,
                        sequence,
                        null,
                        null,
                        at,
                        reference,
                        null,
                        null,
                        false,
                        ""),
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                at);
    }
}
