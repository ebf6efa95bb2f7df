package org.retailhub.inventory.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.ExpectedReceipts.Open;
import org.retailhub.inventory.Rules;
import org.retailhub.inventory.StockQuestions;
import org.retailhub.inventory.domain.ChannelRule;
import org.retailhub.inventory.domain.PositionKey;

/** What is still to come at the places of a question; over all locations, at those that the channel sells from. */
final class ExpectedGoods {
    static final ExpectedGoods NOT_ASKED = new ExpectedGoods(null);

    /** Some of a SKU that is still to come. */
    @Schema(name = "ExpectedGoods")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ExpectedView(
            @Schema(examples = "100") String quantity,

            @Schema(description = "In the past if it is late", examples = "2026-12-01T07:00:00Z")
            Instant expectedAt,

            @Schema(examples = "berlin-1") String location,

            @Schema(
                    description = "Absent for a key that is bound to channels",
                    enumeration = {"purchase-order", "advice"})
            @Nullable
            String kind,

            @Schema(description = "Absent for a key that is bound to channels", examples = "PO-118") @Nullable
            String document) {
        static ExpectedView of(Open open, boolean isBound) {
            return new ExpectedView(
                    MovementView.text(open.quantity()),
                    open.expectedAt(),
                    open.position().location(),
                    isBound ? null : open.kind(),
                    isBound ? null : open.document());
        }
    }

    private final @Nullable Map<StockQuestions.Place, List<ExpectedView>> places;

    private ExpectedGoods(@Nullable Map<StockQuestions.Place, List<ExpectedView>> places) {
        this.places = places;
    }

    /** @param rules of the channel, if one was named */
    static ExpectedGoods of(
            StockQuestions.Question question,
            Map<PositionKey, List<Open>> open,
            List<Rules.Known> rules,
            boolean isBound) {
        Map<String, ChannelRule> bySku = new HashMap<>();
        rules.forEach(each -> bySku.put(each.sku(), each.rule()));
        Map<StockQuestions.Place, List<ExpectedView>> places = new HashMap<>();
        for (StockQuestions.Place place : question.places()) {
            ChannelRule ofChannel = bySku.getOrDefault("", ChannelRule.NONE);
            ChannelRule rule = bySku.getOrDefault(place.sku(), ofChannel);
            List<ExpectedView> found = new ArrayList<>();
            open.forEach((position, goods) -> {
                boolean meant = position.sku().equals(place.sku())
                        && (place.location().isEmpty() || place.location().equals(position.location()))
                        && rule.sellsFrom(position.location());
                if (meant) {
                    goods.forEach(each -> found.add(ExpectedView.of(each, isBound)));
                }
            });
            found.sort(Comparator.comparing(ExpectedView::expectedAt).thenComparing(ExpectedView::location));
            places.put(place, found);
        }
        return new ExpectedGoods(places);
    }

    /** Null if nobody asked. */
    @Nullable
    List<ExpectedView> at(StockQuestions.Place place) {
        return places == null ? null : places.getOrDefault(place, List.of());
    }
}
