package org.retailhub.erp.messaging;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.KnownShipments;
import org.retailhub.erp.api.SalesDocument;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.Posting;
import org.retailhub.masterdata.api.ProductView;
import org.retailhub.masterdata.api.SalesAccountView;
import org.retailhub.platform.kernel.Sku;

/**
 * What deciding on a batch of postings needs.
 *
 * @param bodies what each message says, by its id
 * @param products by tenant
 * @param accounts by tenant, then channel
 * @param postings by order; what is here is locked
 * @param shipments those of the batch that are known
 */
record PostingFacts<F extends ErpAdapter.Facts>(
        Map<String, Body> bodies,
        Map<String, Map<Sku, ProductView>> products,
        Map<String, Map<String, SalesAccountView>> accounts,
        F erp,
        Map<String, Posting> postings,
        Set<KnownShipments.Key> shipments) {
    /**
     * A message's body, read.
     *
     * @param document of a posting or amendment
     * @param reason of a withdrawal
     * @param shipment what left
     * @param fault why it cannot be read; null if it can
     */
    record Body(
            @Nullable SalesDocument document,
            @Nullable String reason,
            @Nullable SalesShipment shipment,
            @Nullable String fault) {
        Body(@Nullable SalesDocument document, @Nullable String reason, @Nullable String fault) {
            this(document, reason, null, fault);
        }
    }

    Optional<ProductView> product(String tenant, String sku) {
        return Sku.isValid(sku)
                ? Optional.ofNullable(products.getOrDefault(tenant, Map.of()).get(new Sku(sku)))
                : Optional.empty();
    }

    Optional<SalesAccountView> account(String tenant, String channel) {
        return Optional.ofNullable(accounts.getOrDefault(tenant, Map.of()).get(channel));
    }
}
