package org.retailhub.masterdata.api;

import java.util.Map;
import java.util.Set;
import org.retailhub.platform.kernel.Sku;

/**
 * The products of a tenant. Bulk: ask once for a whole batch.
 *
 * <p>Never joins the caller's transaction; what it answers was committed when the question was asked.
 */
public interface Products {
    /** Where the bean behind this interface is found from any WAR of the EAR. */
    String LOOKUP = "java:app/masterdata/ProductsBean!org.retailhub.masterdata.api.Products";

    /**
     * The known products among {@code skus}; an unknown SKU has no entry, an inactive product has one that says so. One
     * database query whatever the size.
     */
    Map<Sku, ProductView> bySku(String tenant, Set<Sku> skus);
}
