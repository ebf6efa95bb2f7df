package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.domain.SalesAccount;

/** A sales account on the wire. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SalesAccount", description = "How the ERP books what a channel sells")
public record SalesAccountState(
        @Schema(examples = "shop-eu") String channel,
        @Schema(examples = "C-SHOP-EU") String erpPartner,
        @Schema(examples = "Example Home") @Nullable String brand,
        @Schema(examples = "HQ") @Nullable String legalEntity,

        @Schema(description = "Counts changes, from 1; also the ETag", examples = "1")
        long version,

        @Schema(examples = "2026-11-23T09:00:00Z") Instant updatedAt) {
    static SalesAccountState of(SalesAccount account) {
        return new SalesAccountState(
                account.channel(),
                account.erpPartner(),
                account.brand(),
                account.legalEntity(),
                account.version(),
                account.updatedAt());
    }
}
