package org.retailhub.order;

import jakarta.ejb.EJBException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.retailhub.inventory.api.Availability;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Need;
import org.retailhub.order.domain.OrderStock.Place;
import org.retailhub.order.domain.OrderStock.Shortage;
import org.retailhub.platform.kernel.RetailException;

/** The policy's locations in their order, else all that inventory knows in the order of their names; each is emptied before the next. */
final class PlainSources implements Sources {
    private final Availability availability;

    PlainSources(Availability availability) {
        this.availability = availability;
    }

    @Override
    public Map<String, Found> decide(List<Wanted> wanted) {
        Map<String, Found> found = new LinkedHashMap<>();
        wanted.stream()
                .collect(Collectors.groupingBy(Wanted::tenant, LinkedHashMap::new, Collectors.toList()))
                .forEach((tenant, batch) -> {
                    Map<String, Map<String, BigDecimal>> there = ask(tenant, batch);
                    batch.forEach(each -> found.put(each.orderId(), decide(each, there)));
                });
        return found;
    }

    /** By SKU and location; two questions for a tenant. */
    private Map<String, Map<String, BigDecimal>> ask(String tenant, List<Wanted> batch) {
        Set<String> skus = new HashSet<>();
        batch.forEach(each -> each.needs().forEach(need -> skus.add(need.sku())));
        try {
            Set<Availability.Place> places = new HashSet<>();
            availability.placesOf(tenant, skus).values().forEach(places::addAll);
            Map<String, Map<String, BigDecimal>> there = new HashMap<>();
            if (!places.isEmpty()) {
                availability.at(tenant, places).forEach((place, stock) -> there.computeIfAbsent(
                                place.sku(), sku -> new HashMap<>())
                        .put(place.location(), stock.availableToSell()));
            }
            return there;
        } catch (RetailException | EJBException e) {
            throw new RetailException(OrderError.INVENTORY_DOWN, String.valueOf(e.getMessage()), e);
        }
    }

    private static Found decide(Wanted wanted, Map<String, Map<String, BigDecimal>> there) {
        List<Allocation> allocations = new ArrayList<>();
        List<Shortage> shortages = new ArrayList<>();
        for (Need need : wanted.needs()) {
            Map<String, BigDecimal> ofSku = there.getOrDefault(need.sku(), Map.of());
            List<String> locations = wanted.policy().locations().isEmpty()
                    ? List.copyOf(new TreeSet<>(ofSku.keySet()))
                    : wanted.policy().locations();
            BigDecimal rest = need.quantity();
            for (String location : locations) {
                BigDecimal free = ofSku.getOrDefault(location, BigDecimal.ZERO);
                if (rest.signum() > 0
                        && free.signum() > 0
                        && !wanted.excluded().contains(new Place(need.sku(), location))) {
                    BigDecimal taken = free.min(rest);
                    allocations.add(new Allocation(need.lineId(), need.sku(), location, taken));
                    Objects.requireNonNull(there.get(need.sku())).put(location, free.subtract(taken));
                    rest = rest.subtract(taken);
                }
            }
            if (rest.signum() > 0) {
                shortages.add(new Shortage(need.lineId(), need.sku(), rest));
            }
        }
        return new Found(allocations, shortages);
    }
}
