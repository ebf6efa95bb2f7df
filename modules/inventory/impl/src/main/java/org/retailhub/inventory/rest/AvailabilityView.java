package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.StockHistory;
import org.retailhub.inventory.StockQuestions;

/** What can be sold. */
@Schema(name = "Availability")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AvailabilityView(
        @Schema(description = "What was committed before then is in it", examples = "2026-11-23T09:00:01.123456Z")
        Instant asOf,

        @Schema(
                description =
                        "read-your-writes: read after it was asked, also what the same caller wrote just before; historic: as it was at a time",
                enumeration = {"read-your-writes", "historic"})
        String consistency,

        @Schema(examples = "shop-eu") @Nullable String channel,

        @Schema(description = "In the order of the SKUs, then of the locations, as they were asked for")
        List<Line> items) {

    /** A SKU at a location, or over all the channel sells from. */
    @Schema(name = "AvailabilityItem")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Line(
            String sku,

            @Schema(
                    description = "Absent: over all locations, or those that the channel sells from",
                    examples = "berlin-1")
            @Nullable
            String location,

            @Schema(
                    description =
                            "What may be sold: with a channel, what that may show; else on hand less reserved and safety",
                    examples = "37")
            String available,

            @Schema(examples = "EA") @Nullable String unit,

            @Schema(description = "Sales counted that the ERP does not know yet", examples = "42") @Nullable
            String onHand,

            @Schema(examples = "3") @Nullable String reserved,

            @Schema(description = "Kept back", examples = "2") @Nullable
            String safety,

            @Schema(description = "Sold less returned, as far as the ERP has not been told", examples = "5") @Nullable
            String unknownToErp,

            @Schema(description = "Only with at: the last movements known then, newest first") @Nullable
            List<MovementView> because,

            @Schema(description = "Only with at: the channel's rule of then") @Nullable
            RuleView rule,

            @Schema(
                    description =
                            "Only with expected: what is still to come, the next first; none of it is in available")
            @Nullable
            List<ExpectedGoods.ExpectedView> expected) {}

    /** @param isBound whether the caller's key is bound to channels: it sees what it may sell, and not why */
    static AvailabilityView of(
            StockQuestions.Answer answer, @Nullable String channel, boolean isBound, ExpectedGoods goods) {
        return new AvailabilityView(
                answer.asOf(),
                "read-your-writes",
                channel,
                answer.lines().stream()
                        .map(line -> line(line, isBound, null, null, goods.at(line.place())))
                        .toList());
    }

    /** What was believed then. */
    static AvailabilityView of(
            Instant at, List<StockHistory.Belief> beliefs, @Nullable String channel, boolean isBound) {
        return new AvailabilityView(
                at,
                "historic",
                channel,
                beliefs.stream()
                        .map(belief -> line(
                                belief.line(),
                                isBound,
                                isBound
                                        ? null
                                        : belief.because().stream()
                                                .map(row -> MovementView.of(row, null))
                                                .toList(),
                                belief.rule() == null ? null : RuleView.of(belief.rule()),
                                null))
                        .toList());
    }

    private static Line line(
            StockQuestions.Line line,
            boolean isBound,
            @Nullable List<MovementView> because,
            @Nullable RuleView rule,
            @Nullable List<ExpectedGoods.ExpectedView> expected) {
        String available = MovementView.text(line.shown() == null ? line.availableToSell() : line.shown());
        return new Line(
                line.place().sku(),
                line.place().location().isEmpty() ? null : line.place().location(),
                available,
                line.unit().isEmpty() ? null : line.unit(),
                isBound ? null : MovementView.text(line.onHand()),
                isBound ? null : MovementView.text(line.reserved()),
                isBound ? null : MovementView.text(line.safety()),
                isBound || because != null ? null : MovementView.text(line.unknownToErp()),
                because,
                rule,
                expected);
    }
}
