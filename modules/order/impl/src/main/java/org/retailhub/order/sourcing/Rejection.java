package org.retailhub.order.sourcing;

import com.fasterxml.jackson.annotation.JsonValue;

/** Why a place does not send. The wire names are stable. */
public enum Rejection {
    UNKNOWN_LOCATION("unknown-location"),
    INACTIVE("inactive"),
    EXCLUDED_BY_RULE("excluded-by-rule"),
    OUTSIDE_POOL("outside-pool"),
    OTHER_LEGAL_ENTITY("other-legal-entity"),
    OTHER_BRAND("other-brand"),
    CLOSED("closed"),
    TOO_SLOW("too-slow"),
    CAPACITY_USED_UP("capacity-used-up"),
    /** Of a SKU: the request excludes it there. */
    EXCLUDED_BY_REQUEST("excluded-by-request"),
    /** Of a SKU: there is none, or what there was went to an order before. */
    NO_STOCK("no-stock"),
    /** Of a SKU: the rule's minimum stays at the store. */
    KEPT_BACK("kept-back");

    private final String wire;

    Rejection(String wire) {
        this.wire = wire;
    }

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }
}
