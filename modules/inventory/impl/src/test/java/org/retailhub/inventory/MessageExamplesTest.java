package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.retailhub.platform.testkit.MessageExamples.assertWritten;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.ReplenishmentNeeded;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.inventory.api.StockChanged;
import org.retailhub.inventory.canonical.ReservationDocument;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.ReorderPoint;
import org.retailhub.inventory.domain.Reservation;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

/** What this module tells is what {@code docs/asyncapi.yaml} shows. */
class MessageExamplesTest {
    private static final Ulid IDS = new Ulid(Clock.systemUTC());

    private static <T> T example(String type, Class<T> record) {
        return StrictJson.read(payload(type).getBytes(StandardCharsets.UTF_8), record);
    }

    private static long sequence(String type) {
        return Long.parseLong(header(type, "sequence"));
    }

    private static void assertSent(String type, OutboundMessage sent) {
        assertEquals(InventoryQueues.EVENTS, sent.destination());
        assertWritten(type, sent.envelope().body());
        assertEquals(
                new Envelope(
                        sent.envelope().messageId(),
                        type,
                        header(type, "tenant"),
                        header(type, "businessKey"),
                        sequence(type),
                        header(type, "traceparent"),
                        header(type, "causedBy"),
                        header(type, "channel"),
                        sent.envelope().body()),
                sent.envelope());
    }

    @Test
    void aPositionIsToldAsTheDocumentSays() {
        String type = StockChanged.TYPE;
        StockChanged told = example(type, StockChanged.class);
        Position position = new Position(
                new PositionKey(told.tenant(), told.sku(), told.location()),
                told.unit(),
                told.onHand(),
                told.reserved(),
                told.safety(),
                BigDecimal.ZERO,
                told.movement(),
                sequence(type) - 1,
                told.recordedAt());
        List<OutboundMessage> sent =
                new StockEvents(IDS).changed(List.of(position), header(type, "causedBy"), header(type, "traceparent"));
        assertEquals(1, sent.size());
        assertSent(type, sent.get(0));
    }

    @Test
    void aPlaceThatRunsLowIsToldAsTheDocumentSays() {
        String type = ReplenishmentNeeded.TYPE;
        ReplenishmentNeeded told = example(type, ReplenishmentNeeded.class);
        ReorderPoint reorder = new ReorderPoint(told.reorderPoint(), told.target());
        Position position = new Position(
                        new PositionKey(told.tenant(), told.sku(), told.location()),
                        told.unit(),
                        told.onHand(),
                        told.reserved(),
                        told.safety(),
                        BigDecimal.ZERO,
                        1,
                        1,
                        told.at())
                .watched(reorder, false, sequence(type) - 1);
        assertTrue(position.falls());
        assertSent(
                type,
                Signals.message(
                        IDS,
                        position,
                        reorder,
                        told.expected(),
                        told.at(),
                        header(type, "causedBy"),
                        header(type, "traceparent")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ReservationChanged.RESERVED,
                ReservationChanged.REFUSED,
                ReservationChanged.RELEASED,
                ReservationChanged.EXPIRED,
                ReservationChanged.CONSUMED
            })
    void whatBecameOfAReservationIsToldAsTheDocumentSays(String type) {
        ReservationChanged told = example(type, ReservationChanged.class);
        SortedMap<PositionKey, BigDecimal> items = new TreeMap<>();
        told.items()
                .forEach(item ->
                        items.put(new PositionKey(told.tenant(), item.sku(), item.location()), item.quantity()));
        Reservation reservation = new Reservation(
                told.reservationId(),
                told.tenant(),
                new ReservationDocument(told.reference(), told.channel(), false, null, List.of()),
                List.of(),
                Reservation.State.HELD,
                told.at(),
                told.at(),
                told.at(),
                new TreeMap<>(),
                sequence(type));
        assertSent(
                type,
                new ReservationEvents(IDS)
                        .message(
                                reservation,
                                type,
                                told.document(),
                                items,
                                told.at(),
                                header(type, "causedBy"),
                                header(type, "traceparent")));
    }
}
