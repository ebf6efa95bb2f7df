package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.domain.TaxCodeContent;

/** A tax code as it is sent. Read by hand, so that each of a thousand gets all its faults named. */
@Schema(name = "TaxCodeDocument", description = "What a tax code stands for")
record TaxCodeDocument(
        @Schema(
                description = "Unique in its tenant",
                maxLength = TaxCodeContent.MAX_CODE,
                examples = "V20",
                required = true)
        String code,

        @Schema(description = "For people", maxLength = 255, examples = "VAT 20 %", required = true)
        String name,

        @Schema(description = "In percent", pattern = Fields.DECIMAL, examples = "20.0000", required = true)
        String rate,

        @Schema(description = "For which it is; any if absent", pattern = "[A-Z]{2}") @Nullable
        String country,

        @Schema(maxLength = 60) @Nullable String region,

        @Schema(description = "The ERP's indicator of the tax", maxLength = 60, examples = "V20") @Nullable
        String erpTax,

        @Schema(description = "A day; always if absent", pattern = Fields.DATE, examples = "2026-01-01") @Nullable
        String validFrom,

        @Schema(description = "Whether it is still used; true if absent", examples = "true") @Nullable
        Boolean active) {
    private static final List<String> FIELDS =
            List.of("active", "code", "country", "erpTax", "name", "rate", "region", "validFrom");

    static Reading<TaxCodeContent> read(JsonNode node, @Nullable String expectedCode) {
        Fields fields = new Fields(node, FIELDS);
        String code = fields.key("code", TaxCodeContent.MAX_CODE, expectedCode);
        String name = fields.text("name", 255);
        BigDecimal rate = fields.decimal("rate", 0, 1000);
        if (!node.has("rate")) {
            fields.fault("rate", "required: in percent, as text");
        }
        String country = fields.country("country");
        String region = fields.optional("region", 60);
        String erpTax = fields.optional("erpTax", 60);
        LocalDate validFrom = fields.date("validFrom");
        boolean active = fields.flag("active", true);
        return Reading.of(
                fields,
                () -> new TaxCodeContent(
                        code, name, rate == null ? BigDecimal.ZERO : rate, country, region, erpTax, validFrom, active));
    }
}
