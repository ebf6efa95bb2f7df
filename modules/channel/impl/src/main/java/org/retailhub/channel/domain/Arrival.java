package org.retailhub.channel.domain;

/** A stored payload with what it says. */
public record Arrival(String payloadId, Connection connection, String traceparent, Translation translation) {}
