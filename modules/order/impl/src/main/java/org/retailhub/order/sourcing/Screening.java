package org.retailhub.order.sourcing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.order.sourcing.Explanation.Candidate;
import org.retailhub.order.sourcing.Explanation.Reason;
import org.retailhub.order.sourcing.Explanation.Verdict;
import org.retailhub.order.sourcing.SourcingPolicy.Demand;
import org.retailhub.order.sourcing.SourcingRule.Limits;
import org.retailhub.order.sourcing.SourcingRule.Step;

/** Which places may send what, and how far each is from the destination; keeps what the batch has taken so far. */
final class Screening {
    private static final String STORE = "store";
    private static final String DISTRIBUTION_CENTRE = "distribution-centre";
    private static final String THIRD_PARTY = "third-party";
    private static final Set<String> DROP_SHIP = Set.of("drop-ship", "supplier");
    private static final long PARCEL = 1_000;
    private static final long DAY = 500;
    private static final long METRES_A_POINT = 100;
    private static final long UNKNOWN_DISTANCE = 50_000;
    private static final long MOST_COST = 1_000_000_000;

    private final Facts facts;
    private final Map<String, Map<String, Long>> left = new HashMap<>();
    private final Map<String, Integer> parcels;
    private final Map<String, Dispatch> dispatches = new HashMap<>();

    Screening(Facts facts) {
        this.facts = facts;
        this.parcels = new HashMap<>(facts.parcelsToday());
        facts.available().forEach((sku, byLocation) -> {
            Map<String, Long> quantities = new HashMap<>();
            byLocation.forEach((location, quantity) -> quantities.put(
                    location,
                    quantity.setScale(SourcingPolicy.DECIMALS, RoundingMode.FLOOR)
                            .unscaledValue()
                            .longValueExact()));
            left.put(sku, quantities);
        });
    }

    /** It is not there for the orders that follow. */
    void take(String sku, String location, long thousandths) {
        if (thousandths > 0) {
            left.getOrDefault(sku, Map.of()).merge(location, -thousandths, Long::sum);
        }
    }

    void addParcel(String location) {
        parcels.merge(location, 1, Integer::sum);
    }

    /**
     * Those that have something to give, best first; among equals by id.
     *
     * @param rejected gets the others
     */
    List<Option> options(
            SourcingRequest request,
            List<Demand> demands,
            SourcingRule rule,
            Scoring scoring,
            List<Candidate> rejected) {
        Set<String> known = new TreeSet<>();
        demands.forEach(
                demand -> known.addAll(left.getOrDefault(demand.sku(), Map.of()).keySet()));
        List<Found> found = new ArrayList<>();
        for (String id : known) {
            LocationView location = facts.locations().get(id);
            Rejection rejection = rejection(id, location, request.channel(), rule.limits());
            if (location == null || rejection != null) {
                rejected.add(rejected(
                        id,
                        location,
                        request,
                        List.of(new Reason(rejection == null ? Rejection.UNKNOWN_LOCATION : rejection, null))));
                continue;
            }
            List<Reason> lacks = new ArrayList<>();
            long[] available = new long[demands.size()];
            boolean gives = false;
            for (int sku = 0; sku < available.length; sku++) {
                available[sku] = available(request, demands.get(sku), location, rule.limits(), lacks);
                gives |= available[sku] > 0;
            }
            if (gives) {
                found.add(new Found(location, Distance.between(request.shipTo(), location), available, lacks));
            } else {
                rejected.add(rejected(id, location, request, lacks));
            }
        }
        return scored(found, rule, scoring);
    }

    private record Found(LocationView location, @Nullable Distance distance, long[] available, List<Reason> lacks) {}

    private List<Option> scored(List<Found> found, SourcingRule rule, Scoring scoring) {
        long[] dearest = new long[rule.steps().size()];
        for (int step = 0; step < dearest.length; step++) {
            for (Found each : found) {
                dearest[step] = Math.max(
                        dearest[step],
                        cost(each.location(), rule.steps().get(step).currency()));
            }
        }
        List<Option> options = new ArrayList<>(found.size());
        for (Found each : found) {
            long[] points = new long[dearest.length];
            for (int step = 0; step < points.length; step++) {
                points[step] = points(rule.steps().get(step), each, dearest[step]);
            }
            options.add(new Option(
                    each.location(), each.distance(), each.available(), points, scoring.score(points), each.lacks()));
        }
        // Found by id, and the sort is stable: among equals the first id wins.
        options.sort((one, other) -> Scoring.compare(one.score(), other.score()));
        return options;
    }

