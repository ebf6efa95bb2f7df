package org.retailhub.order.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.order.sourcing.SourcingRule.Limits;
import org.retailhub.order.sourcing.SourcingRule.Scope;
import org.retailhub.order.sourcing.SourcingRule.Step;
import org.retailhub.order.sourcing.Strategy;
import org.retailhub.platform.kernel.RetailException.Violation;

/** What a rule says, on the wire; read by hand, so that all its faults are named. */
@Schema(name = "SourcingRuleContent", description = "For what a rule is, and how it chooses places")
@JsonInclude(JsonInclude.Include.NON_NULL)
record WireRule(
        @Schema(required = true) @Nullable WireScope scope,

        @Schema(
                required = true,
                description =
                        "1 to 8; the first counts most. Neighbours with a weight are added up and compared as one, a step without decides alone")
        @Nullable
        List<WireStep> steps,

        @Nullable WireLimits limits) {
    /** Without the braces. */
    static final String CONTENT =
            "\"scope\":{\"kind\":\"channel\",\"value\":\"shop-eu\"},\"steps\":[{\"strategy\":\"drop-ship-last\"},"
                    + "{\"strategy\":\"fewest-splits\",\"weight\":2},{\"strategy\":\"nearest\",\"weight\":1}],"
                    + "\"limits\":{\"maxSplits\":2,\"excludedLocations\":[\"outlet-9\"],\"minimumKeep\":\"1\",\"maxDays\":3}";

    static final String EXAMPLE = "{" + CONTENT + "}";
    private static final int MOST_STEPS = 8;
    private static final int MOST_WEIGHT = 1_000;
    private static final int MOST_LOCATIONS = 200;
    private static final int LONGEST_KEY = 64;
    private static final int MOST_SPLITS = 9;
    private static final int MOST_DAYS = 365;
    private static final String STRATEGIES =
            Stream.of(Strategy.values()).map(Strategy::wire).collect(Collectors.joining(", "));
    private static final String KINDS =
            Stream.of(Scope.Kind.values()).map(Scope.Kind::wire).collect(Collectors.joining(", "));

    /** For what it is; the most specific one in force counts. */
    @Schema(
            name = "SourcingScope",
            description = "The most specific rule counts: channel, brand, legal entity, everything")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WireScope(
            @Schema(
                    required = true,
                    enumeration = {"channel", "brand", "legal-entity", "everything"},
                    examples = "channel")
            @Nullable
            String kind,

            @Schema(description = "Which one; absent for everything", maxLength = LONGEST_KEY, examples = "shop-eu")
            @Nullable
            String value) {}

    /** What is counted against a place. */
    @Schema(name = "SourcingStep", description = "What is counted against places; fewer points are better")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WireStep(
            @Schema(
                    required = true,
                    enumeration = {
                        "nearest",
                        "fewest-splits",
                        "cheapest-split",
                        "store-priority",
                        "dc-first",
                        "third-party-first",
                        "drop-ship-last",
                        "soonest"
                    },
                    examples = "nearest")
            @Nullable
            String strategy,

            @Schema(description = "Absent: decides alone", minimum = "1", maximum = "1000", examples = "2") @Nullable
            Integer weight,

            @Schema(description = "Of store-priority, the first one best", examples = "[\"berlin-1\"]") @Nullable
            List<String> locations,

            @Schema(description = "Of cheapest-split, ISO 4217", examples = "EUR") @Nullable
            String currency) {}

    /** What no step may buy. */
    @Schema(name = "SourcingLimits", description = "What no step may buy")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record WireLimits(
            @Schema(description = "Parcels after the first; 2 if absent", minimum = "0", maximum = "9", examples = "2")
            @Nullable
            Integer maxSplits,

            @Schema(examples = "[\"outlet-9\"]") @Nullable List<String> excludedLocations,

            @Schema(
                    description = "Of a SKU stays at each store; 0 if absent",
                    pattern = "[0-9]{1,9}(\\.[0-9]{1,3})?",
                    examples = "1")
            @Nullable
            String minimumKeep,

            @Schema(
                    description = "Until a parcel leaves, days on which the place is closed included; absent: any",
                    minimum = "0",
                    maximum = "365",
                    examples = "3")
            @Nullable
            Integer maxDays,

            @Schema(
                    description = "Whether only places of the channel's legal entity send; false if absent",
                    examples = "false")
            @Nullable
            Boolean ownLegalEntity,

            @Schema(
                    description = "Whether a place that is bound to brands sends for these only; true if absent",
                    examples = "true")
            @Nullable
            Boolean ownBrand) {}

    static WireRule of(SourcingRule rule) {
        Limits limits = rule.limits();
        return new WireRule(
                new WireScope(
                        rule.scope().kind().wire(),
                        rule.scope().value().isEmpty() ? null : rule.scope().value()),
                rule.steps().stream()
                        .map(step -> new WireStep(
                                step.strategy().wire(),
                                step.weight() == 0 ? null : step.weight(),
                                step.locations().isEmpty() ? null : step.locations(),
                                step.currency()))
                        .toList(),
                new WireLimits(
                        limits.maxSplits(),
                        List.copyOf(new TreeSet<>(limits.excludedLocations())),
                        limits.minimumKeep().toPlainString(),
                        limits.maxDays(),
                        limits.ownLegalEntity(),
                        limits.ownBrand()));
    }

    /** Of version 0. @param faults gets what is wrong; what is returned then means nothing */
    SourcingRule checked(String id, String path, List<Violation> faults) {
        return new SourcingRule(
                id, 0, scope(path + "scope", faults), steps(path + "steps", faults), limits(path + "limits", faults));
    }

    private Scope scope(String path, List<Violation> faults) {
        if (scope == null) {
            faults.add(new Violation(path, "is required"));
            return Scope.EVERYTHING;
        }
        Scope.Kind kind = Scope.Kind.EVERYTHING;
        try {
            kind = Scope.Kind.of(String.valueOf(scope.kind()));
        } catch (IllegalArgumentException e) {
            faults.add(new Violation(path + ".kind", "one of " + KINDS));
            return Scope.EVERYTHING;
        }
        if (kind == Scope.Kind.EVERYTHING) {
            if (scope.value() != null) {
                faults.add(new Violation(path + ".value", "must be absent for everything"));
            }
            return Scope.EVERYTHING;
        }
        return new Scope(kind, key(path + ".value", scope.value(), faults));
    }

    private List<Step> steps(String path, List<Violation> faults) {
        if (steps == null || steps.isEmpty() || steps.size() > MOST_STEPS) {
            faults.add(new Violation(path, "1 to " + MOST_STEPS + " steps"));
            return List.of();
        }
        List<Step> read = new ArrayList<>();
        Set<Strategy> seen = new HashSet<>();
        for (int i = 0; i < steps.size(); i++) {
            WireStep step = steps.get(i);
            String at = path + "[" + i + "]";
            if (step == null) {
                faults.add(new Violation(at, "must be an object"));
                continue;
            }
            Strategy strategy;
            try {
                strategy = Strategy.of(String.valueOf(step.strategy()));
            } catch (IllegalArgumentException e) {
                faults.add(new Violation(at + ".strategy", "one of " + STRATEGIES));
                continue;
            }
            if (!seen.add(strategy)) {
                faults.add(new Violation(at + ".strategy", "is there before"));
            }
            int weight = whole(at + ".weight", step.weight(), 1, MOST_WEIGHT, 0, faults);
            read.add(new Step(
                    strategy, weight, locations(at, strategy, step, faults), currency(at, strategy, step, faults)));
        }
        return read;
    }

    private static List<String> locations(String at, Strategy strategy, WireStep step, List<Violation> faults) {
        boolean wanted = strategy == Strategy.STORE_PRIORITY;
        if (step.locations() == null || step.locations().isEmpty()) {
            if (wanted) {
                faults.add(new Violation(at + ".locations", "is required for " + strategy.wire()));
            }
            return List.of();
        }
        if (!wanted) {
            faults.add(new Violation(at + ".locations", "only for " + Strategy.STORE_PRIORITY.wire()));
        }
        return keys(at + ".locations", step.locations(), faults);
    }

    private static @Nullable String currency(String at, Strategy strategy, WireStep step, List<Violation> faults) {
        boolean wanted = strategy == Strategy.CHEAPEST_SPLIT;
        boolean known = Currency.getAvailableCurrencies().stream()
                .anyMatch(each -> each.getCurrencyCode().equals(step.currency()));
        if (wanted && !known) {
            faults.add(new Violation(at + ".currency", "a code of ISO 4217 is required for " + strategy.wire()));
        }
        if (!wanted && step.currency() != null) {
            faults.add(new Violation(at + ".currency", "only for " + Strategy.CHEAPEST_SPLIT.wire()));
        }
        return wanted ? step.currency() : null;
    }

    private Limits limits(String path, List<Violation> faults) {
        if (limits == null) {
            return new Limits(Limits.DEFAULT.maxSplits(), Set.of(), BigDecimal.ZERO, null, false, true);
        }
        BigDecimal keep = BigDecimal.ZERO;
        if (limits.minimumKeep() != null) {
            if (limits.minimumKeep().matches("[0-9]{1,9}(\\.[0-9]{1,3})?")) {
                keep = new BigDecimal(limits.minimumKeep());
            } else {
                faults.add(new Violation(path + ".minimumKeep", "a decimal such as 1 or 0.5, as text"));
            }
        }
        Integer maxDays = limits.maxDays() == null
                ? null
                : (Integer) whole(path + ".maxDays", limits.maxDays(), 0, MOST_DAYS, 0, faults);
        return new Limits(
                whole(path + ".maxSplits", limits.maxSplits(), 0, MOST_SPLITS, Limits.DEFAULT.maxSplits(), faults),
                Set.copyOf(keys(
                        path + ".excludedLocations",
                        Objects.requireNonNullElse(limits.excludedLocations(), List.of()),
                        faults)),
                keep,
                maxDays,
                Boolean.TRUE.equals(limits.ownLegalEntity()),
                !Boolean.FALSE.equals(limits.ownBrand()));
    }

    static int whole(String path, @Nullable Integer value, int least, int most, int ifAbsent, List<Violation> faults) {
        if (value == null) {
            return ifAbsent;
        }
        if (value < least || value > most) {
            faults.add(new Violation(path, "a whole number from " + least + " to " + most));
        }
        return value;
    }

    private static List<String> keys(String path, List<String> values, List<Violation> faults) {
        if (values.size() > MOST_LOCATIONS) {
            faults.add(new Violation(path, "at most " + MOST_LOCATIONS));
            return List.of();
        }
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String key = key(path + "[" + i + "]", values.get(i), faults);
            if (!key.isEmpty() && keys.contains(key)) {
                faults.add(new Violation(path + "[" + i + "]", "is there before"));
            }
            keys.add(key);
        }
        return keys;
    }

    /** Empty, with a fault, if it is none. */
    static String key(String path, @Nullable String value, List<Violation> faults) {
        if (value == null
                || value.isEmpty()
                || value.length() > LONGEST_KEY
                || !value.equals(value.strip())
                || value.chars().anyMatch(Character::isISOControl)) {
            faults.add(new Violation(path, "1 to " + LONGEST_KEY + " printable characters, no blank at either end"));
            return "";
        }
        return value;
    }
}
