package org.retailhub.order.sourcing;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why it was decided so. Bounded: {@link #MOST_CANDIDATES} with {@link #MOST_REASONS} each.
 *
 * @param candidates the chosen ones first, then those outranked, best first, then those rejected, by id
 * @param unlisted how many more there were
 * @param points of what was chosen, by the steps of the rule
 * @param plans how many combinations were compared
 * @param splitLimited whether the rule's limit of splits left something short
 */
public record Explanation(
        List<Candidate> candidates, int unlisted, List<Points> points, int plans, boolean splitLimited) {
    public static final int MOST_CANDIDATES = 25;
    public static final int MOST_REASONS = 8;

    public Explanation {
        candidates = List.copyOf(candidates);
        points = List.copyOf(points);
    }

    /** What became of a candidate. */
    public enum Verdict {
        CHOSEN,
        OUTRANKED,
        REJECTED
    }

    /**
     * A place that has, or once had, something of what was asked.
     *
     * @param kind as master data has it; null if it does not know the place
     * @param metres to the destination; null if nobody knows
     * @param estimated whether the distance was told by region and postal code
     * @param points by the steps of the rule, if it alone sent; empty for a rejected one
     * @param reasons why it was rejected, or what it lacks
     */
    public record Candidate(
            String location,
            @Nullable String kind,
            Verdict verdict,
            @Nullable Long metres,
            boolean estimated,
            List<Points> points,
            List<Reason> reasons) {
        public Candidate {
            points = List.copyOf(points);
            reasons = List.copyOf(reasons);
        }
    }

    /** What a step of the rule counts against it; fewer are better. */
    public record Points(Strategy strategy, long points) {}

    /** @param sku null if it is about the place as a whole */
    public record Reason(Rejection rejection, @Nullable String sku) {}
}
