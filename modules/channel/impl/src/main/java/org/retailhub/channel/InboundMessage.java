package org.retailhub.channel;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Body of a message on {@code channel.inbound}: the payload lies in the database. Each payload is a key of its own, so that a sick one
 * holds nobody up; documents are kept in order by their versions.
 *
 * @param corrected what somebody put in the payload's place in the hospital; absent as long as nobody did
 */
public record InboundMessage(String payloadId, @Nullable JsonNode corrected) {
    public static final String TYPE = "PayloadStored.v1";

    static String body(String payloadId) {
        return "{\"payloadId\":\"" + payloadId + "\"}";
    }
}
