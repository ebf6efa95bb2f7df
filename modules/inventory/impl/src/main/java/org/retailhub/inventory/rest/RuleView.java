package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Rules;

/** A rule that holds. */
@Schema(name = "ChannelRule")
@JsonInclude(JsonInclude.Include.NON_NULL)
record RuleView(
        @Schema(examples = "shop-eu") String channel,

        @Schema(description = "Absent: for all of the channel's SKUs without a rule of their own") @Nullable
        String sku,

        @Schema(description = "Counts changes, from 1", examples = "3")
        long version,

        @Schema(description = "Kept back from what is shown", examples = "2")
        String buffer,

        @Schema(description = "Most that is shown; absent: no cap", examples = "50") @Nullable
        String cap,

        @Schema(description = "Less than this is shown as nothing", examples = "3")
        String minimumDisplay,

        @Schema(description = "From where it sells; none: from everywhere", examples = "[\"berlin-1\"]")
        List<String> locations,

        @Schema(examples = "2026-11-23T09:00:01Z") Instant setAt) {
    static RuleView of(Rules.Known known) {
        return new RuleView(
                known.channel(),
                known.sku().isEmpty() ? null : known.sku(),
                known.rule().version(),
                MovementView.text(known.rule().buffer()),
                known.rule().cap() == null
                        ? null
                        : MovementView.text(known.rule().cap()),
                MovementView.text(known.rule().minimumDisplay()),
                known.rule().locations().stream().sorted().toList(),
                known.setAt());
    }
}
