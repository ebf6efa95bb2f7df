package org.retailhub.masterdata.domain;

import java.util.Comparator;
import java.util.List;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.Sku;

/**
 * What somebody says a product is: validated, not yet compared with what is known.
 *
 * @param gtins in order of their digits, no two alike
 */
public record ProductContent(Sku sku, List<Gtin> gtins, String erpItem, String name, boolean active) {
    /** iDempiere and its family keep a search key in 40 characters. */
    public static final int MAX_ERP_ITEM = 40;

    public static final int MAX_NAME = 255;
    public static final int MAX_GTINS = 20;

    public ProductContent {
        gtins = gtins.stream().sorted(Comparator.comparing(Gtin::normalized)).toList();
    }
}
