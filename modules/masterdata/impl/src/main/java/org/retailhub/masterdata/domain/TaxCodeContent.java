package org.retailhub.masterdata.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A tax code.
 *
 * @param rate in percent
 * @param country for which it is, ISO 3166-1 alpha-2; null for any
 * @param erpTax the ERP's indicator of the tax
 */
public record TaxCodeContent(
        String code,
        String name,
        BigDecimal rate,
        @Nullable String country,
        @Nullable String region,
        @Nullable String erpTax,
        @Nullable LocalDate validFrom,
        boolean active) {
    public static final int MAX_CODE = 60;
    public static final int DECIMALS = 4;

    public TaxCodeContent {
        rate = rate.setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
