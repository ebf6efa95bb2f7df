package org.retailhub.inventory.canonical;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What is to be given back or has left, as a caller writes it, unchecked. */
@Schema(name = "ReservationStep", description = "Of what is held: all of it, or these items")
public record WireStep(
        @Schema(
                required = true,
                maxLength = 128,
                description = "The owner's name of this step, such as a shipment: the same again changes nothing",
                examples = "SHIP-77")
        @Nullable
        String document,

        @Schema(description = "All that is still held if left out; 200 at most") @Nullable
        List<Item> items) {
    /** For the API document. */
    public static final String EXAMPLE =
            "{\"document\":\"SHIP-77\",\"items\":[{\"sku\":\"MUG-WHITE\",\"location\":\"berlin-1\",\"quantity\":2}]}";

    /** Some of a SKU at a location. */
    @Schema(name = "StockItem")
    public record Item(
            @Schema(required = true, maxLength = 64) @Nullable
            String sku,

            @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}") @Nullable
            String location,

            @Schema(required = true, ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String quantity) {}
}
