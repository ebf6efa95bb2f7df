package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.retailhub.platform.testkit.MessageExamples.assertWritten;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.api.ChannelQueues;
import org.retailhub.channel.api.RefundMade;
import org.retailhub.channel.domain.Delivery;
import org.retailhub.channel.domain.OrderContent;
import org.retailhub.order.api.CancelOrder;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.order.api.ChangeOrder;
import org.retailhub.order.api.PlaceOrder;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

/** What this module writes is what {@code docs/asyncapi.yaml} shows. */
class MessageExamplesTest {
    private static JsonNode json(String type) throws JsonProcessingException {
        return new ObjectMapper().readTree(payload(type));
    }

    private static CanonicalOrder order(String type) throws JsonProcessingException {
        return OrderContent.order(json(type).path("order").toString());
    }

    @Test
    void commandsAreWrittenAsTheDocumentSays() throws JsonProcessingException {
        assertWritten(PlaceOrder.TYPE, OrderContent.json(new PlaceOrder(order(PlaceOrder.TYPE))));
        assertWritten(ChangeOrder.TYPE, OrderContent.json(new ChangeOrder(order(ChangeOrder.TYPE))));
        assertWritten(
                CancelOrder.TYPE,
                OrderContent.json(new CancelOrder(
                        order(CancelOrder.TYPE),
                        json(CancelOrder.TYPE).path("reason").asText())));
    }

    @Test
    void refundsAreWrittenAsTheDocumentSays() {
        RefundMade refund =
                StrictJson.read(payload(RefundMade.TYPE).getBytes(StandardCharsets.UTF_8), RefundMade.class);
        assertWritten(RefundMade.TYPE, OrderContent.json(refund));
    }

    @Test
    void aStoredPayloadIsAnnouncedAsTheDocumentSays() {
        String type = InboundMessage.TYPE;
        OutboundMessage announced = PayloadIntake.message(new RawPayload(
                header(type, "businessKey"),
                header(type, "channel"),
                header(type, "tenant"),
                RawPayload.WEBHOOK,
                new Delivery(header(type, "causedBy"), "orders/create", null, null),
                new byte[0],
                new byte[32],
                Instant.EPOCH,
                header(type, "traceparent")));
        assertEquals(ChannelQueues.INBOUND, announced.destination());
        assertWritten(type, announced.envelope().body());
        assertEquals(
                new Envelope(
                        header(type, "messageId"),
                        type,
                        header(type, "tenant"),
                        header(type, "businessKey"),
                        1,
                        header(type, "traceparent"),
                        header(type, "causedBy"),
                        header(type, "channel"),
                        announced.envelope().body()),
                announced.envelope());
    }
}
