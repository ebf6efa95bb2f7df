package org.retailhub.inventory.canonical;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A reservation as a caller writes it, unchecked. */
@Schema(
        name = "Reservation",
        description =
                "What is to be held. Lines of one SKU and location, and what bundles consist of, are summed first.")
public record WireReservation(
        @Schema(
                required = true,
                maxLength = 128,
                description = "The owner's own name for it, such as an order: the natural key",
                examples = "order-1001")
        @Nullable
        String reference,

        @Schema(maxLength = 64, description = "For which channel: only what it sells from is held") @Nullable
        String channel,

        @Schema(description = "Hold what there is if there is not enough; else all or nothing") @Nullable
        Boolean partial,

        @Schema(
                description =
                        "When what is still held is given back: 1 second to 400 days from now, 30 minutes if left out",
                examples = "2026-11-23T11:30:00Z")
        @Nullable
        String expiresAt,

        @Schema(required = true, description = "200 at most") @Nullable
        List<Line> lines) {

    /** For the API document. */
    public static final String EXAMPLE =
            "{\"reference\":\"order-1001\",\"lines\":[{\"lineId\":\"1\",\"sku\":\"MUG-WHITE\",\"location\":\"berlin-1\",\"quantity\":2},"
                    + "{\"lineId\":\"2\",\"sku\":\"TEA-SET\",\"location\":\"berlin-1\",\"quantity\":1,\"components\":["
                    + "{\"sku\":\"MUG-WHITE\",\"quantity\":4},{\"sku\":\"POT-WHITE\",\"quantity\":1}]}]}";

    /** Some of one SKU, or some bundles. */
    @Schema(name = "ReservationLine")
    public record Line(
            @Schema(required = true, maxLength = 40) @Nullable
            String lineId,

            @Schema(required = true, maxLength = 64, description = "A bundle's own is not counted") @Nullable
            String sku,

            @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}") @Nullable
            String location,

            @Schema(required = true, ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
            String quantity,

            @Schema(description = "What one bundle consists of, 50 at most") @Nullable
            List<Component> components) {}

    /** Part of a bundle. */
    @Schema(name = "BundleComponent")
    public record Component(
            @Schema(required = true, maxLength = 64) @Nullable
            String sku,

            @Schema(required = true, ref = WireMovement.DECIMAL, description = "In one bundle")
            @JsonDeserialize(using = NumberText.class)
            @Nullable
            String quantity) {}
}
