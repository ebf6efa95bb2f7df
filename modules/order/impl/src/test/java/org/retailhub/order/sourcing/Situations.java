package org.retailhub.order.sourcing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.Fulfilment;
import org.retailhub.masterdata.api.LocationView;
import org.retailhub.order.sourcing.SourcingRequest.Line;
import org.retailhub.order.sourcing.SourcingRequest.ShipTo;
import org.retailhub.order.sourcing.SourcingRule.Limits;
import org.retailhub.order.sourcing.SourcingRule.Scope;
import org.retailhub.order.sourcing.SourcingRule.Step;
import org.retailhub.platform.kernel.Money;

/** Places, stock and orders that tests begin with: Germany, with an order to Kassel. */
final class Situations {
    /** A Monday. */
    static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    static final ShipTo KASSEL = new ShipTo("DE", "HE", "34117", new BigDecimal("51.31"), new BigDecimal("9.48"));

    final Map<String, LocationView> locations = new TreeMap<>();
    final Map<String, Map<String, BigDecimal>> available = new HashMap<>();
    final Map<String, Set<String>> pools = new HashMap<>();
    final Map<String, Facts.Seller> sellers = new HashMap<>();
    final Map<String, Integer> parcels = new HashMap<>();
    final List<SourcingRule> rules = new ArrayList<>();

    /** Göttingen is 37 km from Kassel, Berlin 297, München 380. */
    static Situations threeStores() {
        return new Situations()
                .place("goettingen", "store", "51.53", "9.93")
                .place("berlin", "store", "52.52", "13.40")
                .place("muenchen", "store", "48.14", "11.58");
    }

    Situations place(String id, String kind, String latitude, String longitude) {
        return place(id, kind, latitude, longitude, Fulfilment.UNSAID);
    }

    Situations place(String id, String kind, String latitude, String longitude, Fulfilment fulfilment) {
        locations.put(
                id,
                new LocationView(
                        id,
                        kind,
                        id,
                        "HQ",
                        null,
                        "DE",
                        null,
                        null,
                        new BigDecimal(latitude),
                        new BigDecimal(longitude),
                        true,
                        fulfilment));
        return this;
    }

    Situations placeByPostalCode(String id, String country, @Nullable String region, String postalCode) {
        locations.put(id, new LocationView(id, "store", id, "HQ", null, country, region, postalCode, null, null, true));
        return this;
    }

    Situations with(String id, Fulfilment fulfilment) {
        LocationView before = locations.get(id);
        locations.put(
                id,
                new LocationView(
                        id,
                        before.kind(),
                        before.name(),
                        before.legalEntity(),
                        null,
                        before.country(),
                        before.region(),
                        before.postalCode(),
                        before.latitude(),
                        before.longitude(),
                        before.active(),
                        fulfilment));
        return this;
    }

    static Fulfilment costing(String amount, String currency) {
        return new Fulfilment(Set.of(), Money.of(amount, currency), 0, null, null, Set.of(), null, null, "UTC");
    }

    Situations stock(String sku, String location, String quantity) {
        available.computeIfAbsent(sku, each -> new HashMap<>()).put(location, new BigDecimal(quantity));
        return this;
    }

    Situations rule(Step... steps) {
        return rule(Limits.DEFAULT, steps);
    }

    Situations rule(Limits limits, Step... steps) {
        return rule("rule", Scope.EVERYTHING, limits, steps);
    }

    Situations rule(String id, Scope scope, Limits limits, Step... steps) {
        rules.add(new SourcingRule(id, 1, scope, List.of(steps), limits));
        return this;
    }

    static Step step(Strategy strategy) {
        return new Step(strategy, 0, List.of(), null);
    }

    static Step step(Strategy strategy, int weight) {
        return new Step(strategy, weight, List.of(), null);
    }

    static Limits limits(int maxSplits, Set<String> excluded, String minimumKeep) {
        return new Limits(maxSplits, excluded, new BigDecimal(minimumKeep), 14, false, true);
    }

    static Line line(String lineId, String sku, String quantity) {
        return new Line(lineId, sku, new BigDecimal(quantity));
    }

    static SourcingRequest order(String orderId, Line... lines) {
        return new SourcingRequest(orderId, "acme", "shop-eu", KASSEL, List.of(lines), Set.of());
    }

    static SourcingRequest order(@Nullable ShipTo shipTo, Line... lines) {
        return new SourcingRequest("order-1", "acme", "shop-eu", shipTo, List.of(lines), Set.of());
    }

    Facts facts() {
        return new Facts(NOON, locations, available, pools, sellers, parcels);
    }

    List<SourcingDecision> decide(SourcingRequest... requests) {
        return Sourcing.decide(List.of(requests), rules, facts());
    }

    SourcingDecision decide(Line... lines) {
        return decide(order("order-1", lines)).get(0);
    }

    /** As {@code 1 MUG 2 berlin}, what is short as {@code 1 MUG 2 -}. */
    static List<String> told(SourcingDecision decision) {
        List<String> told = new ArrayList<>();
        decision.allocations()
                .forEach(each -> told.add(each.lineId() + " " + each.sku() + " "
                        + each.quantity().toPlainString() + " " + each.location()));
        decision.shortLines()
                .forEach(each -> told.add(
                        each.lineId() + " " + each.sku() + " " + each.quantity().toPlainString() + " -"));
        return told;
    }

    /** As {@code berlin closed} or {@code berlin MUG no-stock}; of candidates that are not chosen. */
    static Set<String> reasons(SourcingDecision decision) {
        Set<String> reasons = new HashSet<>();
        decision.explanation().candidates().forEach(candidate -> candidate
                .reasons()
                .forEach(reason -> reasons.add(candidate.location()
                        + (reason.sku() == null ? "" : " " + reason.sku()) + " "
                        + reason.rejection().wire())));
        return reasons;
    }
}
