package org.retailhub.masterdata;

import jakarta.annotation.Resource;
import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
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
    @Resource(lookup = "java:jboss/datasources/retail/masterdata")
    private DataSource dataSource;

    @Override
    public Map<Sku, ProductView> bySku(String tenant, Set<Sku> skus) {
        return KnownProducts.bySku(new Database(dataSource), tenant, skus);
    }
}
