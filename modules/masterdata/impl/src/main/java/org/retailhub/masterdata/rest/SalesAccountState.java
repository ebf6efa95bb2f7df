package org.retailhub.masterdata.rest;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.masterdata.domain.SalesAccount;

/** A sales account on the wire. */
@Schema(name = "SalesAccount", description = "How the ERP books what a channel sells")
public record SalesAccountState(
        @Schema(examples = "shop-eu") String channel,
        @Schema(examples = "C-SHOP-EU") String erpPartner,

        @Schema(description = "Counts changes, from 1; also the ETag", examples = "1")
        long version,

        @Schema(examples = "2026-11-23T09:00:00Z") Instant updatedAt) {
    static SalesAccountState of(SalesAccount account) {
        return new SalesAccountState(account.channel(), account.erpPartner(), account.version(), account.updatedAt());
    }
}
