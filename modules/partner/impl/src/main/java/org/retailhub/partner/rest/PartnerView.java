package org.retailhub.partner.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.partner.domain.Partner;

/** A partner on the wire. */
@Schema(name = "Partner", description = "A partner")
public record PartnerView(
        @Schema(examples = "acme-web") String code,
        @Schema(examples = "acme") String tenant,
        @Schema(examples = "Acme web shop") String name,
        @Schema(examples = "2026-11-23T09:00:00Z") Instant createdAt) {
    static PartnerView of(Partner partner) {
        return new PartnerView(partner.code(), partner.tenant(), partner.name(), partner.createdAt());
    }

    /** @param next give it as {@code after} for the next page; absent on the last */
    @Schema(name = "PartnerPage", description = "Some partners, in order of their codes")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(List<PartnerView> items, @Nullable String next) {}
}
