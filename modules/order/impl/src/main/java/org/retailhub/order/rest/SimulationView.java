package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.SourcingSimulations.Simulation;
import org.retailhub.order.sourcing.Impact;

/** A simulation and what it came to so far. */
@Schema(name = "SourcingSimulation")
@JsonInclude(JsonInclude.Include.NON_NULL)
record SimulationView(
        @Schema(examples = "01M84B402ZVTPV56G6BNHZT8X5") String simulationId,
        @Schema(examples = "acme") String tenant,
        String channel,

        @Schema(description = "The rule in whose place the simulated one stood", examples = "shop-eu-stores")
        String ruleId,

        WireRule rule,

        @Schema(description = "Most orders it looks at", examples = "500")
        int orders,

        @Schema(
                enumeration = {"running", "done"},
                examples = "done")
        String state,

        Impact.Totals totals,
        @Schema(examples = "operator") String askedBy,
        @Schema(examples = "2026-11-23T09:00:01Z") Instant askedAt,

        @Schema(description = "Absent while it runs", examples = "2026-11-23T09:00:02Z") @Nullable
        Instant finishedAt) {
    static SimulationView of(Simulation simulation) {
        return new SimulationView(
                simulation.id(),
                simulation.tenant(),
                simulation.channel(),
                simulation.rule().id(),
                WireRule.of(simulation.rule()),
                simulation.orders(),
                simulation.running() ? "running" : "done",
                simulation.totals(),
                simulation.askedBy(),
                simulation.askedAt(),
                simulation.finishedAt());
    }
}
