package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.DriftDesk;
import org.retailhub.inventory.Drifts;
import org.retailhub.inventory.domain.Cause;

/** A difference between a count and the ledger. */
@Schema(
        name = "Drift",
        description = "Where a count and the ledger differ, what probably made it, and what became of it")
@JsonInclude(JsonInclude.Include.NON_NULL)
record DriftView(
        @Schema(examples = "01M84B402ZVTPV56G6BNHZT8X5") String driftId,
        @Schema(examples = "01M84B402ZVTPV56G6BNHZT8X5") String snapshotId,
        @Schema(examples = "wms-1") String source,
        @Schema(examples = "wms") String system,
        String sku,
        @Schema(examples = "berlin-1") String location,
        @Schema(examples = "EA") String unit,

        @Schema(description = "Of the snapshot, from 1", examples = "17")
        long line,

        @Schema(description = "As of when it was counted", examples = "2026-11-23T09:00:00Z")
        Instant takenAt,

        @Schema(examples = "38") String counted,

        @Schema(description = "What the ledger had as of then", examples = "40")
        String expected,

        @Schema(description = "Counted less expected", examples = "-2")
        String drift,

        @Schema(
                enumeration = {"corrected", "queued", "accepted", "rejected", "superseded"},
                examples = "queued")
        String state,

        CauseView cause,
        @Schema(examples = "2026-11-23T09:00:01Z") Instant noticedAt,
        @Schema(examples = "2026-11-23T10:00:00Z") @Nullable Instant decidedAt,
        @Schema(examples = "operator") @Nullable String decidedBy,

        @Schema(examples = "counted twice, it is right") @Nullable
        String reason,

        @Schema(description = "What was booked for it", examples = "0")
        String corrected,

        @Schema(description = "The correction's number in the position's ledger", examples = "18") @Nullable
        Long movement,

        @Schema(description = "Of the position around that time, the newest first; where one difference is asked for")
        @Nullable
        List<MovementView> movements) {
    /** What probably made it. */
    @Schema(name = "DriftCause")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CauseView(
            @Schema(
                    enumeration = {
                        "doubled",
                        "consumed-and-sold",
                        "missing",
                        "unknown-to-source",
                        "doubled-at-source",
                        "after-the-count",
                        "unknown-to-erp",
                        "unexplained"
                    },
                    examples = "missing")
            String kind,

            @Schema(examples = "number 4700 of the feed pos-berlin-1 did not come")
            String detail,

            @Schema(description = "Whose event it is", examples = "pos-berlin-1") @Nullable
            String feed,

            @Schema(description = "Of the feed's numbers, the first", examples = "4700") @Nullable
            Long firstSequence,

            @Schema(description = "Of the feed's numbers, the last", examples = "4700") @Nullable
            Long lastSequence,

            @Schema(description = "Their numbers in the position's ledger", examples = "[17]")
            List<Long> movements) {
        static CauseView of(Cause cause) {
            return new CauseView(
                    cause.kind().wire(), cause.detail(), cause.feed(), cause.first(), cause.last(), cause.movements());
        }
    }

    static DriftView of(DriftDesk.Explained explained) {
        return of(
                explained.drift(),
                explained.movements().stream()
                        .map(row -> MovementView.of(row, null))
                        .toList());
    }

    static DriftView of(Drifts.Drift drift) {
        return of(drift, null);
    }

    private static DriftView of(Drifts.Drift drift, @Nullable List<MovementView> movements) {
        return new DriftView(
                drift.id(),
                drift.snapshotId(),
                drift.source(),
                drift.system(),
                drift.position().sku(),
                drift.position().location(),
                drift.unit(),
                drift.line(),
                drift.takenAt(),
                MovementView.text(drift.counted()),
                MovementView.text(drift.expected()),
                MovementView.text(drift.drift()),
                drift.state(),
                CauseView.of(drift.cause()),
                drift.noticedAt(),
                drift.decidedAt(),
                drift.decidedBy(),
                drift.reason(),
                MovementView.text(drift.corrected()),
                drift.movement(),
                movements);
    }
}
