package org.retailhub.order.domain;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;

/**
 * A checked order that somebody wants to place.
 *
 * @param canonical the document's written form
 * @param contentHash of the written form
 * @param idempotencyKey as the caller sent it
 */
public record Placement(
        String tenant,
        OrderDocument document,
        String canonical,
        byte[] contentHash,
        Optional<String> idempotencyKey,
        String traceparent) {

    public static Placement of(
            String tenant, OrderDocument document, Optional<String> idempotencyKey, String traceparent) {
        String canonical = OrderJson.write(document);
        return new Placement(tenant, document, canonical, OrderJson.hash(canonical), idempotencyKey, traceparent);
    }

    /** Tenant, channel and the channel's number; no part can contain the separator. */
    public String naturalKey() {
        return tenant + '\n' + document.channel() + '\n' + document.channelOrderId();
    }

    /** What no two transactions may place at a time: the natural key, and the caller's own key. */
    public long[] locks() {
        return idempotencyKey
                .map(key -> new long[] {hash("order\n" + naturalKey()), hash("key\n" + tenant + '\n' + key)})
                .orElseGet(() -> new long[] {hash("order\n" + naturalKey())});
    }

    private static long hash(String text) {
        return ByteBuffer.wrap(OrderJson.hash(text)).getLong();
    }
}
