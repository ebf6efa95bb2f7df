package org.retailhub.masterdata.api;

import java.util.Objects;

/**
 * A SKU became known, or known again as another ERP item or activity: whoever waits for it may ask {@link Products} again.
 *
 * <p>The name and form are settled; nothing sends it until a module subscribes to {@link MasterDataQueues#EVENTS}.
 *
 * @param tenant whose product it is
 * @param sku the seller's own key, also the message's business key together with the tenant
 */
public record IdentifierMapped(String tenant, String sku) {
    /** The {@code JMSType}. */
    public static final String TYPE = "IdentifierMapped.v1";

    public IdentifierMapped {
        Objects.requireNonNull(tenant);
        Objects.requireNonNull(sku);
    }
}
