package org.retailhub.masterdata.api;

import java.util.List;
import java.util.Objects;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.Sku;

/**
 * A product as other modules see it.
 *
 * @param sku the seller's own key, unique in its tenant
 * @param gtins the trade item numbers printed on it, none to several
 * @param erpItem the ERP's search key of the item
 * @param name for people
 * @param active whether it may be sold; an inactive product is still resolved
 */
public record ProductView(Sku sku, List<Gtin> gtins, String erpItem, String name, boolean active) {
    public ProductView {
        Objects.requireNonNull(sku);
        gtins = List.copyOf(gtins);
        Objects.requireNonNull(erpItem);
        Objects.requireNonNull(name);
    }
}
