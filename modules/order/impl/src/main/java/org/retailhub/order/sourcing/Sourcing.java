package org.retailhub.order.sourcing;

import jakarta.ejb.EJBException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.api.ChannelPools;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.masterdata.api.Locations;
import org.retailhub.masterdata.api.SalesAccounts;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.RetailException;

/**
 * Decides from where orders are sent: asks for all facts once per tenant of the batch, then decides. Asks other modules, so it is called
 * outside any transaction; the decision is stored in the order's.
 */
public final class Sourcing {
    private final Availability availability;
    private final ChannelPools pools;
    private final Locations locations;
    private final SalesAccounts accounts;
    private final RulesInForce rules;
    private final ParcelCounts parcels;
    private final Clock clock;

    public Sourcing(
            Availability availability,
            ChannelPools pools,
            Locations locations,
            SalesAccounts accounts,
            RulesInForce rules,
            ParcelCounts parcels,
            Clock clock) {
        this.availability = availability;
        this.pools = pools;
        this.locations = locations;
        this.accounts = accounts;
        this.rules = rules;
        this.parcels = parcels;
        this.clock = clock;
    }

    /**
     * In the order of the requests. Stock given to one of them is not given to the next; nothing is held yet.
     *
     * @throws RetailException {@link OrderError#SOURCING_FACTS_DOWN}: ask again later
     */
    public List<SourcingDecision> decide(List<SourcingRequest> requests) {
        Map<String, List<SourcingRequest>> byTenant = new LinkedHashMap<>();
        requests.forEach(request -> byTenant.computeIfAbsent(request.tenant(), tenant -> new ArrayList<>())
                .add(request));
        Map<SourcingRequest, SourcingDecision> decided = new java.util.IdentityHashMap<>();
        byTenant.forEach((tenant, batch) -> {
            Facts facts = facts(tenant, batch);
            List<SourcingDecision> decisions = decide(batch, rules.at(tenant, facts.now()), facts);
            for (int i = 0; i < batch.size(); i++) {
                decided.put(batch.get(i), decisions.get(i));
            }
        });
        return requests.stream()
                .map(request -> Objects.requireNonNull(decided.get(request), "each request is of a tenant"))
                .toList();
    }

    /** What would be decided by these rules: pure. All requests are of the facts' tenant. */
    public static List<SourcingDecision> decide(List<SourcingRequest> requests, List<SourcingRule> rules, Facts facts) {
        return SourcingPolicy.decide(requests, rules, facts);
    }

    /** What is known for these requests, all of one tenant; one question to each module. */
    public Facts facts(String tenant, List<SourcingRequest> requests) {
        Instant now = clock.instant();
        Set<String> skus = new HashSet<>();
        Set<String> channels = new HashSet<>();
        for (SourcingRequest request : requests) {
            channels.add(request.channel());
            request.lines().forEach(line -> skus.add(line.sku()));
        }
        try {
            Map<String, Map<String, BigDecimal>> available = available(tenant, skus);
            Set<String> ids = new HashSet<>();
            available.values().forEach(byLocation -> ids.addAll(byLocation.keySet()));
            Map<String, LocationView> known = ids.isEmpty() ? Map.of() : locations.byId(tenant, ids);
            Map<String, Facts.Seller> sellers = new HashMap<>();
            accounts.byChannel(tenant, channels)
                    .forEach((channel, account) ->
                            sellers.put(channel, new Facts.Seller(account.brand(), account.legalEntity())));
            return new Facts(
                    now,
                    known,
                    available,
                    pools.of(tenant, channels),
                    sellers,
                    parcels.of(tenant, day(now), limited(known)));
        } catch (EJBException e) {
            throw new RetailException(OrderError.SOURCING_FACTS_DOWN, String.valueOf(e.getMessage()), e);
        }
    }

    /** The day that parcels are counted by. */
    public static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    private Map<String, Map<String, BigDecimal>> available(String tenant, Set<String> skus) {
        Map<String, Map<String, BigDecimal>> available = new HashMap<>();
        Set<Availability.Place> places = new HashSet<>();
        availability.placesOf(tenant, skus).values().forEach(places::addAll);
        if (!places.isEmpty()) {
            availability.at(tenant, places).forEach((place, stock) -> available
                    .computeIfAbsent(place.sku(), sku -> new HashMap<>())
                    .put(place.location(), stock.availableToSell()));
        }
        return available;
    }

    private static Set<String> limited(Map<String, LocationView> known) {
        Set<String> limited = new HashSet<>();
        known.forEach((id, location) -> {
            if (location.fulfilment().parcelsPerDay() != null) {
                limited.add(id);
            }
        });
        return limited;
    }
}
