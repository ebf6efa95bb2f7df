package org.retailhub.order.sourcing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.LocationView;

/**
 * What is known when a batch of one tenant is decided.
 *
 * @param locations the known ones, by id
 * @param available what can be sold of a SKU, by SKU and location
 * @param pools from where a channel sells; one without an entry sells from everywhere
 * @param sellers who sells on a channel
 * @param parcelsToday what was decided today, by location; those without an entry have none
 */
public record Facts(
        Instant now,
        Map<String, LocationView> locations,
        Map<String, Map<String, BigDecimal>> available,
        Map<String, Set<String>> pools,
        Map<String, Seller> sellers,
        Map<String, Integer> parcelsToday) {

    /** Any part may be null. */
    public record Seller(@Nullable String brand, @Nullable String legalEntity) {
        public static final Seller UNKNOWN = new Seller(null, null);
    }

    /**
     * For one order alone, as if what it took were still there.
     *
     * @param taken by the order itself
     */
    public Facts alone(SourcingRequest request, List<Taken> taken) {
        Map<String, Map<String, BigDecimal>> own = new HashMap<>();
        for (SourcingRequest.Line line : request.lines()) {
            own.putIfAbsent(line.sku(), new HashMap<>(available.getOrDefault(line.sku(), Map.of())));
        }
        for (Taken each : taken) {
            Map<String, BigDecimal> ofSku = own.get(each.sku());
            if (ofSku != null && ofSku.containsKey(each.location())) {
                ofSku.merge(each.location(), each.quantity(), BigDecimal::add);
            }
        }
        return new Facts(now, locations, own, pools, sellers, parcelsToday);
    }

    /** What an order took of a SKU at a location. */
    public record Taken(String sku, String location, BigDecimal quantity) {}

    Seller seller(String channel) {
        return sellers.getOrDefault(channel, Seller.UNKNOWN);
    }
}
