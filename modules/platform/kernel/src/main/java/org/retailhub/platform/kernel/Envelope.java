package org.retailhub.platform.kernel;

import java.util.Objects;

/**
 * One message between modules, as it stands on a queue: who it is about, which number it has in that key's order, and where
 * it came from.
 *
 * @param messageId unique for ever; the inbox, the sent log and the ERP's posting row know the message by it
 * @param type name and version, such as {@code PostOrder.v1} (the {@code JMSType})
 * @param tenant whose data this is
 * @param businessKey the aggregate, such as an order id; messages of one key are handled in order of their sequence
 * @param sequence gapless from 1 per sender, destination and business key, taken under the aggregate's lock
 * @param traceparent W3C trace context of the request that caused this
 * @param causedBy message or request id that caused this
 * @param channel sales channel, or empty
 * @param body JSON
 */
public record Envelope(
        String messageId,
        String type,
        String tenant,
        String businessKey,
        long sequence,
        String traceparent,
        String causedBy,
        String channel,
        String body) {
    public Envelope {
        Objects.requireNonNull(messageId);
        Objects.requireNonNull(type);
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(businessKey);
        Objects.requireNonNull(traceparent);
        Objects.requireNonNull(causedBy);
        Objects.requireNonNull(channel);
        Objects.requireNonNull(body);
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence must start at 1: " + sequence);
        }
    }
}
