package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.KnownTaxCodes.Stored;
import org.retailhub.masterdata.domain.TaxCodeContent;

/** A tax code on the wire. */
@Schema(name = "TaxCode", description = "A tax code as the hub knows it")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaxCodeState(
        @Schema(examples = "V20") String code,
        @Schema(examples = "VAT 20 %") String name,

        @Schema(description = "In percent", examples = "20.0000")
        String rate,

        @Nullable String country,
        @Nullable String region,

        @Schema(description = "The ERP's indicator of the tax", examples = "V20") @Nullable
        String erpTax,

        @Schema(examples = "2026-01-01") @Nullable String validFrom,
        @Schema(examples = "true") boolean active,

        @Schema(description = "Counts changes, from 1; also the ETag", examples = "1")
        long version,

        @Schema(examples = "2026-11-23T09:00:00Z") Instant updatedAt) {
    static TaxCodeState of(Stored stored) {
        TaxCodeContent content = stored.content();
        return new TaxCodeState(
                content.code(),
                content.name(),
                content.rate().toPlainString(),
                content.country(),
                content.region(),
                content.erpTax(),
                content.validFrom() == null ? null : content.validFrom().toString(),
                content.active(),
                stored.version(),
                stored.updatedAt());
    }

    /** @param next give it as {@code after} for the next page; absent on the last */
    @Schema(name = "TaxCodePage", description = "Some tax codes, by their keys")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            List<TaxCodeState> items,

            @Schema(description = "For the next page; absent on the last", examples = "V20") @Nullable
            String next) {}
}
