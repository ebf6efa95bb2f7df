package org.retailhub.masterdata.api;

import java.util.Map;
import java.util.Set;

/**
 * The tax codes of a tenant. Bulk: ask once for a whole batch.
 *
 * <p>Never joins the caller's transaction; what it answers was committed when the question was asked.
 */
public interface TaxCodes {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/masterdata/TaxCodesBean!org.retailhub.masterdata.api.TaxCodes";

    /** The known ones among {@code codes}; an unknown one has no entry. */
    Map<String, TaxCodeView> byCode(String tenant, Set<String> codes);
}
