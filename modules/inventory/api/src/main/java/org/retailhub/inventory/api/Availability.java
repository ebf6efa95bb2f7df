package org.retailhub.inventory.api;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What can be sold, asked in bulk. Never joins the caller's transaction; sees what was committed before the question. */
public interface Availability {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/inventory/AvailabilityBean!org.retailhub.inventory.api.Availability";

    /** A SKU at a location. */
    record Place(String sku, String location) {}

    /**
     * What is there of a SKU at a location. Amounts are in the position's unit.
     *
     * @param availableToSell on hand − reserved − safety; below 0 if more was sold elsewhere than was there
     * @param asOf the time this is true for
     */
    record Stock(BigDecimal onHand, BigDecimal reserved, BigDecimal safety, BigDecimal availableToSell, Instant asOf) {}

    /**
     * What a channel may show of a SKU at a location, in the position's unit: never below 0.
     *
     * @param available after the channel's buffer, cap, minimum display and pool of locations
     */
    record Shown(BigDecimal available, Instant asOf) {}

    /** The known ones among these places. */
    Map<Place, Stock> at(String tenant, Set<Place> places);

    /**
     * What is still to come of a SKU at a location by one line of a purchase order or an advice, in the position's unit.
     *
     * @param at when it is expected; in the past if it is late
     * @param document the source's, such as the order's number
     */
    record Expected(BigDecimal quantity, Instant at, String document) {}

    /** What is still to come at these places, the next first; places where nothing is expected are left out. */
    Map<Place, List<Expected>> expected(String tenant, Set<Place> places);

    /** All places of these SKUs. */
    Map<String, List<Place>> placesOf(String tenant, Set<String> skus);

    /**
     * What the channel may show at these places now; a place whose location is empty stands for all that the channel sells from. Those where
     * nothing ever moved are left out; one that the channel does not sell from shows 0.
     */
    Map<Place, Shown> forChannel(String tenant, String channel, Set<Place> places);
}
