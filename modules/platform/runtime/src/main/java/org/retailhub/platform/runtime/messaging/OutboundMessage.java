package org.retailhub.platform.runtime.messaging;

import org.retailhub.platform.kernel.Envelope;

/**
 * A message to send.
 *
 * @param destination name of the queue or address, a constant of its owner's api
 * @param keepBody whether the sent log keeps the body; false where the sender can rebuild it byte for byte from its own state
 */
public record OutboundMessage(String destination, Envelope envelope, boolean keepBody) {}
