package org.retailhub.masterdata.api;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The places of a tenant. Bulk: ask once for a whole batch.
 *
 * <p>Never joins the caller's transaction; what it answers was committed when the question was asked.
 */
public interface Locations {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/masterdata/LocationsBean!org.retailhub.masterdata.api.Locations";

    /** The known ones among {@code ids}; an unknown one has no entry. */
    Map<String, LocationView> byId(String tenant, Set<String> ids);

    /** All that are active, by id: candidates for an order. */
    List<LocationView> active(String tenant);
}
