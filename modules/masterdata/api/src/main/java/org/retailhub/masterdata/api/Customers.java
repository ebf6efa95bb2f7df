package org.retailhub.masterdata.api;

import java.util.Map;
import java.util.Set;

/**
 * The customers of a tenant. Bulk: ask once for a whole batch.
 *
 * <p>Never joins the caller's transaction; what it answers was committed when the question was asked.
 */
public interface Customers {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/masterdata/CustomersBean!org.retailhub.masterdata.api.Customers";

    /** The known ones among {@code ids}; an unknown one has no entry, one that may not buy has one that says so. */
    Map<String, CustomerView> byId(String tenant, Set<String> ids);
}
