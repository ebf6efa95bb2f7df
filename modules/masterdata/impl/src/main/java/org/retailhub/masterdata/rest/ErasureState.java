package org.retailhub.masterdata.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.masterdata.KnownCustomers.Erasure;

/** That personal data were erased, on the wire. */
@Schema(
        name = "Erasure",
        description = "That a customer's personal data were erased; kept as long as the customer's id")
public record ErasureState(
        @Schema(description = "The customer", examples = "C-1001")
        String id,

        @Schema(examples = "2026-11-25T09:00:00Z") Instant erasedAt,

        @Schema(description = "The partner or operator", examples = "acme-web")
        String erasedBy,

        @Schema(examples = "request of 2026-11-24") String reason) {
    static ErasureState of(Erasure erasure) {
        return new ErasureState(erasure.id(), erasure.erasedAt(), erasure.erasedBy(), erasure.reason());
    }
}
