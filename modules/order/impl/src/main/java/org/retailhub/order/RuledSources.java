package org.retailhub.order;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Shortage;
import org.retailhub.order.sourcing.Sourcing;
import org.retailhub.order.sourcing.SourcingDecision;
import org.retailhub.order.sourcing.SourcingRequest;

/** By the rules of sourcing; a channel whose policy names its locations has these in their order instead. */
final class RuledSources implements Sources {
    private final Sourcing sourcing;
    private final Sources plain;

    RuledSources(Sourcing sourcing, Sources plain) {
        this.sourcing = sourcing;
        this.plain = plain;
    }

    @Override
    public Map<String, Found> decide(List<Wanted> wanted) {
        List<Wanted> listed = new ArrayList<>();
        List<SourcingRequest> requests = new ArrayList<>();
        for (Wanted each : wanted) {
            if (each.policy().locations().isEmpty()) {
                requests.add(request(each));
            } else {
                listed.add(each);
            }
        }
        Map<String, Found> found = new LinkedHashMap<>(plain.decide(listed));
        if (!requests.isEmpty()) {
            sourcing.decide(requests).forEach(decision -> found.put(decision.orderId(), found(decision)));
        }
        return found;
    }

    private static SourcingRequest request(Wanted wanted) {
        return new SourcingRequest(
                wanted.orderId(),
                wanted.tenant(),
                wanted.document().channel(),
                shipTo(wanted.document().shipTo()),
                wanted.needs().stream()
                        .map(need -> new SourcingRequest.Line(need.lineId(), need.sku(), need.quantity()))
                        .toList(),
                wanted.excluded().stream()
                        .map(place -> new SourcingRequest.Excluded(place.sku(), place.location()))
                        .collect(Collectors.toSet()));
    }

    private static SourcingRequest.@Nullable ShipTo shipTo(OrderDocument.@Nullable Address to) {
        return to == null ? null : new SourcingRequest.ShipTo(to.country(), to.region(), to.postalCode());
    }

    private static Found found(SourcingDecision decision) {
        return new Found(
                decision.allocations().stream()
                        .map(each -> new Allocation(each.lineId(), each.sku(), each.location(), each.quantity()))
                        .toList(),
                decision.shortLines().stream()
                        .map(each -> new Shortage(each.lineId(), each.sku(), each.quantity()))
                        .toList(),
                decision);
    }
}
