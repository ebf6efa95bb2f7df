package org.retailhub.masterdata.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.Fulfilment;

/**
 * A place from which goods are sold or sent.
 *
 * @param kind one of {@link #KINDS}
 * @param legalEntity search key of the ERP's organisation
 * @param erpWarehouse search key of the ERP's warehouse
 * @param country ISO 3166-1 alpha-2
 * @param latitude in degrees, with five decimals: about a metre
 * @param fulfilment how it sends goods
 */
public record LocationContent(
        String id,
        String kind,
        String name,
        @Nullable String legalEntity,
        @Nullable String erpWarehouse,
        @Nullable String line1,
        @Nullable String city,
        @Nullable String postalCode,
        @Nullable String region,
        @Nullable String country,
        @Nullable BigDecimal latitude,
        @Nullable BigDecimal longitude,
        boolean active,
        Fulfilment fulfilment) {
    public static final List<String> KINDS =
            List.of("store", "distribution-centre", "third-party", "drop-ship", "supplier");
    public static final int DECIMALS = 5;

    public LocationContent {
        latitude = rounded(latitude);
        longitude = rounded(longitude);
    }

    private static @Nullable BigDecimal rounded(@Nullable BigDecimal degrees) {
        return degrees == null ? null : degrees.setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