    private long points(Step step, Found found, long dearest) {
        String kind = found.location().kind();
        return switch (step.strategy()) {
            case NEAREST ->
                found.distance() == null ? UNKNOWN_DISTANCE : found.distance().metres() / METRES_A_POINT;
            case FEWEST_SPLITS -> 0;
            case CHEAPEST_SPLIT -> {
                long cost = cost(found.location(), step.currency());
                yield cost < 0 ? dearest : cost;
            }
            case STORE_PRIORITY -> {
                int rank = step.locations().indexOf(found.location().id());
                yield PARCEL * (rank < 0 ? step.locations().size() : rank);
            }
            case DC_FIRST -> kind.equals(DISTRIBUTION_CENTRE) ? 0 : PARCEL;
            case THIRD_PARTY_FIRST -> kind.equals(THIRD_PARTY) ? 0 : PARCEL;
            case DROP_SHIP_LAST -> DROP_SHIP.contains(kind) ? PARCEL : 0;
            case SOONEST -> DAY * dispatch(found.location()).days();
        };
    }

    /** In hundredths of the currency; -1 if nobody said. */
    private static long cost(LocationView location, @Nullable String currency) {
        var cost = location.fulfilment().parcelCost();
        if (cost == null || !cost.currency().getCurrencyCode().equals(currency)) {
            return -1;
        }
        return cost.amount()
                .movePointRight(2)
                .setScale(0, RoundingMode.HALF_UP)
                .min(BigDecimal.valueOf(MOST_COST))
                .longValueExact();
    }

    private @Nullable Rejection rejection(String id, @Nullable LocationView location, String channel, Limits limits) {
        if (location == null) {
            return Rejection.UNKNOWN_LOCATION;
        }
        if (!location.active()) {
            return Rejection.INACTIVE;
        }
        if (limits.excludedLocations().contains(id)) {
            return Rejection.EXCLUDED_BY_RULE;
        }
        Set<String> pool = facts.pools().get(channel);
        if (pool != null && !pool.contains(id)) {
            return Rejection.OUTSIDE_POOL;
        }
        Facts.Seller seller = facts.seller(channel);
        if (limits.ownLegalEntity()
                && (seller.legalEntity() == null || !seller.legalEntity().equals(location.legalEntity()))) {
            return Rejection.OTHER_LEGAL_ENTITY;
        }
        Set<String> brands = location.fulfilment().brands();
        if (limits.ownBrand() && !brands.isEmpty() && (seller.brand() == null || !brands.contains(seller.brand()))) {
            return Rejection.OTHER_BRAND;
        }
        Dispatch dispatch = dispatch(location);
        int mostDays = limits.maxDays() == null ? Dispatch.NEVER - 1 : limits.maxDays();
        if (dispatch.daysClosed() > mostDays) {
            return Rejection.CLOSED;
        }
        if (dispatch.days() > mostDays) {
            return Rejection.TOO_SLOW;
        }
        Integer capacity = location.fulfilment().parcelsPerDay();
        if (capacity != null && parcels.getOrDefault(id, 0) >= capacity) {
            return Rejection.CAPACITY_USED_UP;
        }
        return null;
    }

    private Dispatch dispatch(LocationView location) {
        return dispatches.computeIfAbsent(location.id(), id -> Dispatch.of(location.fulfilment(), facts.now()));
    }

    /** @param lacks gets the reason if it gives nothing of it though somebody asked, or less than it has */
    private long available(
            SourcingRequest request, Demand demand, LocationView location, Limits limits, List<Reason> lacks) {
        String sku = demand.sku();
        long there = left.getOrDefault(sku, Map.of()).getOrDefault(location.id(), 0L);
        Rejection lack = null;
        long given = 0;
        if (request.excluded().contains(new SourcingRequest.Excluded(sku, location.id()))) {
            lack = Rejection.EXCLUDED_BY_REQUEST;
        } else if (demand.usable(there) <= 0) {
            lack = Rejection.NO_STOCK;
        } else {
            long kept = location.kind().equals(STORE) ? Demand.thousandths(limits.minimumKeep()) : 0;
            given = Math.max(0, demand.usable(there - kept));
            lack = given < Math.min(demand.usable(there), demand.quantity()) ? Rejection.KEPT_BACK : null;
        }
        if (lack != null && lacks.size() < Explanation.MOST_REASONS) {
            lacks.add(new Reason(lack, sku));
        }
        return given;
    }

    private static Candidate rejected(
            String id, @Nullable LocationView location, SourcingRequest request, List<Reason> reasons) {
        Distance distance = location == null ? null : Distance.between(request.shipTo(), location);
        return new Candidate(
                id,
                location == null ? null : location.kind(),
                Verdict.REJECTED,
                distance == null ? null : distance.metres(),
                distance != null && distance.estimated(),
                List.of(),
                reasons);
    }
}
