package org.retailhub.order.sourcing;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.retailhub.order.sourcing.Explanation.Candidate;
import org.retailhub.order.sourcing.Explanation.Points;
import org.retailhub.order.sourcing.Explanation.Verdict;
import org.retailhub.order.sourcing.SourcingDecision.Allocation;
import org.retailhub.order.sourcing.SourcingDecision.ShortLine;
import org.retailhub.order.sourcing.SourcingRule.Scope;

/**
 * Decides a batch of one tenant. Pure: the same requests, rules and facts give the same decisions. What an order gets is not there for
 * those after it.
 */
final class SourcingPolicy {
    /** Quantities are counted in thousandths. */
    static final int DECIMALS = 3;

    private final Map<String, SourcingRule> rules = new HashMap<>();
    private final Map<SourcingRule, Scoring> scorings = new HashMap<>();
    private final Facts facts;
    private final Screening screening;

    private SourcingPolicy(List<SourcingRule> rules, Facts facts) {
        this.facts = facts;
        this.screening = new Screening(facts);
        rules.stream()
                .sorted(Comparator.comparing(SourcingRule::id))
                .forEach(rule -> this.rules.putIfAbsent(
                        key(rule.scope().kind(), rule.scope().value()), rule));
    }

    /** In the order of the requests. @param rules in force */
    static List<SourcingDecision> decide(List<SourcingRequest> requests, List<SourcingRule> rules, Facts facts) {
        SourcingPolicy policy = new SourcingPolicy(rules, facts);
        return requests.stream().map(policy::decide).toList();
    }

    private static String key(Scope.Kind kind, String value) {
        return kind.wire() + ' ' + value;
    }

    private SourcingRule ruleFor(String channel) {
        Facts.Seller seller = facts.seller(channel);
        SourcingRule rule = rules.get(key(Scope.Kind.CHANNEL, channel));
        if (rule == null && seller.brand() != null) {
            rule = rules.get(key(Scope.Kind.BRAND, seller.brand()));
        }
        if (rule == null && seller.legalEntity() != null) {
            rule = rules.get(key(Scope.Kind.LEGAL_ENTITY, seller.legalEntity()));
        }
        return rule != null ? rule : rules.getOrDefault(key(Scope.Kind.EVERYTHING, ""), SourcingRule.DEFAULT);
    }

    private SourcingDecision decide(SourcingRequest request) {
        SourcingRule rule = ruleFor(request.channel());
        Scoring scoring = scorings.computeIfAbsent(rule, each -> new Scoring(each.steps()));
        List<Demand> demands = Demand.of(request);
        long[] asked = demands.stream().mapToLong(Demand::quantity).toArray();
        List<Candidate> rejected = new ArrayList<>();
        List<Option> options = screening.options(request, demands, rule, scoring, rejected);
        PlanSearch search =
                new PlanSearch(asked, options, scoring, rule.limits().maxSplits() + 1);
        Plan plan = search.best();
        long[][] given = new long[plan.members().length][asked.length];
        search.fill(plan.members(), given);
        List<Allocation> allocations = new ArrayList<>();
        List<ShortLine> shortLines = new ArrayList<>();
        for (int member = 0; member < given.length; member++) {
            String location = options.get(plan.members()[member]).id();
            for (int sku = 0; sku < asked.length; sku++) {
                screening.take(demands.get(sku).sku(), location, given[member][sku]);
            }
            screening.addParcel(location);
        }
        boolean split = plan.members().length == rule.limits().maxSplits() + 1 && moreThere(asked, given, options);
        allot(request, demands, plan, given, options, allocations, shortLines);
        boolean limited = split && !shortLines.isEmpty();
        return new SourcingDecision(
                request.orderId(),
                allocations,
                shortLines,
                rule.id(),
                rule.version(),
                explain(rule, options, plan, rejected, search.plans(), limited));
    }

    /** Whether places that are not in the plan have some of what is short. */
    private static boolean moreThere(long[] asked, long[][] given, List<Option> options) {
        for (int sku = 0; sku < asked.length; sku++) {
            long there = 0;
            long got = 0;
            for (Option option : options) {
                there += Math.min(asked[sku], option.available()[sku]);
            }
            for (long[] each : given) {
                got += each[sku];
            }
            if (got < asked[sku] && there > got) {
                return true;
            }
        }
        return false;
    }

