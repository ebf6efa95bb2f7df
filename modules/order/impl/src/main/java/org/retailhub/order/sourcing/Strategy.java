package org.retailhub.order.sourcing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * What a step of a rule counts against a plan, in points: fewer are better. The units are fixed, so that weights can be reasoned about: a
 * further parcel is as bad as 100 km. The wire names are stable.
 */
public enum Strategy {
    /** 10 points for a kilometre of each parcel. */
    NEAREST("nearest"),
    /** 1,000 for each parcel after the first. */
    FEWEST_SPLITS("fewest-splits"),
    /** 100 for a unit of the rule's currency that the parcels cost. */
    CHEAPEST_SPLIT("cheapest-split"),
    /** 1,000 for each place before it in the step's list; one that is not in it comes after all. */
    STORE_PRIORITY("store-priority"),
    /** 1,000 for each parcel from elsewhere than a distribution centre. */
    DC_FIRST("dc-first"),
    /** 1,000 for each parcel from elsewhere than a third party's warehouse. */
    THIRD_PARTY_FIRST("third-party-first"),
    /** 1,000 for each parcel from a drop-ship place or a supplier. */
    DROP_SHIP_LAST("drop-ship-last"),
    /** 500 for a day until the last parcel leaves. */
    SOONEST("soonest");

    private final String wire;

    Strategy(String wire) {
        this.wire = wire;
    }

    /** The name in JSON and in the database. */
    @JsonValue
    public String wire() {
        return wire;
    }

    /** @throws IllegalArgumentException if there is no such strategy */
    @JsonCreator
    public static Strategy of(String wire) {
        for (Strategy strategy : values()) {
            if (strategy.wire.equals(wire)) {
                return strategy;
            }
        }
        throw new IllegalArgumentException("no strategy: " + wire);
    }
}
