package org.retailhub.order.sourcing;

import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the best plan: all combinations of up to three of the most promising places, and if that does not do, further ones one by
 * one. The bound makes the time that an order takes predictable, whatever its candidates.
 */
final class PlanSearch {
    private static final int AT_ONCE = 3;
    private static final int BEST_ALONE = 8;
    private static final int WHOLE = 2;
    private static final int MOST_TRIED = 12;

    private final long[] asked;
    private final List<Option> options;
    private final Scoring scoring;
    private final int mostParcels;
    private Plan best = Plan.NOBODY;
    private int plans;

    /** @param options best first */
    PlanSearch(long[] asked, List<Option> options, Scoring scoring, int mostParcels) {
        this.asked = asked;
        this.options = options;
        this.scoring = scoring;
        this.mostParcels = mostParcels;
    }

    int plans() {
        return plans;
    }

    /** {@link Plan#NOBODY} without options. */
    Plan best() {
        int[] tried = promising();
        combine(tried, 0, new int[Math.min(AT_ONCE, mostParcels)], 0);
        while (best.unfilled() > 0 && best.members().length > 0 && best.members().length < mostParcels) {
            Plan before = best;
            for (int i = 0; i < options.size(); i++) {
                consider(with(before.members(), i));
            }
            if (best.unfilled() == before.unfilled()) {
                break;
            }
        }
        return best;
    }

    private void combine(int[] tried, int from, int[] chosen, int size) {
        for (int i = from; i < tried.length && size < chosen.length; i++) {
            chosen[size] = tried[i];
            int[] members = new int[size + 1];
            System.arraycopy(chosen, 0, members, 0, size + 1);
            // Behind places that fill everything, a further one has nothing to give.
            if (consider(members) > 0) {
                combine(tried, i + 1, chosen, size + 1);
            }
        }
    }

    /** @return what stays unfilled; -1 if it is no plan */
    private long consider(int @Nullable [] members) {
        if (members == null) {
            return -1;
        }
        plans++;
        long unfilled = fill(members, null);
        if (unfilled < 0 || unfilled > best.unfilled()) {
            return unfilled;
        }
        long[][] ofEach = new long[members.length][];
        for (int i = 0; i < members.length; i++) {
            ofEach[i] = options.get(members[i]).points();
        }
        long[] points = scoring.points(ofEach, members.length);
        Plan plan = new Plan(members, unfilled, points, scoring.score(points));
        if (best == Plan.NOBODY || plan.compareTo(best) < 0) {
            best = plan;
        }
        return unfilled;
    }

    /**
     * The members give in their order.
     *
     * @param given what each gives, by member and SKU; null if nobody wants to know
     * @return what stays unfilled; -1 if one of them has nothing to give
     */
    long fill(int[] members, long @Nullable [][] given) {
        long[] open = asked.clone();
        for (int member = 0; member < members.length; member++) {
            long[] available = options.get(members[member]).available();
            boolean gives = false;
            for (int sku = 0; sku < open.length; sku++) {
                long quantity = Math.min(open[sku], available[sku]);
                if (quantity > 0) {
                    gives = true;
                    open[sku] -= quantity;
                    if (given != null) {
                        given[member][sku] = quantity;
                    }
                }
            }
            if (!gives) {
                return -1;
            }
        }
        long unfilled = 0;
        for (long quantity : open) {
            unfilled += quantity;
        }
        return unfilled;
    }

    /** In their order; null if it is there already. */
    private static int @Nullable [] with(int[] members, int further) {
        int[] more = new int[members.length + 1];
        int at = 0;
        boolean placed = false;
        for (int member : members) {
            if (member == further) {
                return null;
            }
            if (!placed && further < member) {
                more[at++] = further;
                placed = true;
            }
            more[at++] = member;
        }
        if (!placed) {
            more[at] = further;
        }
        return more;
    }

    /** Those that fill all alone, the best ones, and for each SKU the best that fills it and the one that has most. */
    private int[] promising() {
        TreeSet<Integer> tried = new TreeSet<>();
        for (int i = 0; i < options.size() && tried.size() < WHOLE; i++) {
            if (fill(new int[] {i}, null) == 0) {
                tried.add(i);
            }
        }
        for (int i = 0; i < options.size() && i < BEST_ALONE; i++) {
            tried.add(i);
        }
        for (int sku = 0; sku < asked.length && tried.size() < MOST_TRIED; sku++) {
            int most = -1;
            boolean filled = false;
            for (int i = 0; i < options.size(); i++) {
                long available = options.get(i).available()[sku];
                if (!filled && available >= asked[sku]) {
                    filled = true;
                    tried.add(i);
                }
                if (available > 0 && (most < 0 || available > options.get(most).available()[sku])) {
                    most = i;
                }
            }
            if (most >= 0) {
                tried.add(most);
            }
        }
        return tried.stream().mapToInt(Integer::intValue).toArray();
    }
}
