package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.SourcingRules;

/** A version of a rule. */
@Schema(name = "SourcingRule")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SourcingRuleView(
        @Schema(examples = "shop-eu-stores") String ruleId,

        @Schema(description = "Counts changes, from 1; that of the newest is the ETag", examples = "3")
        int version,

        @Schema(description = "Whether this version ends the rule", examples = "false")
        boolean retired,

        WireRule.WireScope scope,
        List<WireRule.WireStep> steps,
        WireRule.WireLimits limits,
        @Schema(examples = "2027-01-01T00:00:00Z") Instant effectiveFrom,

        @Schema(description = "Exclusive; absent: for good", examples = "2027-02-01T00:00:00Z") @Nullable
        Instant effectiveUntil,

        @Schema(description = "Who made this version", examples = "operator")
        String madeBy,

        @Schema(examples = "2026-11-23T09:00:01Z") Instant madeAt,

        @Schema(description = "Why, in the maker's words", examples = "stores ship in January")
        String reason) {
    static SourcingRuleView of(SourcingRules.Version version) {
        WireRule content = WireRule.of(version.rule());
        return new SourcingRuleView(
                version.rule().id(),
                version.rule().version(),
                version.retired(),
                java.util.Objects.requireNonNull(content.scope(), "a rule has one"),
                java.util.Objects.requireNonNull(content.steps(), "a rule has some"),
                java.util.Objects.requireNonNull(content.limits(), "a rule has some"),
                version.from(),
                version.until(),
                version.madeBy(),
                version.madeAt(),
                version.reason());
    }
}
