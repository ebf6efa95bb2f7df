package org.retailhub.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.ShipmentDocument;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

/**
 * Makes the posting commands. The body of a sale depends on the revision alone, so it is not kept in the sent log: it can be made
 * again byte for byte. A message's id belongs to its order, number and body: an order that is placed again after a restore sends the
 * message that the ERP may have marked already (ADR 0008).
 */
public final class Postings {
    private static final ObjectMapper JSON = StrictJson.mapper();

    private Postings() {}

    /** A revision on its way to the ERP module as message {@code sequence} of its order. */
    public record Sale(
            String orderId, String tenant, int revision, OrderDocument document, long sequence, String traceparent) {}

    /** The first posting. */
    public static OutboundMessage post(Sale sale) {
        return message(SalesDocument.POST, sale);
    }

    /** The whole document anew. */
    public static OutboundMessage amend(Sale sale) {
        return message(SalesDocument.AMEND, sale);
    }

    /** Takes the posting back. */
    public static OutboundMessage withdraw(
            String orderId, String tenant, String channel, long sequence, String reason, String traceparent) {
        String body = json(new SalesDocument.Withdrawal(orderId, reason));
        return new OutboundMessage(
                ErpQueues.POSTINGS_IDEMPIERE,
                new Envelope(
                        messageId(orderId, sequence, body),
                        SalesDocument.WITHDRAW,
                        tenant,
                        orderId,
                        sequence,
                        traceparent,
                        causedBy(traceparent),
                        channel,
                        body),
                true);
    }

    /** What left, for the ERP to know. */
    public static OutboundMessage ship(
            String orderId,
            String tenant,
            String channel,
            ShipmentDocument shipment,
            OrderDocument order,
            long sequence,
            String traceparent) {
        Map<String, String> skus = new HashMap<>();
        order.lines().forEach(line -> skus.put(line.lineId(), line.sku()));
        ShipmentDocument.Carrier carrier = shipment.carrier();
        String body = json(new SalesShipment(
                orderId,
                shipment.shipmentNumber(),
                shipment.location(),
                shipment.shippedAt(),
                carrier == null ? null : carrier.code() == null ? carrier.name() : carrier.code(),
                shipment.parcels().stream()
                        .map(ShipmentDocument.Parcel::trackingNumber)
                        .filter(Objects::nonNull)
                        .toList(),
                shipment.lines().stream()
                        .map(line -> new SalesShipment.Line(
                                line.lineId(), skus.getOrDefault(line.lineId(), ""), line.quantity(), line.lot()))
                        .toList(),
                shipment.closesLines()));
        return new OutboundMessage(
                ErpQueues.POSTINGS_IDEMPIERE,
                new Envelope(
                        messageId(orderId, sequence, body),
                        SalesShipment.TYPE,
                        tenant,
                        orderId,
                        sequence,
                        traceparent,
                        causedBy(traceparent),
                        channel,
                        body),
                true);
    }

    private static String messageId(String orderId, long sequence, String body) {
        return Ulid.beside(orderId, orderId + '\n' + sequence + '\n' + body);
    }

    private static OutboundMessage message(String type, Sale sale) {
        String body = body(sale.orderId(), sale.revision(), sale.document());
        return new OutboundMessage(
                ErpQueues.POSTINGS_IDEMPIERE,
                new Envelope(
                        messageId(sale.orderId(), sale.sequence(), body),
                        type,
                        sale.tenant(),
                        sale.orderId(),
                        sale.sequence(),
                        sale.traceparent(),
                        causedBy(sale.traceparent()),
                        sale.document().channel(),
                        body),
                false);
    }

    /** The request that caused it, by its span; every traceparent of ours has one. */
    private static String causedBy(String traceparent) {
        return traceparent.length() >= 52 ? traceparent.substring(36, 52) : "";
    }

    /** The same text for the same revision, always. */
    public static String body(String orderId, int revision, OrderDocument document) {
        return json(salesDocument(orderId, revision, document));
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Goods as lines; shipping, charges and the lines' discounts as charges. The ERP works out the tax itself. */
    static SalesDocument salesDocument(String orderId, int revision, OrderDocument document) {
        List<SalesDocument.Line> lines = new ArrayList<>(document.lines().size());
        List<SalesDocument.Charge> charges = new ArrayList<>();
        for (OrderDocument.Line line : document.lines()) {
            lines.add(new SalesDocument.Line(line.lineId(), line.sku(), line.quantity(), line.unitPrice()));
        }
        BigDecimal shipping = document.totals().shipping();
        if (shipping.signum() != 0) {
            charges.add(new SalesDocument.Charge("shipping", "Shipping", shipping));
        }
        for (OrderDocument.Charge charge : document.charges()) {
            charges.add(new SalesDocument.Charge(
                    charge.type(),
                    charge.description() == null ? charge.type() : charge.description(),
                    charge.amount()));
        }
        for (OrderDocument.Line line : document.lines()) {
            for (OrderDocument.Discount discount : line.discounts()) {
                if (discount.amount().signum() != 0) {
                    String reason = discount.reason() == null ? "" : ": " + discount.reason();
                    charges.add(new SalesDocument.Charge(
                            "discount",
                            "Line " + line.lineId() + reason,
                            discount.amount().negate()));
                }
            }
        }
        OrderDocument.Address to = document.shipTo();
        return new SalesDocument(
                orderId,
                revision,
                document.channel(),
                document.channelOrderId(),
                document.placedAt(),
                document.currency(),
                to == null
                        ? null
                        : new SalesDocument.ShipTo(
                                to.name(),
                                to.line1(),
                                to.line2(),
                                to.city(),
                                to.postalCode(),
                                to.region(),
                                to.country()),
                lines,
                charges);
    }
}
