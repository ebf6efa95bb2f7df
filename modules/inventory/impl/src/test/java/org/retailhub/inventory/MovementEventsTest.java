package org.retailhub.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.retailhub.platform.testkit.MessageExamples.assertWritten;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.StockMoved;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

/** A movement that the ERP has to know is told as {@code docs/asyncapi.yaml} shows. */
class MovementEventsTest {
    @Test
    void aMovementIsToldAsTheDocumentSays() {
        String type = StockMoved.TYPE;
        StockMoved told = StrictJson.read(payload(type).getBytes(StandardCharsets.UTF_8), StockMoved.class);
        LedgerRow row = new LedgerRow(
                new PositionKey(told.tenant(), told.sku(), told.location()),
                1,
                new Entry(
                        MovementKind.SALE,
                        told.quantity(),
                        BigDecimal.ZERO,
                        told.unit(),
                        told.feed(),
                        told.sourceKey(),
                        118L,
                        null,
                        null,
                        told.occurredAt(),
                        told.reference(),
                        told.reason(),
                        null,
                        false,
                        header(type, "traceparent")),
                BigDecimal.TEN,
                BigDecimal.ZERO,
                told.recordedAt());
        OutboundMessage sent = MovementEvents.message(new Ulid(Clock.systemUTC()), row, header(type, "causedBy"));
        assertEquals(InventoryQueues.EVENTS, sent.destination());
        assertWritten(type, sent.envelope().body());
        assertEquals(header(type, "businessKey"), sent.envelope().businessKey());
        assertEquals(1, sent.envelope().sequence());
        assertEquals(header(type, "traceparent"), sent.envelope().traceparent());
    }
}
