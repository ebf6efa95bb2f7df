package org.retailhub.inventory.rest;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the ERP is to be told of. */
@Schema(name = "ErpMovements")
record NewErpMovements(
        @Schema(
                pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
                description = "One location only: takes the place of what holds for the tenant")
        @Nullable
        String location,

        @Schema(
                required = true,
                maxItems = 7,
                description =
                        "Of sale, return, transfer-out, transfer-in, receipt, adjustment, count-correction; none: nothing")
        @Nullable
        List<@Nullable String> kinds) {
    static final String EXAMPLE = "{\"kinds\":[\"adjustment\",\"count-correction\",\"receipt\"]}";
}
