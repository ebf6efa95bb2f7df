package org.retailhub.order.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.retailhub.platform.testkit.MessageExamples.assertWritten;
import static org.retailhub.platform.testkit.MessageExamples.header;
import static org.retailhub.platform.testkit.MessageExamples.payload;
import static org.retailhub.platform.testkit.MessageExamples.payloadOfTomorrow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.inventory.api.ReservationChanged;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.order.OrderSteps;
import org.retailhub.order.Postings;
import org.retailhub.order.api.CancelOrder;
import org.retailhub.order.api.ChangeOrder;
import org.retailhub.order.api.ConfirmShipment;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.order.api.OrderShipped;
import org.retailhub.order.api.OrderStateChanged;
import org.retailhub.order.api.PlaceOrder;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.order.domain.OrderShipping;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.OutboundMessage;

/**
 * What {@code docs/asyncapi.yaml} shows is understood, with a field more as well (an addition keeps the version), and what follows from
 * it is written as shown there.
 */
class MessageExamplesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private static Envelope message(String type, String body) {
        return new Envelope(
                header(type, "messageId"),
                type,
                header(type, "tenant"),
                header(type, "businessKey"),
                Long.parseLong(header(type, "sequence")),
                header(type, "traceparent"),
                header(type, "causedBy"),
                header(type, "channel"),
                body);
    }

    @ParameterizedTest
    @ValueSource(strings = {PlaceOrder.TYPE, ChangeOrder.TYPE, CancelOrder.TYPE})
    void commandsAreUnderstood(String type) {
        for (String body : new String[] {payload(type), payloadOfTomorrow(type)}) {
            OrderCommands.Command command = OrderCommands.read(message(type, body), NOW);
            assertNull(command.fault(), () -> type + ": " + command.fault());
            assertEquals(type.equals(CancelOrder.TYPE) ? "customer" : "", command.reason());
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
    void verdictsAreUnderstood(String type) {
        for (String body : new String[] {payload(type), payloadOfTomorrow(type)}) {
            assertEquals(
                    header(type, "businessKey"),
                    ErpVerdicts.read(message(type, body)).orderId());
        }
    }

    @Test
    void postingsAreWrittenAsTheDocumentSays() throws JsonProcessingException {
        String order = new ObjectMapper()
                .readTree(payload(PlaceOrder.TYPE))
                .path("order")
                .toString();
        OrderDocument document = OrderCheck.parse(order.getBytes(StandardCharsets.UTF_8), NOW);
        String orderId = header(SalesDocument.POST, "businessKey");
        String trace = header(SalesDocument.POST, "traceparent");
        assertSent(SalesDocument.POST, Postings.post(new Postings.Sale(orderId, "acme", 1, document, 1, trace)));
        assertSent(SalesDocument.AMEND, Postings.amend(new Postings.Sale(orderId, "acme", 2, document, 2, trace)));
        assertSent(SalesDocument.WITHDRAW, Postings.withdraw(orderId, "acme", "shop-eu", 3, "customer", trace));
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
    void answersAboutStockAreUnderstood(String type) {
        for (String body : new String[] {payload(type), payloadOfTomorrow(type)}) {
            ReservationChanged answer = StockAnswers.read(message(type, body));
            assertEquals(
                    header(type, "businessKey"), ReserveStock.businessKey(header(type, "tenant"), answer.reference()));
        }
    }

    @Test
    void whereAnOrderStandsIsToldAsTheDocumentSays() {
        String type = OrderStateChanged.TYPE;
        String orderId = header(type, "businessKey");
        OutboundMessage told = OrderSteps.message(
                new OrderStateChanged(orderId, "acme", "shop-eu", "README-1", 1, "posted", NOW, null, orderId),
                4,
                header(type, "traceparent"),
                header(type, "causedBy"));
        assertEquals(OrderQueues.EVENTS, told.destination());
        assertWritten(type, told.envelope().body());
        assertEquals(message(type, told.envelope().body()), told.envelope());
    }

    @Test
    void shipmentsAreUnderstoodAndToldAsTheDocumentSays() {
        String type = ConfirmShipment.TYPE;
        ShipmentCommands commands = new ShipmentCommands(null, null, null, Clock.fixed(NOW, ZoneOffset.UTC));
        for (String body : new String[] {payload(type), payloadOfTomorrow(type)}) {
            ShipmentCommands.Command command = commands.read(message(type, body));
            assertNull(command.fault(), () -> "" + command.fault());
            assertEquals("acme\nshop-eu\nREADME-1", command.orderKey());
        }
        ShipmentDocument shipment = commands.read(message(type, payload(type))).readable();
        String orderId = header(OrderShipped.TYPE, "businessKey");
        OutboundMessage told = OrderSteps.message(
                new OrderSteps.Shipped(
                        orderId,
                        "README-1",
                        "acme",
                        "shop-eu",
                        shipment,
                        List.of(new OrderShipping.Leaving(
                                "1", "MUG-WHITE", new BigDecimal("1.000"), BigDecimal.ZERO, BigDecimal.ONE)),
                        false,
                        header(OrderShipped.TYPE, "traceparent"),
                        header(OrderShipped.TYPE, "causedBy")),
                5);
        assertEquals(OrderQueues.EVENTS, told.destination());
        assertWritten(OrderShipped.TYPE, told.envelope().body());
        assertEquals(message(OrderShipped.TYPE, told.envelope().body()), told.envelope());

        OrderDocument order = OrderCheck.parse("""
                {"channel":"shop-eu","channelOrderId":"README-1","placedAt":"2026-11-23T10:00:00+01:00","currency":"EUR",
                 "lines":[{"lineId":"1","sku":"MUG-WHITE","quantity":2,"unitPrice":"6.75"}],
                 "totals":{"goods":"13.50","grand":"13.50"}}""".getBytes(StandardCharsets.UTF_8), NOW);
        assertSent(
                SalesShipment.TYPE,
                Postings.ship(
                        orderId, "acme", "shop-eu", shipment, order, 2, header(SalesShipment.TYPE, "traceparent")));
    }

    @Test
    void whatTheErpMadeOfAShipmentIsUnderstood() {
        String type = SalesShipment.TAKEN;
        for (String body : new String[] {payload(type), payloadOfTomorrow(type)}) {
            assertEquals("WH1-4711", ErpVerdicts.readTaken(message(type, body)).shipmentNumber());
        }
    }

    private static void assertSent(String type, OutboundMessage sent) {
        assertEquals(ErpQueues.POSTINGS_IDEMPIERE, sent.destination());
        assertWritten(type, sent.envelope().body());
        assertEquals(message(type, sent.envelope().body()), sent.envelope());
    }
}
