package org.retailhub.erp.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.retailhub.platform.testkit.MessageExamples.assertWritten;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;
import static org.retailhub.platform.testkit.MessageExamples.payloadOfTomorrow;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.inventory.api.MarkKnownToErp;
import org.retailhub.inventory.api.StockMoved;
import org.retailhub.masterdata.api.LearnMaster;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.rest.StrictJson;

/** What {@code docs/asyncapi.yaml} shows is understood, with a field more as well, and events are written as shown there. */
class MessageExamplesTest {
    @ParameterizedTest
    @ValueSource(strings = {SalesDocument.POST, SalesDocument.AMEND, SalesDocument.WITHDRAW})
    void postingsAreUnderstood(String type) {
        for (String body : new String[] {payload(type), payloadOfTomorrow(type)}) {
            assertNull(PostingBodies.read(
                            new Envelope("M1", type, "acme", header(type, "businessKey"), 1, "", "", "shop-eu", body))
                    .fault());
        }
    }

    @Test
    void whatTheErpKnowsIsToldAsTheDocumentSays() {
        MarkKnownToErp known =
                StrictJson.read(payload(MarkKnownToErp.TYPE).getBytes(StandardCharsets.UTF_8), MarkKnownToErp.class);
        assertWritten(MarkKnownToErp.TYPE, KnownToErp.json(known));
    }

    @Test
    void mastersAreToldAsTheDocumentSays() {
        LearnMaster master =
                StrictJson.read(payload(LearnMaster.TYPE).getBytes(StandardCharsets.UTF_8), LearnMaster.class);
        assertWritten(LearnMaster.TYPE, MastersPoller.json(master));
    }

    /** As the document shows it, and with a field more. */
    @Test
    void movementsAreUnderstood() {
        for (String body : new String[] {payload(StockMoved.TYPE), payloadOfTomorrow(StockMoved.TYPE)}) {
            String key = header(StockMoved.TYPE, "businessKey");
            StockMoved moved =
                    MovementHandler.read(new Envelope("M1", StockMoved.TYPE, "acme", key, 1, "", "", "", body));
            assertEquals("#118", moved.sourceKey());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PostingEvent.ACKNOWLEDGED,
                PostingEvent.REJECTED,
                PostingEvent.WITHDRAWN,
                PostingEvent.AMENDMENT_REFUSED,
                PostingEvent.WITHDRAWAL_REFUSED
            })
    void eventsAreWrittenAsTheDocumentSays(String type) {
        PostingEvent event = StrictJson.read(payload(type).getBytes(StandardCharsets.UTF_8), PostingEvent.class);
        assertWritten(type, PostingEvents.json(event));
    }

    @Test
    void shipmentsAreUnderstoodAndAnsweredAsTheDocumentSays() {
        for (String body : new String[] {payload(SalesShipment.TYPE), payloadOfTomorrow(SalesShipment.TYPE)}) {
            PostingFacts.Body read = PostingBodies.read(new Envelope(
                    "M1", SalesShipment.TYPE, "acme", header(SalesShipment.TYPE, "businessKey"), 2, "", "", "", body));
            assertNull(read.fault());
            assertEquals("WH1-4711", Objects.requireNonNull(read.shipment()).shipmentNumber());
        }
        SalesShipment.Taken event = StrictJson.read(
                payload(SalesShipment.TAKEN).getBytes(StandardCharsets.UTF_8), SalesShipment.Taken.class);
        assertWritten(SalesShipment.TAKEN, PostingEvents.json(event));
    }
}
