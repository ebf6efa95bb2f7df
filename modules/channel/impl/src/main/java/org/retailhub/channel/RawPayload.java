package org.retailhub.channel;

import java.time.Instant;
import org.retailhub.channel.domain.Delivery;

/**
 * A payload as it came.
 *
 * @param origin {@code webhook} if it was sent to us, {@code asked} if we asked for it
 */
public record RawPayload(
        String payloadId,
        String connection,
        String tenant,
        String origin,
        Delivery delivery,
        byte[] body,
        byte[] sha256,
        Instant receivedAt,
        String traceparent) {
    static final String WEBHOOK = "webhook";
    static final String ASKED = "asked";

    public boolean isAsked() {
        return origin.equals(ASKED);
    }
}
