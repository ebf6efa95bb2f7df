package org.retailhub.platform.runtime.messaging;

import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageFormatException;
import jakarta.jms.TextMessage;
import org.retailhub.platform.kernel.Envelope;

/** Reads a JMS message into an envelope; what lacks a part is still given an envelope, so that it can be parked and seen. */
record Received(Envelope envelope, boolean wellFormed, String fault) {
    static Received of(Message message) throws JMSException {
        String body = message instanceof TextMessage text && text.getText() != null ? text.getText() : "";
        String messageId = message.getStringProperty("messageId");
        String businessKey = message.getStringProperty("businessKey");
        String type = message.getJMSType();
        long sequence = message.propertyExists("sequence") ? sequence(message) : 0;
        String fault = messageId == null
                ? "no property messageId"
                : businessKey == null
                        ? "no property businessKey"
                        : sequence < 1
                                ? "no valid property sequence"
                                : type == null ? "no JMSType" : message instanceof TextMessage ? "" : "no text message";
        boolean wellFormed = fault.isEmpty();
        Envelope envelope = new Envelope(
                wellFormed ? messageId : message.getJMSMessageID(),
                type == null ? "" : type,
                text(message, "tenant"),
                wellFormed ? businessKey : "malformed:" + message.getJMSMessageID(),
                wellFormed ? sequence : 1,
                text(message, "traceparent"),
                text(message, "causedBy"),
                text(message, "channel"),
                // PostgreSQL's text cannot hold it; no door of ours lets it in.
                body.replace("\u0000", "\\u0000"));
        return new Received(envelope, wellFormed, fault);
    }

    private static long sequence(Message message) throws JMSException {
        try {
            return message.getLongProperty("sequence");
        } catch (NumberFormatException | MessageFormatException e) {
            return 0;
        }
    }

    private static String text(Message message, String property) throws JMSException {
        String value = message.getStringProperty(property);
        return value == null ? "" : value;
    }
}
