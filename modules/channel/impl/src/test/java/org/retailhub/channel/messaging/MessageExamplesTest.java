package org.retailhub.channel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;
import static org.retailhub.platform.testkit.MessageExamples.payloadOfTomorrow;

import org.junit.jupiter.api.Test;
import org.retailhub.channel.InboundMessage;
import org.retailhub.order.api.OrderShipped;
import org.retailhub.platform.kernel.Envelope;

/** What {@code docs/asyncapi.yaml} shows is understood, with a field more as well: an addition keeps the version. */
class MessageExamplesTest {
    private static InboundMessage read(String body) {
        return InboundPayloads.read(
                new Envelope("M1", InboundMessage.TYPE, "acme", "P1", 1, "", "", "acme-shopify", body));
    }

    @Test
    void aStoredPayloadIsUnderstood() {
        InboundMessage expected = new InboundMessage(header(InboundMessage.TYPE, "businessKey"), null);
        assertEquals(expected, read(payload(InboundMessage.TYPE)));
        assertEquals(expected, read(payloadOfTomorrow(InboundMessage.TYPE)));
    }

    @Test
    void aShipmentIsUnderstood() {
        OrderShipped shipped = shipped(payload(OrderShipped.TYPE));
        assertEquals("WH1-4711", shipped.shipmentNumber());
        assertEquals("JJD000390007827", shipped.parcels().get(0).trackingNumber());
        assertEquals(shipped, shipped(payloadOfTomorrow(OrderShipped.TYPE)));
    }

    private static OrderShipped shipped(String body) {
        return ShipmentEvents.read(new Envelope(
                "M1",
                OrderShipped.TYPE,
                header(OrderShipped.TYPE, "tenant"),
                header(OrderShipped.TYPE, "businessKey"),
                1,
                "",
                "",
                "shop-eu",
                body));
    }
}
