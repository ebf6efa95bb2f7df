package org.retailhub.inventory.api;

import java.util.Map;
import java.util.Set;

/** From where channels sell, asked in bulk. Never joins the caller's transaction. */
public interface ChannelPools {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/inventory/ChannelPoolsBean!org.retailhub.inventory.api.ChannelPools";

    /**
     * The locations of each channel, of its rule as a whole: a reservation elsewhere is refused. A channel that sells from everywhere has no
     * entry.
     */
    Map<String, Set<String>> of(String tenant, Set<String> channels);
}
