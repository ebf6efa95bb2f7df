package org.retailhub.erp.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.domain.Posting;

/** A posting on the wire. */
@Schema(name = "Posting")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PostingDetails(
        @Schema(example = "01M84B402ZVTPV56G6BNHZT8X5") String orderId,
        @Schema(example = "idempiere") String target,

        @Schema(description = "written, acknowledged, rejected or withdrawn", example = "acknowledged")
        String state,

        @Schema(description = "Number of the order's message that is in effect in the ERP", example = "1")
        long sequence,

        @Schema(description = "The ERP's document number; absent while it has no document") @Nullable
        String documentNo,

        @Schema(description = "The ERP's own key of the document") @Nullable
        String documentId,

        @Schema(description = "The ERP's words; absent if it has none") @Nullable
        String reason,

        Instant writtenAt,
        @Nullable Instant verdictAt,

        @Schema(
                description =
                        "change or cancellation, if the message in effect came after the ERP's document: state is then that of the further documents",
                example = "cancellation")
        @Nullable
        String correction) {
    static PostingDetails of(Posting posting, String target) {
        return new PostingDetails(
                posting.orderId(),
                target,
                posting.state().name().toLowerCase(Locale.ROOT),
                posting.sequence(),
                posting.documentNo(),
                posting.documentId(),
                posting.reason(),
                posting.writtenAt(),
                posting.verdictAt(),
                posting.correction() == null ? null : posting.correction().stored());
    }
}
