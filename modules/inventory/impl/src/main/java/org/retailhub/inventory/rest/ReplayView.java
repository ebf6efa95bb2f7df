package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.ReplayPlan;
import org.retailhub.inventory.Replays.Replay;

/** A replay: what it would send, and how far it is. */
@Schema(name = "Replay")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReplayView(
        String replayId,

        @Schema(description = "The operator's own name for it", examples = "INC-4711")
        String reference,

        @Schema(description = "The subscriber's queue", examples = "inventory.events.channel")
        String subscriber,

        @Schema(description = "Told then or later", examples = "2026-11-23T00:00:00Z")
        Instant from,

        @Schema(description = "Told before then", examples = "2026-11-24T00:00:00Z")
        Instant to,

        @Schema(description = "Absent: all") @Nullable String sku,

        @Schema(description = "Absent: all") @Nullable String location,

        @Schema(
                description =
                        "planned: nothing is sent; running; paused: reason says why, and another start goes on; done: all is sent",
                enumeration = {"planned", "running", "paused", "done"})
        String state,

        @Schema(
                description = "Why it is paused: canary, limit, who stopped it, or what could not be sent",
                examples = "canary")
        @Nullable
        String reason,

        @Schema(description = "Messages sent again so far", examples = "10")
        long sent,

        @Schema(description = "What was found when it was planned: what is sent when it is started")
        PlanView plan,

        @Schema(examples = "2026-11-24T09:00:01Z") Instant requestedAt,

        @Schema(examples = "2026-11-24T09:00:01Z") Instant stateSince) {

    /** What a replay would send. */
    @Schema(name = "ReplayPlan")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PlanView(
            @Schema(examples = "1200") long messages,

            @Schema(description = "Of how many business keys", examples = "80")
            long keys,

            @Schema(description = "The first 20 of them", examples = "[\"acme/berlin-1/MUG-WHITE\"]")
            List<String> someKeys,

            @Schema(description = "How many of each type") List<TypeCount> types,

            @Schema(description = "The one that was told first") @Nullable
            ToldView first,

            @Schema(description = "The one that was told last") @Nullable
            ToldView last,

            @Schema(
                    description = "So many the subscriber has handled and will drop; absent if nobody can say",
                    examples = "1100")
            @Nullable
            Long handled,

            @Schema(
                    description =
                            "So many keys will wait there for a message that was told before; absent if nobody can say",
                    examples = "0")
            @Nullable
            Long waiting) {
        static PlanView of(ReplayPlan plan) {
            return new PlanView(
                    plan.messages(),
                    plan.keys(),
                    plan.someKeys(),
                    plan.types().entrySet().stream()
                            .map(each -> new TypeCount(each.getKey(), each.getValue()))
                            .toList(),
                    ToldView.of(plan.first()),
                    ToldView.of(plan.last()),
                    plan.handled(),
                    plan.waiting());
        }
    }

    /** Messages of a type. */
    @Schema(name = "MessageTypeCount")
    record TypeCount(
            @Schema(examples = "StockChanged.v1") String type,
            @Schema(examples = "1200") long messages) {}

    /** A message that was told. */
    @Schema(name = "ToldMessage")
    record ToldView(
            @Schema(examples = "2026-11-23T09:00:01Z") Instant at,

            @Schema(examples = "acme/berlin-1/MUG-WHITE") String businessKey,

            @Schema(examples = "17") long sequence,
            @Schema(examples = "StockChanged.v1") String type) {
        static @Nullable ToldView of(ReplayPlan.@Nullable Told told) {
            return told == null ? null : new ToldView(told.at(), told.businessKey(), told.sequence(), told.type());
        }
    }

    static ReplayView of(Replay replay) {
        return new ReplayView(
                replay.id(),
                replay.wanted().reference(),
                replay.wanted().subscriber(),
                replay.wanted().from(),
                replay.wanted().to(),
                replay.wanted().sku().isEmpty() ? null : replay.wanted().sku(),
                replay.wanted().location().isEmpty() ? null : replay.wanted().location(),
                replay.state().wire(),
                replay.reason().isEmpty() ? null : replay.reason(),
                replay.sent(),
                PlanView.of(replay.plan()),
                replay.requestedAt(),
                replay.stateSince());
    }
}
