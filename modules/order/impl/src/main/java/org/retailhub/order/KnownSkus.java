package org.retailhub.order;

import jakarta.ejb.EJBException;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;
import org.retailhub.masterdata.api.Products;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Sku;

/** Asks master data which SKUs it knows, once for a whole batch; never inside a transaction of ours. */
public final class KnownSkus {
    private static final Logger LOG = Logger.getLogger(KnownSkus.class);

    private final Products products;

    KnownSkus(Products products) {
        this.products = products;
    }

    /** While master data does not answer, nothing is known: orders wait for it, and are released when it is back. */
    Set<String> unknownAmong(String tenant, Set<String> skus) {
        try {
            Set<String> unknown = new HashSet<>(skus);
            unknown.removeAll(knownAmong(tenant, skus));
            return unknown;
        } catch (RetailException e) {
            LOG.warnf("%s: %d SKUs count as unknown: %s", e.code().code(), skus.size(), e.detail());
            return skus;
        }
    }

    /** @throws RetailException {@link OrderError#MASTER_DATA_DOWN} */
    Set<String> knownAmong(String tenant, Set<String> skus) {
        if (skus.isEmpty()) {
            return Set.of();
        }
        Set<Sku> asked = new HashSet<>(skus.size() * 2);
        skus.forEach(sku -> asked.add(new Sku(sku)));
        try {
            Set<String> known = new HashSet<>(skus.size() * 2);
            products.bySku(tenant, asked).keySet().forEach(sku -> known.add(sku.value()));
            return known;
        } catch (RetailException | EJBException e) {
            throw new RetailException(OrderError.MASTER_DATA_DOWN, String.valueOf(e.getMessage()), e);
        }
    }
}
