package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.rest.Problem;

/** What came of each of many entries, in the order in which they were sent. */
@Schema(name = "MasterVerdicts", description = "What came of each entry")
public record MasterVerdicts(
        @Schema(description = "How many of each verdict", examples = "{\"created\":1,\"invalid\":1}")
        Map<String, Integer> counts,

        List<Item> items) {
    /**
     * @param index from 0
     * @param key the entry's own key; absent where it is none
     * @param problem there for {@code invalid} and {@code refused}
     */
    @Schema(name = "MasterVerdict", description = "What came of one entry")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            @Schema(examples = "0") int index,

            @Schema(description = "The entry's own key", examples = "C-1001") @Nullable
            String key,

            @Schema(
                    enumeration = {"created", "updated", "unchanged", "invalid", "refused"},
                    examples = "created")
            String verdict,

            @Nullable Problem problem) {}
}
