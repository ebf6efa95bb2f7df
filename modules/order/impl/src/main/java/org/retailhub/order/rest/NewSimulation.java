package org.retailhub.order.rest;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.SourcingSimulations;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** What an operator wants to know before a rule goes live. */
@Schema(name = "NewSourcingSimulation")
record NewSimulation(
        @Schema(required = true, maxLength = 64, examples = "shop-eu") @Nullable
        String channel,

        @Schema(
                required = true,
                description = "The last ones of the channel, test orders left out",
                minimum = "1",
                maximum = "5000",
                examples = "500")
        @Nullable
        Integer orders,

        @Schema(
                description = "The rule it would be the next version of; one with its scope is replaced anyway",
                examples = "shop-eu-stores")
        @Nullable
        String ruleId,

        @Schema(required = true) @Nullable WireRule rule) {
    static final String EXAMPLE = "{\"channel\":\"shop-eu\",\"orders\":200,\"rule\":" + WireRule.EXAMPLE + "}";

    /** @throws RetailException {@link OrderError#INVALID_SIMULATION} with all faults */
    SourcingRule checked() {
        List<Violation> faults = new ArrayList<>();
        WireRule.key("channel", channel, faults);
        if (orders == null || orders < 1 || orders > SourcingSimulations.MOST_ORDERS) {
            faults.add(new Violation("orders", "a whole number from 1 to " + SourcingSimulations.MOST_ORDERS));
        }
        if (ruleId != null) {
            WireRule.key("ruleId", ruleId, faults);
        }
        SourcingRule checked = SourcingRule.DEFAULT;
        if (rule == null) {
            faults.add(new Violation("rule", "is required"));
        } else {
            checked = rule.checked(ruleId == null ? "simulated" : ruleId, "rule.", faults);
        }
        NewSourcingRule.refuse(OrderError.INVALID_SIMULATION, faults);
        return checked;
    }
}
