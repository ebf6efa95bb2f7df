package org.retailhub.inventory.api;

/** Destinations of the inventory module. Command queues belong to their consumer, event addresses to their producer. */
public final class InventoryQueues {
    /** The erp module's queue, fed with {@link StockMoved} from {@link #EVENTS}. */
    public static final String EVENTS_FOR_ERP = "inventory.events.erp";

    /**
     * {@link RecordMovement}, {@link ReserveStock}, {@link ReleaseStock}, {@link ConsumeStock}, {@link MarkKnownToErp}. The business
     * key of a movement is {@link RecordMovement#businessKey}, of all that is said about one reservation {@link ReserveStock#businessKey}.
     */
    public static final String COMMANDS = "inventory.commands";

    /**
     * A topic: {@link StockChanged} and {@link ReplenishmentNeeded} per position, {@link ReservationChanged} per reservation. The broker copies each message to one
     * queue per subscribing module.
     */
    public static final String EVENTS = "inventory.events";

    /** The order module's own queue on {@link #EVENTS}: what became of reservations, no positions. */
    public static final String EVENTS_FOR_ORDER = "inventory.events.order";

    /** The channel module's own queue on {@link #EVENTS}. */
    public static final String EVENTS_FOR_CHANNEL = "inventory.events.channel";

    private InventoryQueues() {}
}
