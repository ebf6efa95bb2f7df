package org.retailhub.channel.domain;

/**
 * A stored payload with what it says.
 *
 * @param asked whether we asked for it: then there is nothing more to ask for
 */
public record Arrival(
        String payloadId, Connection connection, boolean asked, String traceparent, Translation translation) {}
