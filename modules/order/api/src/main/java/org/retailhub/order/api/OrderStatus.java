package org.retailhub.order.api;

/** Where an order stands, what it waits for and who acts next. The wire names are stable. */
public enum OrderStatus {
    AWAITING_MAPPING("awaiting-mapping", "master data that knows all its SKUs", "master data"),
    /** Complete; its channel's policy has stock held before anything goes to the ERP. */
    SOURCING("sourcing", "the places its goods come from", "the hub"),
    RESERVING("reserving", "its stock being held", "inventory"),
    /** There is not enough; what there was may be held. */
    BACKORDERED("backordered", "stock to arrive", "supply"),
    POSTING("posting", "the ERP's verdict on the posting", "the ERP"),
    CHANGING("changing", "the ERP's verdict on the changed posting", "the ERP"),
    /** Its posting is taken back: before the ERP's document, or by one that returns it. */
    CANCELLING("cancelling", "the posting being taken back", "the ERP"),
    ERP_REJECTED("erp-rejected", "a correction in the ERP's master data, or a change of the order", "ERP staff"),
    POSTED("posted", "", ""),
    PARTIALLY_SHIPPED("partially-shipped", "the rest of its goods to leave", "the warehouse"),
    /** Nothing more is to leave; the ERP's module has not said yet what it made of the last shipment. */
    SHIPPED("shipped", "the ERP to be told of its shipments", "the hub"),
    /** Shipped, acknowledged by the ERP, and told to it. */
    CLOSED("closed", "", ""),
    CHANGE_AWAITS_ERP("change-awaits-erp", "a person to change the ERP's document", "ERP staff"),
    CANCELLATION_AWAITS_ERP("cancellation-awaits-erp", "a person to cancel the ERP's document", "ERP staff"),
    CANCELLED("cancelled", "", ""),
    /** By the hub: there was not enough, and its channel's policy is not to wait. */
    REFUSED("refused", "", ""),
    /** A test order: kept, never posted. */
    NOT_FOR_ERP("not-for-erp", "", "");

    private final String wire;
    private final String waitsFor;
    private final String actsNext;

    OrderStatus(String wire, String waitsFor, String actsNext) {
        this.wire = wire;
        this.waitsFor = waitsFor;
        this.actsNext = actsNext;
    }

    /** The name in JSON and in the database. */
    public String wire() {
        return wire;
    }

    /** For people; empty if it waits for nothing. */
    public String waitsFor() {
        return waitsFor;
    }

    /** For people; empty if nobody has to act. */
    public String actsNext() {
        return actsNext;
    }

    /** @throws IllegalArgumentException if there is no such status */
    public static OrderStatus of(String wire) {
        for (OrderStatus status : values()) {
            if (status.wire.equals(wire)) {
                return status;
            }
        }
        throw new IllegalArgumentException("no order status: " + wire);
    }
}
