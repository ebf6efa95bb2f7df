package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.Policies;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.order.canonical.WirePolicy;

/** A channel's policy that holds. */
@Schema(name = "FulfilmentPolicyVersion")
@JsonInclude(JsonInclude.Include.NON_NULL)
record PolicyView(
        @Schema(examples = "shop-eu") String channel,

        @Schema(description = "Counts changes, from 1; 0 if nobody set one", examples = "3")
        long version,

        WirePolicy policy,

        @Schema(examples = "2026-11-23T09:00:01Z") @Nullable Instant setAt,

        @Schema(description = "The partner whose credential set it", examples = "operator") @Nullable
        String setBy) {
    static PolicyView of(String channel, Optional<Policies.Version> version) {
        return version.map(each -> new PolicyView(
                        channel, each.policy().version(), WirePolicy.of(each.policy()), each.setAt(), each.setBy()))
                .orElseGet(() -> new PolicyView(channel, 0, WirePolicy.of(FulfilmentPolicy.NONE), null, null));
    }
}
