package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.LedgerRow;

/** A row of the ledger. */
@Schema(name = "LedgerRow", description = "A movement as it is in the ledger, and where it left the position")
@JsonInclude(JsonInclude.Include.NON_NULL)
record MovementView(
        String sku,
        @Schema(examples = "berlin-1") String location,

        @Schema(description = "Of the movement among those of its position, from 1 without gaps", examples = "17")
        long number,

        @Schema(examples = "sale") String kind,

        @Schema(description = "Change of what is on hand", examples = "-2")
        String quantity,

        @Schema(description = "Change of what is held", examples = "0")
        String reserved,

        @Schema(examples = "EA") String unit,

        @Schema(description = "On hand after it", examples = "40")
        String onHandAfter,

        @Schema(description = "Held after it", examples = "3")
        String reservedAfter,

        @Schema(examples = "pos-berlin-1") String feed,
        @Schema(examples = "4711") @Nullable Long sequence,
        @Schema(examples = "R-2026-11-23-17") @Nullable String document,
        @Schema(examples = "1") @Nullable String line,

        @Schema(description = "When it happened", examples = "2026-11-23T09:00:00Z")
        Instant occurredAt,

        @Schema(description = "When the hub learnt it", examples = "2026-11-23T09:00:01Z")
        Instant recordedAt,

        @Schema(examples = "1001") @Nullable String reference,

        @Schema(examples = "broken in the shop window") @Nullable
        String reason,

        @Schema(examples = "shop-eu") @Nullable String channel,
        boolean erpKnows,

        @Schema(description = "Whether it was in the ledger before") @Nullable
        Boolean replayed) {

    static MovementView of(LedgerRow row, @Nullable Boolean replayed) {
        return new MovementView(
                row.position().sku(),
                row.position().location(),
                row.number(),
                row.entry().kind().wire(),
                text(row.entry().onHandChange()),
                text(row.entry().reservedChange()),
                row.entry().unit(),
                text(row.onHandAfter()),
                text(row.reservedAfter()),
                row.entry().feed(),
                row.entry().sourceSequence(),
                row.entry().document(),
                row.entry().line(),
                row.entry().occurredAt(),
                row.recordedAt(),
                row.entry().reference(),
                row.entry().reason(),
                row.entry().channel(),
                row.entry().erpKnows(),
                replayed);
    }

    /** Plain, without zeros that say nothing. */
    static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
