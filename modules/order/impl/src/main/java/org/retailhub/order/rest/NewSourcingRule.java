package org.retailhub.order.rest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.rest.WireRule.WireLimits;
import org.retailhub.order.rest.WireRule.WireScope;
import org.retailhub.order.rest.WireRule.WireStep;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.runtime.rest.WireTime;

/** A version of a rule as an operator writes it. */
@Schema(name = "NewSourcingRule")
record NewSourcingRule(
        @Schema(required = true) @Nullable WireScope scope,

        @Schema(required = true, description = "1 to 8; the first counts most") @Nullable
        List<WireStep> steps,

        @Nullable WireLimits limits,

        @Schema(description = "From when it counts; absent: from now", examples = "2027-01-01T00:00:00Z") @Nullable
        String effectiveFrom,

        @Schema(description = "Until when, exclusive; absent: for good", examples = "2027-02-01T00:00:00Z") @Nullable
        String effectiveUntil,

        @Schema(
                required = true,
                description = "Why it is made",
                maxLength = LONGEST_REASON,
                examples = "stores ship in January")
        @Nullable
        String reason) {
    static final int LONGEST_REASON = 200;
    static final String EXAMPLE = "{" + WireRule.CONTENT
            + ",\"effectiveFrom\":\"2099-01-01T00:00:00Z\",\"reason\":\"stores ship in January\"}";

    /** @throws RetailException {@link OrderError#INVALID_SOURCING_RULE} with all faults */
    SourcingRule checked(String ruleId) {
        List<Violation> faults = new ArrayList<>();
        if (!ruleId.matches("[a-z0-9][a-z0-9-]{0,62}") || ruleId.equals(SourcingRule.BUILT_IN)) {
            faults.add(new Violation("ruleId", "small letters, digits and hyphens, 63 at most"));
        }
        SourcingRule rule = new WireRule(scope, steps, limits).checked(ruleId, "", faults);
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            faults.add(new Violation("reason", "1 to " + LONGEST_REASON + " characters"));
        }
        refuse(OrderError.INVALID_SOURCING_RULE, faults);
        return rule;
    }

    @Nullable
    Instant from() {
        return effectiveFrom == null ? null : WireTime.instant("effectiveFrom", effectiveFrom);
    }

    @Nullable
    Instant until() {
        return effectiveUntil == null ? null : WireTime.instant("effectiveUntil", effectiveUntil);
    }

    static void refuse(OrderError code, List<Violation> faults) {
        if (!faults.isEmpty()) {
            Violation first = faults.get(0);
            throw new RetailException(code, first.field() + ": " + first.message(), faults, null);
        }
    }
}
