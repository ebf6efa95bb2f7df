package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.rest.Problem;

/** What came of each of many products, in the order in which they were sent. */
@Schema(name = "ProductVerdicts", description = "What came of each product")
public record ProductVerdicts(
        @Schema(description = "How many of each verdict", examples = "{\"created\":1,\"invalid\":1}")
        Map<String, Integer> counts,

        List<Item> items) {
    /**
     * @param index from 0
     * @param problem there for {@code invalid} and {@code conflict}
     */
    @Schema(name = "ProductVerdict", description = "What came of one product")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            @Schema(examples = "0") int index,
            @Schema(examples = "MUG-BLUE") @Nullable String sku,

            @Schema(
                    enumeration = {"created", "updated", "unchanged", "invalid", "conflict", "refused"},
                    examples = "created")
            String verdict,

            @Nullable Problem problem) {}
}
