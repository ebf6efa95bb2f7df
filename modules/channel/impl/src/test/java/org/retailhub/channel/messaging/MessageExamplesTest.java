package org.retailhub.channel.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;
import static org.retailhub.platform.testkit.MessageExamples.payloadOfTomorrow;

import org.junit.jupiter.api.Test;
import org.retailhub.channel.InboundMessage;
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
}
