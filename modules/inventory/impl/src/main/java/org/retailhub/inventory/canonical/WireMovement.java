package org.retailhub.inventory.canonical;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A movement as a caller writes it, unchecked: numbers and times are still text, so that every fault can be named at once. */
@Schema(
        name = "Movement",
        description = "What moved. Its key is the feed's number with the line, or the document with the line.")
public record WireMovement(
        @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}") @Nullable
        String feed,

        @Schema(
                minimum = "1",
                description = "The feed's own number, from 1, without gaps. Without it a document is required",
                examples = "4711")
        @Nullable
        Long sequence,

        @Schema(maxLength = 128, description = "The source's document, such as a receipt", examples = "R-2026-11-23-17")
        @Nullable
        String document,

        @Schema(maxLength = 40, description = "Within the number or the document", examples = "1") @Nullable
        String line,

        @Schema(
                required = true,
                enumeration = {
                    "sale",
                    "return",
                    "transfer-out",
                    "transfer-in",
                    "receipt",
                    "adjustment",
                    "count-correction"
                })
        @Nullable
        String kind,

        @Schema(required = true, maxLength = 64) @Nullable String sku,

        @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}") @Nullable
        String location,

        @Schema(
                required = true,
                description = "Below 0 for what leaves (sale, transfer-out), above 0 for what comes",
                ref = WireMovement.DECIMAL)
        @JsonDeserialize(using = NumberText.class)
        @Nullable
        String quantity,

        @Schema(maxLength = 16, description = "A position is counted in one unit; EA if left out", examples = "EA")
        @Nullable
        String unit,

        @Schema(required = true, description = "When it happened, also days ago; ISO 8601 with offset") @Nullable
        String occurredAt,

        @Schema(maxLength = 128, description = "What it was for, such as an order", examples = "1001") @Nullable
        String reference,

        @Schema(maxLength = 200, examples = "broken in the shop window") @Nullable
        String reason,

        @Schema(maxLength = 64) @Nullable String channel,

        @Schema(description = "Whether the ERP has it already") @Nullable
        Boolean erpKnows) {
    /** How a quantity is written. */
    public static final String DECIMAL = "#/components/schemas/Decimal";

    /** For the API document. */
    public static final String EXAMPLE =
            "{\"feed\":\"pos-berlin-1\",\"sequence\":4711,\"line\":\"1\",\"kind\":\"sale\",\"sku\":\"MUG-WHITE\","
                    + "\"location\":\"berlin-1\",\"quantity\":\"-2\",\"unit\":\"EA\",\"occurredAt\":\"2026-11-23T10:00:00+01:00\","
                    + "\"document\":\"R-2026-11-23-17\"}";
}
