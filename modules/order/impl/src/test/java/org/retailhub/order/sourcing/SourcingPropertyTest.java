package org.retailhub.order.sourcing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.retailhub.masterdata.api.Fulfilment;
import org.retailhub.order.sourcing.SourcingRequest.Excluded;
import org.retailhub.order.sourcing.SourcingRequest.Line;
import org.retailhub.order.sourcing.SourcingRule.Limits;
import org.retailhub.order.sourcing.SourcingRule.Step;
import org.retailhub.platform.kernel.Money;

/** What holds for any places, stock, rule and batch. */
class SourcingPropertyTest {
    private static final List<String> KINDS =
            List.of("store", "distribution-centre", "third-party", "drop-ship", "supplier");
    private static final List<String> SKUS = List.of("MUG", "POT", "CUP", "ROPE");

    /** Everything that a decision depends on. */
    record World(Situations situations, List<SourcingRequest> requests) {
        List<SourcingDecision> decide() {
            return Sourcing.decide(requests, situations.rules, situations.facts());
        }

        @Override
        public String toString() {
            return situations.available + "\n" + situations.rules + "\n" + requests;
        }
    }

    @Provide
    Arbitrary<World> worlds() {
        return Arbitraries.randomValue(SourcingPropertyTest::world);
    }

    @Property(tries = 400)
    void allocatesAndLacksWhatWasAskedOfEachLine(@ForAll("worlds") World world) {
        List<SourcingDecision> decisions = world.decide();
        assertEquals(world.requests().size(), decisions.size());
        for (int i = 0; i < decisions.size(); i++) {
            SourcingDecision decision = decisions.get(i);
            SourcingRequest request = world.requests().get(i);
            assertEquals(request.orderId(), decision.orderId());
            Map<String, BigDecimal> told = new HashMap<>();
            decision.allocations().forEach(each -> told.merge(each.lineId(), each.quantity(), BigDecimal::add));
            decision.shortLines().forEach(each -> told.merge(each.lineId(), each.quantity(), BigDecimal::add));
            for (Line line : request.lines()) {
                assertEquals(0, line.quantity().compareTo(told.remove(line.lineId())), line::toString);
            }
            assertEquals(Map.of(), told, "and nothing else");
            assertTrue(decision.allocations().stream()
                    .allMatch(each -> each.quantity().signum() > 0));
        }
    }

    @Property(tries = 400)
    void neverGivesMoreThanThereIsWithinABatch(@ForAll("worlds") World world) {
        Map<String, BigDecimal> given = new HashMap<>();
        world.decide().forEach(decision -> decision.allocations()
                .forEach(each -> given.merge(each.sku() + "@" + each.location(), each.quantity(), BigDecimal::add)));
        given.forEach((place, quantity) -> {
            String[] parts = place.split("@");
            BigDecimal there = world.situations().available.get(parts[0]).get(parts[1]);
            assertTrue(quantity.compareTo(there) <= 0, () -> place + " gave " + quantity + " of " + there);
        });
    }

    @Property(tries = 400)
    void heedsTheLimitsOfTheRule(@ForAll("worlds") World world) {
        Limits limits = world.situations().rules.get(0).limits();
        Map<String, Integer> parcels = new HashMap<>(world.situations().parcels);
        List<SourcingDecision> decisions = world.decide();
        for (int i = 0; i < decisions.size(); i++) {
            SourcingDecision decision = decisions.get(i);
            SourcingRequest request = world.requests().get(i);
            assertTrue(decision.locations().size() <= limits.maxSplits() + 1);
            for (String location : decision.locations()) {
                assertTrue(!limits.excludedLocations().contains(location), location);
                Set<String> pool = world.situations().pools.get(request.channel());
                assertTrue(pool == null || pool.contains(location), location);
                Integer capacity =
                        world.situations().locations.get(location).fulfilment().parcelsPerDay();
                assertTrue(capacity == null || parcels.merge(location, 1, Integer::sum) <= capacity, location);
            }
            decision.allocations()
                    .forEach(each ->
                            assertTrue(!request.excluded().contains(new Excluded(each.sku(), each.location()))));
        }
    }

    @Property(tries = 200)
    void decidesTheSameAgainWhateverTheOrderOfTheFacts(@ForAll("worlds") World world) {
        Situations same = new Situations();
        List<String> ids = new ArrayList<>(world.situations().locations.keySet());
        java.util.Collections.reverse(ids);
        Map<String, org.retailhub.masterdata.api.LocationView> locations = new java.util.LinkedHashMap<>();
        ids.forEach(id -> locations.put(id, world.situations().locations.get(id)));
        Map<String, Map<String, BigDecimal>> available = new HashMap<>();
        world.situations().available.forEach((sku, byLocation) -> {
            Map<String, BigDecimal> reversed = new java.util.LinkedHashMap<>();
            ids.stream().filter(byLocation::containsKey).forEach(id -> reversed.put(id, byLocation.get(id)));
            available.put(sku, reversed);
        });
        assertEquals(
                world.decide(),
                Sourcing.decide(
                        world.requests(),
                        world.situations().rules,
                        new Facts(
                                Situations.NOON,
                                locations,
                                available,
                                world.situations().pools,
                                same.sellers,
                                world.situations().parcels)));
    }

