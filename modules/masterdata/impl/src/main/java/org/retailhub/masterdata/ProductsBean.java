package org.retailhub.masterdata;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.Products;
import org.retailhub.masterdata.domain.KnownProducts;
import org.retailhub.platform.kernel.Sku;
import org.retailhub.platform.runtime.sql.Database;

/** One read outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Products.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ProductsBean implements Products {
    @Inject
    private Database database;

    @Override
    public Map<Sku, ProductView> bySku(String tenant, Set<Sku> skus) {
        return KnownProducts.bySku(database, tenant, skus);
    }
}
