package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Snapshots;

/** A snapshot as it stands. */
@Schema(name = "Snapshot", description = "What a source counted, and how far it is compared with the ledger")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SnapshotView(
        @Schema(examples = "01M84B402ZVTPV56G6BNHZT8X5") String snapshotId,
        @Schema(examples = "wms-1") String source,

        @Schema(description = "The source's own id of it", examples = "2026-11-23")
        String snapshot,

        @Schema(examples = "wms") String system,

        @Schema(description = "As of when it is true", examples = "2026-11-23T09:00:00Z")
        Instant takenAt,

        @Schema(examples = "csv") String format,

        @Schema(
                enumeration = {"received", "processing", "done"},
                examples = "done")
        String state,

        @Schema(examples = "2026-11-23T09:00:01Z") Instant receivedAt,
        @Schema(examples = "2026-11-23T09:01:00Z") @Nullable Instant finishedAt,

        @Schema(description = "Of the body", examples = "1000001")
        long lines,

        @Schema(description = "The last one that is taken in", examples = "1000001")
        long doneLine,

        @Schema(description = "Positions that it named", examples = "999998")
        long counted,

        @Schema(description = "Lines that say nothing usable", examples = "2")
        long faulty,

        @Schema(description = "Positions that are as in the ledger", examples = "999900")
        long matching,

        @Schema(description = "Differ by no more than is passed over", examples = "80")
        long ignored,

        @Schema(description = "Differed and were corrected at once", examples = "15")
        long corrected,

        @Schema(description = "Differ and wait for a person, or did", examples = "2")
        long queued,

        @Schema(description = "Differ, but a later count is known", examples = "1")
        long superseded,

        @Schema(description = "The first 100 of what is wrong with its lines")
        List<FaultView> faults) {
    /** What is wrong with a line. */
    @Schema(name = "SnapshotFault")
    record FaultView(
            @Schema(description = "Of the body, from 1", examples = "17")
            long line,

            @Schema(description = "Of the line; line if it is the line as a whole", examples = "quantity")
            String field,

            @Schema(examples = "is required") String message) {
        static FaultView of(Snapshots.Fault fault) {
            return new FaultView(fault.line(), fault.field(), fault.message());
        }
    }

    static SnapshotView of(Snapshots.Known known, List<Snapshots.Fault> faults) {
        Snapshots.Tally tally = known.tally();
        return new SnapshotView(
                known.id(),
                known.header().source(),
                known.header().key(),
                known.header().system(),
                known.header().takenAt(),
                known.format(),
                known.state(),
                known.receivedAt(),
                known.finishedAt(),
                known.lines(),
                known.doneLine(),
                tally.counted(),
                tally.faulty(),
                tally.matching(),
                tally.ignored(),
                tally.corrected(),
                tally.queued(),
                tally.superseded(),
                faults.stream().map(FaultView::of).toList());
    }
}
