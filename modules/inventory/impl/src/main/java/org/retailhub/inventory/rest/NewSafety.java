package org.retailhub.inventory.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.canonical.NumberText;
import org.retailhub.inventory.canonical.WireMovement;

/** What is to be kept back of a SKU at a location. */
@Schema(name = "SafetyStock")
record NewSafety(
        @Schema(required = true, maxLength = 64) @Nullable String sku,

        @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}") @Nullable
        String location,

        @Schema(required = true, ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
        String quantity) {
    static final String EXAMPLE = "{\"sku\":\"MUG-WHITE\",\"location\":\"berlin-1\",\"quantity\":2}";
}
