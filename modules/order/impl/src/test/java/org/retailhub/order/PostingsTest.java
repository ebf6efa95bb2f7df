package org.retailhub.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.order.canonical.OrderCheck;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

class PostingsTest {
    private static final String TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
    private static final OrderDocument ORDER =
            OrderCheck.parse("""
            {"channel":"shop-eu","channelOrderId":"1002","placedAt":"2026-11-23T10:00:00+02:00","currency":"EUR",
             "shipTo":{"city":"Berlin","country":"DE"},
             "lines":[{"lineId":"1","sku":"A","quantity":"10","unitPrice":"0.335","discounts":[{"amount":"0.05","reason":"WELCOME"},{"amount":0}]}],
             "charges":[{"type":"gift-wrap","amount":"2.00"}],
             "totals":{"goods":"3.30","shipping":"4.90","charges":"2.00","grand":"10.20"}}""".getBytes(StandardCharsets.UTF_8), Instant.parse("2026-11-23T12:00:00Z"));

    private static final String ID = "01M83T4CM0012PQDP69E8MRFQ2";

    @Test
    void messageIdBelongsToOrderNumberAndBody() {
        String id = posted(ID, 1, TRACE);
        assertEquals(id, posted(ID, 1, TRACE.replace('1', '2')), "whoever asked");
        assertNotEquals(id, posted(ID, 2, TRACE));
        assertNotEquals(id, posted("01M83T4CM003CQYH6B5MDN9TBE", 1, TRACE));
    }

    private static String posted(String orderId, long sequence, String trace) {
        return Postings.post(new Postings.Sale(orderId, "t", 1, ORDER, sequence, trace))
                .envelope()
                .messageId();
    }

    @Test
    void booksWhatIsNoGoodsAsCharges() {
        SalesDocument sale = Postings.salesDocument(ID, 1, ORDER);

        assertEquals(
                List.of(new SalesDocument.Line("1", "A", new BigDecimal("10"), new BigDecimal("0.335"))), sale.lines());
        assertEquals(
                List.of(
                        new SalesDocument.Charge("shipping", "Shipping", new BigDecimal("4.90")),
                        new SalesDocument.Charge("gift-wrap", "gift-wrap", new BigDecimal("2.00")),
                        new SalesDocument.Charge("discount", "Line 1: WELCOME", new BigDecimal("-0.05"))),
                sale.charges());
        assertEquals("DE", sale.shipTo().country());
    }

    /** What the ERP adds up is what the customer pays, before tax. */
    @Test
    void postsTheWholeNetAmount() {
        SalesDocument sale = Postings.salesDocument(ID, 1, ORDER);
        BigDecimal sum = BigDecimal.ZERO;
        for (SalesDocument.Line line : sale.lines()) {
            sum = sum.add(line.quantity().multiply(line.unitPrice()).setScale(2, java.math.RoundingMode.HALF_UP));
        }
        for (SalesDocument.Charge charge : sale.charges()) {
            sum = sum.add(charge.amount());
        }
        assertEquals(ORDER.totals().grand().subtract(ORDER.totals().tax()), sum);
    }

    @Test
    void isReadByItsReceiver() {
        byte[] body = Postings.body(ID, 3, ORDER).getBytes(StandardCharsets.UTF_8);
        assertEquals(Postings.salesDocument(ID, 3, ORDER), StrictJson.read(body, SalesDocument.class));
    }

    @Test
    void makesTheSameBodyAgainFromTheStoredRevision() {
        OrderDocument stored = OrderJson.read(OrderJson.write(ORDER));
        assertEquals(Postings.body(ID, 2, ORDER), Postings.body(ID, 2, stored));
    }

    @Test
    void numbersAndNamesTheMessage() {
        OutboundMessage message = Postings.amend(new Postings.Sale(ID, "t", 2, ORDER, 7, TRACE));
        Envelope envelope = message.envelope();

        assertEquals("erp.postings.idempiere", message.destination());
        assertEquals("AmendPosting.v1", envelope.type());
        assertEquals(ID, envelope.businessKey());
        assertEquals(7, envelope.sequence());
        assertEquals("shop-eu", envelope.channel());
        assertEquals("0123456789abcdef", envelope.causedBy());
        assertEquals(false, message.keepBody());
        assertEquals(
                "{\"orderId\":\"" + ID + "\",\"reason\":\"no \\\"more\\\"\"}",
                Postings.withdraw(ID, "t", "shop-eu", 8, "no \"more\"", TRACE)
                        .envelope()
                        .body());
    }
}
