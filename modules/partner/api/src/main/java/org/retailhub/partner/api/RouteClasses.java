package org.retailhub.partner.api;

import java.util.Set;

/** What quotas count apart. A route counts in the class named as its scope unless it names another. */
public final class RouteClasses {
    /** Many orders in one call. */
    public static final String ORDERS_BATCH = "orders:batch";

    /** Every class there is; {@link Scopes#HUB_OPERATE} is none, since operators are not counted. */
    public static final Set<String> ALL = Set.of(
            Scopes.ORDERS_READ,
            Scopes.ORDERS_WRITE,
            ORDERS_BATCH,
            Scopes.MASTERDATA_READ,
            Scopes.MASTERDATA_WRITE,
            Scopes.POSTINGS_READ,
            Scopes.TRACE_READ);

    private RouteClasses() {}
}
