package org.retailhub.order.sourcing;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.platform.kernel.Money;

/**
 * What a decision comes to, of one order or of many added up.
 *
 * @param locations of one order; absent for many
 */
@Schema(name = "SourcingImpact", description = "What decisions come to")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Impact(
        @Schema(description = "From where one order is sent; absent for many", examples = "[\"berlin-1\"]") @Nullable
        List<String> locations,

        @Schema(examples = "1") int parcels,

        @Schema(description = "Parcels after the first of each order", examples = "0")
        int splits,

        @Schema(description = "Orders of which something is short", examples = "0")
        int shortOrders,

        @Schema(description = "Of all parcels, as far as known", examples = "37012")
        long metres,

        @Schema(description = "Of all parcels, as far as known, by currency", examples = "{\"EUR\":\"4.90\"}")
        Map<String, String> costs) {
    static final Impact NONE = new Impact(null, 0, 0, 0, 0, Map.of());

    /** Of one order. */
    public static Impact of(SourcingRequest request, SourcingDecision decision, Facts facts) {
        List<String> locations = List.copyOf(decision.locations());
        long metres = 0;
        Map<String, BigDecimal> costs = new TreeMap<>();
        for (String id : locations) {
            LocationView location = facts.locations().get(id);
            Distance distance = location == null ? null : Distance.between(request.shipTo(), location);
            metres += distance == null ? 0 : distance.metres();
            Money cost = location == null ? null : location.fulfilment().parcelCost();
            if (cost != null) {
                costs.merge(cost.currency().getCurrencyCode(), cost.amount(), BigDecimal::add);
            }
        }
        return new Impact(
                locations,
                locations.size(),
                Math.max(0, locations.size() - 1),
                decision.isComplete() ? 0 : 1,
                metres,
                texts(costs));
    }

    Impact plus(Impact other) {
        Map<String, BigDecimal> sum = new TreeMap<>();
        List.of(costs, other.costs)
                .forEach(each -> each.forEach(
                        (currency, amount) -> sum.merge(currency, new BigDecimal(amount), BigDecimal::add)));
        return new Impact(
                null,
                parcels + other.parcels,
                splits + other.splits,
                shortOrders + other.shortOrders,
                metres + other.metres,
                texts(sum));
    }

    private static Map<String, String> texts(Map<String, BigDecimal> costs) {
        Map<String, String> texts = new TreeMap<>();
        costs.forEach((currency, amount) -> texts.put(currency, amount.toPlainString()));
        return texts;
    }

    /** Before and after, over all orders. */
    @Schema(name = "SimulationTotals", description = "All orders looked at so far")
    public record Totals(
            @Schema(description = "Orders looked at", examples = "5000")
            int orders,

            @Schema(description = "Of these, sent from elsewhere", examples = "12")
            int changed,

            Impact before,
            Impact after) {
        public static final Totals NONE = new Totals(0, 0, Impact.NONE, Impact.NONE);

        public Totals plus(List<Change> changes) {
            List<Change> all = new ArrayList<>(changes);
            Impact before = this.before;
            Impact after = this.after;
            for (Change each : all) {
                before = before.plus(each.before());
                after = after.plus(each.after());
            }
            return new Totals(
                    orders + all.size(),
                    changed + (int) all.stream().filter(Change::changed).count(),
                    before,
                    after);
        }
    }

    /** What changes for an order. */
    @Schema(name = "SimulatedOrder", description = "What the rule would change for an order")
    public record Change(String orderId, String channelOrderId, boolean changed, Impact before, Impact after) {}
}
