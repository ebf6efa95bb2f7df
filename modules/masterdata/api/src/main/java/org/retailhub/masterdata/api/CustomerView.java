package org.retailhub.masterdata.api;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A customer as other modules see it: nothing of the person.
 *
 * @param id the seller's own key, unique in its tenant
 * @param erpPartner search key of the ERP's business partner; null if the ERP does not know the customer
 * @param active whether it is still a customer
 * @param block why it may not buy; null if nothing is against it
 * @param erased whether its personal data were erased
 */
public record CustomerView(
        String id,
        @Nullable String erpPartner,
        boolean active,
        @Nullable String block,
        boolean erased) {
    public CustomerView {
        Objects.requireNonNull(id);
    }

    /** Whether an order of this customer may be taken. */
    public boolean mayBuy() {
        return active && block == null && !erased;
    }
}
