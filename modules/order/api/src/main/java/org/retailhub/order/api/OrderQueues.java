package org.retailhub.order.api;

/** Destinations of the order module. Command queues belong to their consumer. */
public final class OrderQueues {
    /**
     * {@link PlaceOrder}, {@link ChangeOrder}, {@link CancelOrder}. The business key is {@link CanonicalOrder#businessKey}, so that
     * all that is said about one order comes in its sequence, before there is an order. And {@link ConfirmShipment}, by {@link
     * ConfirmShipment#businessKey}.
     */
    public static final String COMMANDS = "order.commands";

    /**
     * A topic: {@link OrderShipped}, and {@link OrderStateChanged} of the channels whose policy has it told. The business key is the order's id. The broker copies
     * each message to one queue per subscribing module.
     */
    public static final String EVENTS = "order.events";

    /** The channel module's queue, fed from {@link #EVENTS}. */
    public static final String EVENTS_FOR_CHANNEL = "order.events.channel";

    private OrderQueues() {}
}
