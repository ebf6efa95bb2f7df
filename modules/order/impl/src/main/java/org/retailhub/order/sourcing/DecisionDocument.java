package org.retailhub.order.sourcing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A decision as it is kept and shown. */
@Schema(name = "SourcingDecision", description = "From where an order is sent, and why")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DecisionDocument(
        @Schema(description = "Whether nothing is short", examples = "true")
        boolean complete,

        List<Allocated> allocations,
        List<Short> shortLines,

        @Schema(description = "Of what was chosen, by the steps of the rule; fewer are better")
        List<Points> points,

        @Schema(description = "Combinations of places that were compared", examples = "7")
        int plans,

        @Schema(description = "Whether the rule's limit of splits left something short", examples = "false")
        boolean splitLimited,

        @Schema(description = "The chosen ones first, then the others, best first, then the rejected ones; 25 at most")
        List<Candidate> candidates,

        @Schema(description = "How many more candidates there were", examples = "0")
        int unlisted) {
    /** A quantity of a line from a place. */
    @Schema(name = "SourcedQuantity")
    public record Allocated(
            String lineId,
            String sku,
            String location,
            @Schema(examples = "2") String quantity) {}

    /** A quantity of a line from nowhere. */
    @Schema(name = "ShortQuantity")
    public record Short(
            String lineId,
            String sku,
            @Schema(examples = "1") String quantity) {}

    /** What a step of the rule counts against it. */
    @Schema(name = "SourcingPoints")
    public record Points(
            @Schema(examples = "nearest") String strategy,
            @Schema(examples = "370") long points) {}

    /** A place that has, or once had, something of what was asked. */
    @Schema(name = "SourcingCandidate")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Candidate(
            String location,

            @Schema(description = "Absent if master data does not know it", examples = "store") @Nullable
            String kind,

            @Schema(
                    enumeration = {"chosen", "outranked", "rejected"},
                    examples = "chosen")
            String verdict,

            @Schema(description = "To the destination; absent if nobody knows", examples = "37012") @Nullable
            Long metres,

            @Schema(description = "Whether the distance was told by region and postal code", examples = "false")
            boolean estimated,

            @Schema(description = "If it alone sent") List<Points> points,

            List<Reason> reasons) {}

    /** Why a place was rejected, or what it lacks. */
    @Schema(name = "SourcingReason")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reason(
            @Schema(examples = "no-stock") String reason,

            @Schema(description = "Absent if it is about the place as a whole") @Nullable
            String sku) {}

    public static DecisionDocument of(SourcingDecision decision) {
        Explanation why = decision.explanation();
        return new DecisionDocument(
                decision.isComplete(),
                decision.allocations().stream()
                        .map(each -> new Allocated(each.lineId(), each.sku(), each.location(), text(each.quantity())))
                        .toList(),
                decision.shortLines().stream()
                        .map(each -> new Short(each.lineId(), each.sku(), text(each.quantity())))
                        .toList(),
                points(why.points()),
                why.plans(),
                why.splitLimited(),
                why.candidates().stream().map(DecisionDocument::candidate).toList(),
                why.unlisted());
    }

    private static Candidate candidate(Explanation.Candidate candidate) {
        return new Candidate(
                candidate.location(),
                candidate.kind(),
                candidate.verdict().name().toLowerCase(Locale.ROOT),
                candidate.metres(),
                candidate.estimated(),
                points(candidate.points()),
                candidate.reasons().stream()
                        .map(each -> new Reason(each.rejection().wire(), each.sku()))
                        .toList());
    }

    private static List<Points> points(List<Explanation.Points> points) {
        return points.stream()
                .map(each -> new Points(each.strategy().wire(), each.points()))
                .toList();
    }

    private static String text(BigDecimal quantity) {
        return quantity.toPlainString();
    }
}
