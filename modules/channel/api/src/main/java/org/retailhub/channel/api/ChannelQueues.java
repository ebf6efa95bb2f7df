package org.retailhub.channel.api;

/** Destinations of the channel module. Command queues belong to their consumer, event addresses to their producer. */
public final class ChannelQueues {
    /** Payloads that were stored and wait to be translated; the module's own. */
    public static final String INBOUND = "channel.inbound";

    /** {@link RefundMade}. A topic to send to; the broker copies each message to one queue per subscribing module (none yet). */
    public static final String EVENTS = "channel.events";

    private ChannelQueues() {}
}
