package org.retailhub.order.sourcing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How places are chosen.
 *
 * @param steps the first counts most; see {@link Step}
 */
public record SourcingRule(String id, int version, Scope scope, List<Step> steps, Limits limits) {
    public static final String BUILT_IN = "built-in";

    /** Where a tenant has none: what is on stock before drop ship, then few parcels from near. */
    public static final SourcingRule DEFAULT = new SourcingRule(
            BUILT_IN,
            0,
            Scope.EVERYTHING,
            List.of(
                    new Step(Strategy.DROP_SHIP_LAST, 0, List.of(), null),
                    new Step(Strategy.FEWEST_SPLITS, 2, List.of(), null),
                    new Step(Strategy.NEAREST, 1, List.of(), null)),
            Limits.DEFAULT);

    public SourcingRule {
        steps = List.copyOf(steps);
    }

    /** For what a rule is; the most specific one that fits is taken. */
    public record Scope(Kind kind, String value) {
        public static final Scope EVERYTHING = new Scope(Kind.EVERYTHING, "");

        /** From the most specific to the least. */
        public enum Kind {
            CHANNEL("channel"),
            BRAND("brand"),
            LEGAL_ENTITY("legal-entity"),
            EVERYTHING("everything");

            private final String wire;

            Kind(String wire) {
                this.wire = wire;
            }

            /** The name in JSON and in the database. */
            public String wire() {
                return wire;
            }

            /** @throws IllegalArgumentException if there is no such kind */
            public static Kind of(String wire) {
                for (Kind kind : values()) {
                    if (kind.wire.equals(wire)) {
                        return kind;
                    }
                }
                throw new IllegalArgumentException("no scope: " + wire);
            }
        }
    }

    /**
     * A step of the rule. Steps with a weight that follow each other are added up, each with its weight, and compared as one; a step without
     * decides alone before those after it.
     *
     * @param weight 1 to 1,000; 0 for none
     * @param locations of {@link Strategy#STORE_PRIORITY}, the first one best; else empty
     * @param currency of {@link Strategy#CHEAPEST_SPLIT}: costs in another one count as unknown; else null
     */
    public record Step(
            Strategy strategy,
            int weight,
            List<String> locations,
            @Nullable String currency) {
        public Step {
            locations = List.copyOf(locations);
        }
    }

    /**
     * What no step may buy.
     *
     * @param maxSplits parcels after the first
     * @param minimumKeep of a SKU stays at each store
     * @param maxDays until a parcel leaves, closing days included; null for any
     * @param ownLegalEntity whether only places of the channel's legal entity send
     * @param ownBrand whether a place that is bound to brands sends for these only
     */
    public record Limits(
            int maxSplits,
            Set<String> excludedLocations,
            BigDecimal minimumKeep,
            @Nullable Integer maxDays,
            boolean ownLegalEntity,
            boolean ownBrand) {
        public static final Limits DEFAULT = new Limits(2, Set.of(), BigDecimal.ZERO, 14, false, true);

        public Limits {
            excludedLocations = Set.copyOf(excludedLocations);
        }
    }
}
