package org.retailhub.masterdata.api;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tax code.
 *
 * @param code unique in its tenant
 * @param rate in percent
 * @param country for which it is, ISO 3166-1 alpha-2; null for any
 * @param erpTax the ERP's indicator of the tax
 * @param active whether it is still used; an inactive one is still resolved
 */
public record TaxCodeView(
        String code,
        BigDecimal rate,
        @Nullable String country,
        @Nullable String region,
        @Nullable String erpTax,
        boolean active) {
    public TaxCodeView {
        Objects.requireNonNull(code);
        Objects.requireNonNull(rate);
    }
}
