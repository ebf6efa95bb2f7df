package org.retailhub.partner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.partner.domain.AuditEntry;

/** One deed on the wire. */
@Schema(name = "PartnerAuditEntry", description = "Who did what, and when")
public record AuditView(
        @Schema(examples = "01KAQ3V9Y2M4T6W8X0Z1B3C5D7") String id,
        @Schema(examples = "2026-11-23T09:00:00Z") Instant at,
        @Schema(examples = "bootstrap operator") String actor,
        @Schema(examples = "key-issued") String action,

        @Schema(
                description = "The credential, quota or partner it was done to",
                examples = "01KAQ3V9Y2M4T6W8X0Z1B3C5D7")
        String subject,

        @Schema(examples = "production: orders:read orders:write")
        String detail) {
    static AuditView of(AuditEntry entry) {
        return new AuditView(
                entry.id(), entry.actedAt(), entry.actor(), entry.action(), entry.subject(), entry.detail());
    }

    /** @param next give it as {@code before} for the next page; absent on the last */
    @Schema(name = "PartnerAuditPage", description = "Some deeds, newest first")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<AuditView> items, @Nullable String next) {}
}