    @Property(tries = 200)
    void leavesNothingShortThatOneMorePlaceOfThePlanCouldGive(@ForAll("worlds") World world) {
        // Of the first order: what it lacks is not at a place that it uses anyway.
        SourcingDecision first = world.decide().get(0);
        SourcingRequest request = world.requests().get(0);
        Set<String> kept = first.explanation().candidates().stream()
                .filter(each -> each.reasons().stream().anyMatch(why -> why.sku() != null))
                .map(Explanation.Candidate::location)
                .collect(Collectors.toSet());
        for (SourcingDecision.ShortLine line : first.shortLines()) {
            for (String location : first.locations()) {
                if (!kept.contains(location)) {
                    BigDecimal there = world.situations()
                            .available
                            .getOrDefault(line.sku(), Map.of())
                            .getOrDefault(location, BigDecimal.ZERO);
                    BigDecimal given = first.allocations().stream()
                            .filter(each -> each.location().equals(location)
                                    && each.sku().equals(line.sku()))
                            .map(SourcingDecision.Allocation::quantity)
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
                    // Less than one unit may stay where whole ones are asked; at a store also the rule's minimum.
                    BigDecimal minimum = world.situations()
                            .rules
                            .get(0)
                            .limits()
                            .minimumKeep()
                            .add(BigDecimal.ONE);
                    assertTrue(there.subtract(given).compareTo(minimum) < 0, () -> request + " " + first);
                }
            }
        }
    }

    @Property(tries = 400)
    void explainsWithinItsBounds(@ForAll("worlds") World world) {
        for (SourcingDecision decision : world.decide()) {
            Explanation why = decision.explanation();
            assertTrue(why.candidates().size() <= Explanation.MOST_CANDIDATES);
            Set<String> chosen = new HashSet<>();
            why.candidates().forEach(each -> {
                assertTrue(each.reasons().size() <= Explanation.MOST_REASONS);
                if (each.verdict() == Explanation.Verdict.CHOSEN) {
                    chosen.add(each.location());
                }
                assertTrue(each.verdict() != Explanation.Verdict.REJECTED
                        || !each.reasons().isEmpty());
            });
            assertEquals(decision.locations(), chosen);
        }
    }

    private static World world(Random random) {
        Situations situations = new Situations();
        int places = 1 + random.nextInt(12);
        for (int i = 0; i < places; i++) {
            Fulfilment fulfilment = new Fulfilment(
                    Set.of(),
                    random.nextBoolean() ? null : Money.of((1 + random.nextInt(9)) + ".50", "EUR"),
                    random.nextInt(3),
                    random.nextInt(4) == 0 ? (Integer) random.nextInt(4) : null,
                    null,
                    Set.of(),
                    null,
                    null,
                    "UTC");
            String id = "p" + i;
            situations.place(
                    id,
                    KINDS.get(random.nextInt(KINDS.size())),
                    "5" + random.nextInt(5),
                    "1" + random.nextInt(4),
                    fulfilment);
            situations.parcels.put(id, random.nextInt(2));
            for (String sku : SKUS) {
                if (random.nextInt(3) > 0) {
                    situations.stock(sku, id, (random.nextInt(12) - 1) + (random.nextInt(4) == 0 ? ".5" : ""));
                }
            }
        }
        if (random.nextInt(3) == 0) {
            situations.pools.put("shop-eu", Set.of("p0", "p2", "p3", "p5"));
        }
        List<Step> steps = new ArrayList<>();
        List<Strategy> strategies = new ArrayList<>(List.of(Strategy.values()));
        java.util.Collections.shuffle(strategies, random);
        for (Strategy strategy : strategies.subList(0, 1 + random.nextInt(4))) {
            steps.add(new Step(
                    strategy,
                    random.nextInt(4),
                    strategy == Strategy.STORE_PRIORITY ? List.of("p3", "p1") : List.of(),
                    strategy == Strategy.CHEAPEST_SPLIT ? "EUR" : null));
        }
        situations.rule(
                new Limits(
                        random.nextInt(6),
                        random.nextInt(3) == 0 ? Set.of("p1") : Set.of(),
                        new BigDecimal(random.nextInt(3)),
                        random.nextBoolean() ? null : (Integer) random.nextInt(4),
                        false,
                        true),
                steps.toArray(Step[]::new));
        List<SourcingRequest> requests = new ArrayList<>();
        int orders = 1 + random.nextInt(8);
        for (int i = 0; i < orders; i++) {
            List<Line> lines = new ArrayList<>();
            int count = 1 + random.nextInt(4);
            for (int line = 0; line < count; line++) {
                lines.add(Situations.line(
                        "" + line,
                        SKUS.get(random.nextInt(SKUS.size())),
                        (1 + random.nextInt(9)) + (random.nextInt(5) == 0 ? ".25" : "")));
            }
            requests.add(new SourcingRequest(
                    "order-" + i,
                    "acme",
                    random.nextBoolean() ? "shop-eu" : "shop-us",
                    random.nextInt(4) == 0 ? null : Situations.KASSEL,
                    lines,
                    random.nextInt(3) == 0 ? Set.of(new Excluded("MUG", "p0")) : Set.of()));
        }
        return new World(situations, requests);
    }
}
