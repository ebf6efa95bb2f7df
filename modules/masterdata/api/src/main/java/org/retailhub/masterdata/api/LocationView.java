package org.retailhub.masterdata.api;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A place from which goods are sold or sent.
 *
 * @param id the seller's own key, unique in its tenant
 * @param kind {@code store}, {@code distribution-centre}, {@code third-party}, {@code drop-ship} or {@code supplier}
 * @param legalEntity search key of the ERP's organisation
 * @param erpWarehouse search key of the ERP's warehouse
 * @param country ISO 3166-1 alpha-2
 * @param latitude in degrees, null where nobody said
 * @param active whether it may be chosen for an order; an inactive one is still resolved
 * @param fulfilment how it sends goods
 */
public record LocationView(
        String id,
        String kind,
        String name,
        @Nullable String legalEntity,
        @Nullable String erpWarehouse,
        @Nullable String country,
        @Nullable String region,
        @Nullable String postalCode,
        @Nullable BigDecimal latitude,
        @Nullable BigDecimal longitude,
        boolean active,
        Fulfilment fulfilment) {
    public LocationView {
        Objects.requireNonNull(id);
        Objects.requireNonNull(kind);
        Objects.requireNonNull(name);
        Objects.requireNonNull(fulfilment);
    }

    /** A place of which nobody said how it sends. */
    public LocationView(
            String id,
            String kind,
            String name,
            @Nullable String legalEntity,
            @Nullable String erpWarehouse,
            @Nullable String country,
            @Nullable String region,
            @Nullable String postalCode,
            @Nullable BigDecimal latitude,
            @Nullable BigDecimal longitude,
            boolean active) {
        this(
                id,
                kind,
                name,
                legalEntity,
                erpWarehouse,
                country,
                region,
                postalCode,
                latitude,
                longitude,
                active,
                Fulfilment.UNSAID);
    }
}
