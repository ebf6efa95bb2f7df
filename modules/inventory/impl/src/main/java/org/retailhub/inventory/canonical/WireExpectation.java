package org.retailhub.inventory.canonical;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A line of what is to come as a caller writes it, unchecked. */
@Schema(
        name = "ExpectedReceipt",
        description =
                "A line of a purchase order, or of an advice of what is on its way. Its key is source, document and line.")
public record WireExpectation(
        @Schema(
                required = true,
                pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
                description = "Who tells it",
                examples = "erp")
        @Nullable
        String source,

        @Schema(
                required = true,
                description = "purchase-order: it is ordered; advice: it is on its way",
                enumeration = {"purchase-order", "advice"})
        @Nullable
        String kind,

        @Schema(
                required = true,
                maxLength = 128,
                description = "The source's document; receipts name it as their reference",
                examples = "PO-118")
        @Nullable
        String document,

        @Schema(maxLength = 40, description = "Within the document", examples = "1") @Nullable
        String line,

        @Schema(
                required = true,
                minimum = "1",
                description = "Counts what the source says of the line; the highest one holds",
                examples = "1")
        @Nullable
        Long version,

        @Schema(required = true, maxLength = 64) @Nullable String sku,

        @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}") @Nullable
        String location,

        @Schema(required = true, description = "0: nothing of it comes any more", ref = WireMovement.DECIMAL)
        @JsonDeserialize(using = NumberText.class)
        @Nullable
        String quantity,

        @Schema(
                required = true,
                description = "When it is expected; ISO 8601 with offset",
                examples = "2026-12-01T08:00:00+01:00")
        @Nullable
        String expectedAt,

        @Schema(
                maxLength = 128,
                description = "Of an advice: the purchase order that it is part of",
                examples = "PO-118")
        @Nullable
        String orderDocument,

        @Schema(maxLength = 40, description = "Of an advice: the line of that order", examples = "1") @Nullable
        String orderLine) {
    /** For the API document. */
    public static final String EXAMPLE =
            "{\"source\":\"erp\",\"kind\":\"purchase-order\",\"document\":\"PO-118\",\"line\":\"1\",\"version\":1,\"sku\":\"MUG-WHITE\","
                    + "\"location\":\"berlin-1\",\"quantity\":100,\"expectedAt\":\"2026-12-01T08:00:00+01:00\"}";
}
