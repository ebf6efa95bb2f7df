package org.retailhub.erp.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.erp.messaging.PostingFacts.Body;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.runtime.rest.StrictJson;

/** Reads the bodies of posting messages. Additive changes keep a message's version: fields that we do not know are passed over. */
final class PostingBodies {
    private static final int LONGEST_DOCUMENT_NO = 30;
    private static final ObjectReader DOCUMENT = StrictJson.mapper()
            .readerFor(SalesDocument.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final ObjectReader WITHDRAWAL = StrictJson.mapper()
            .readerFor(SalesDocument.Withdrawal.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final ObjectReader SHIPMENT = StrictJson.mapper()
            .readerFor(SalesShipment.class)
            .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private PostingBodies() {}

    static boolean isKnown(String type) {
        return type.equals(SalesDocument.POST)
                || type.equals(SalesDocument.AMEND)
                || type.equals(SalesDocument.WITHDRAW)
                || type.equals(SalesShipment.TYPE);
    }

    static Body read(Envelope message) {
        try {
            if (message.type().equals(SalesDocument.WITHDRAW)) {
                SalesDocument.@Nullable Withdrawal withdrawal = WITHDRAWAL.readValue(message.body());
                if (withdrawal == null) {
                    return new Body(null, null, "the body is null");
                }
                return new Body(null, withdrawal.reason(), fault(message, withdrawal.orderId()));
            }
            if (message.type().equals(SalesShipment.TYPE)) {
                @Nullable SalesShipment shipment = SHIPMENT.readValue(message.body());
                return shipment == null
                        ? new Body(null, null, "the body is null")
                        : new Body(null, null, shipment, fault(message, shipment.orderId()));
            }
            @Nullable SalesDocument document = DOCUMENT.readValue(message.body());
            if (document == null) {
                return new Body(null, null, "the body is null");
            }
            String fault = fault(message, document.orderId());
            return new Body(document, null, fault == null ? fault(document) : fault);
        } catch (JsonProcessingException e) {
            return new Body(null, null, String.valueOf(e.getOriginalMessage()));
        }
    }

    private static @Nullable String fault(Envelope message, @Nullable String orderId) {
        if (orderId == null || !orderId.equals(message.businessKey())) {
            return "orderId is " + orderId + ", not the message's key";
        }
        return orderId.length() > LONGEST_DOCUMENT_NO
                ? "orderId is longer than the ERP's document number (" + LONGEST_DOCUMENT_NO + ")"
                : null;
    }

    private static @Nullable String fault(SalesDocument document) {
        if (document.lines().isEmpty() && document.charges().isEmpty()) {
            return "neither lines nor charges";
        }
        for (SalesDocument.Line line : document.lines()) {
            if (line.sku() == null
                    || line.unitPrice() == null
                    || line.quantity() == null
                    || line.quantity().signum() <= 0) {
                return "line " + line.lineId() + " needs sku, unitPrice and a quantity above 0";
            }
        }
        for (SalesDocument.Charge charge : document.charges()) {
            if (charge.type() == null || charge.amount() == null) {
                return "a charge needs type and amount";
            }
        }
        try {
            java.util.Currency.getInstance(document.currency());
            return null;
        } catch (IllegalArgumentException e) {
            return "currency " + document.currency() + " is not of ISO 4217";
        }
    }
}
