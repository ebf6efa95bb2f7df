package org.retailhub.masterdata.api;

import java.util.Map;
import java.util.Set;

/**
 * Under which account the ERP books what a channel sells. Bulk: ask once for a whole batch.
 *
 * <p>Never joins the caller's transaction; what it answers was committed when the question was asked.
 */
public interface SalesAccounts {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/masterdata/SalesAccountsBean!org.retailhub.masterdata.api.SalesAccounts";

    /** The accounts known among {@code channels} of the tenant, by channel; an unknown channel has no entry. */
    Map<String, SalesAccountView> byChannel(String tenant, Set<String> channels);
}