    /** Lines of one SKU are served in their order, the plan's places in theirs. */
    private static void allot(
            SourcingRequest request,
            List<Demand> demands,
            Plan plan,
            long[][] given,
            List<Option> options,
            List<Allocation> allocations,
            List<ShortLine> shortLines) {
        Map<String, Integer> index = new HashMap<>();
        for (int sku = 0; sku < demands.size(); sku++) {
            index.put(demands.get(sku).sku(), sku);
        }
        for (SourcingRequest.Line line : request.lines()) {
            int sku = Objects.requireNonNull(index.get(line.sku()), "each line's SKU is demanded");
            long open = Demand.thousandths(line.quantity());
            for (int member = 0; member < given.length && open > 0; member++) {
                long quantity = Math.min(open, given[member][sku]);
                if (quantity > 0) {
                    given[member][sku] -= quantity;
                    open -= quantity;
                    allocations.add(new Allocation(
                            line.lineId(),
                            line.sku(),
                            options.get(plan.members()[member]).id(),
                            Demand.quantity(quantity)));
                }
            }
            if (open > 0) {
                shortLines.add(new ShortLine(line.lineId(), line.sku(), Demand.quantity(open)));
            }
        }
    }

    private static Explanation explain(
            SourcingRule rule, List<Option> options, Plan plan, List<Candidate> rejected, int plans, boolean limited) {
        List<Candidate> chosen = new ArrayList<>();
        List<Candidate> outranked = new ArrayList<>();
        int member = 0;
        for (int i = 0; i < options.size(); i++) {
            boolean isChosen = member < plan.members().length && plan.members()[member] == i;
            if (isChosen) {
                member++;
            }
            if (isChosen || outranked.size() < Explanation.MOST_CANDIDATES) {
                (isChosen ? chosen : outranked)
                        .add(candidate(rule, options.get(i), isChosen ? Verdict.CHOSEN : Verdict.OUTRANKED));
            }
        }
        List<Candidate> candidates = new ArrayList<>(chosen);
        candidates.addAll(outranked);
        candidates.addAll(rejected);
        int listed = Math.min(candidates.size(), Explanation.MOST_CANDIDATES);
        return new Explanation(
                candidates.subList(0, listed),
                options.size() + rejected.size() - listed,
                points(rule, plan.points()),
                plans,
                limited);
    }

    private static Candidate candidate(SourcingRule rule, Option option, Verdict verdict) {
        Distance distance = option.distance();
        return new Candidate(
                option.id(),
                option.location().kind(),
                verdict,
                distance == null ? null : distance.metres(),
                distance != null && distance.estimated(),
                points(rule, option.points()),
                option.lacks());
    }

    private static List<Points> points(SourcingRule rule, long[] points) {
        List<Points> all = new ArrayList<>(points.length);
        for (int i = 0; i < points.length; i++) {
            all.add(new Points(rule.steps().get(i).strategy(), points[i]));
        }
        return all;
    }

    /**
     * What is asked of a SKU, over all lines; in thousandths.
     *
     * @param whole whether all lines ask for whole units: then no part of one is given
     */
    record Demand(String sku, long quantity, boolean whole) {
        private static final long UNIT = 1_000;

        /** In the order of the lines. */
        static List<Demand> of(SourcingRequest request) {
            Map<String, Demand> bySku = new LinkedHashMap<>();
            for (SourcingRequest.Line line : request.lines()) {
                long quantity = thousandths(line.quantity());
                bySku.merge(
                        line.sku(),
                        new Demand(line.sku(), quantity, quantity % UNIT == 0),
                        (one, other) -> new Demand(one.sku, one.quantity + other.quantity, one.whole && other.whole));
            }
            return List.copyOf(bySku.values());
        }

        /** What can be given of what is there. */
        long usable(long available) {
            return whole ? Math.floorDiv(available, UNIT) * UNIT : available;
        }

        /** @throws ArithmeticException with more than {@link #DECIMALS} decimals */
        static long thousandths(BigDecimal quantity) {
            return quantity.setScale(DECIMALS, RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact();
        }

        static BigDecimal quantity(long thousandths) {
            BigDecimal quantity = BigDecimal.valueOf(thousandths, DECIMALS).stripTrailingZeros();
            return quantity.scale() < 0 ? quantity.setScale(0) : quantity;
        }
    }
}
