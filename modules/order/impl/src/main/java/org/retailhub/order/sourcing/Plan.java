package org.retailhub.order.sourcing;

/**
 * Which places send together. Quantities in thousandths.
 *
 * @param members indices of the options, best first; each sends something
 * @param unfilled what is asked and nobody of them has
 */
record Plan(int[] members, long unfilled, long[] points, long[] score) implements Comparable<Plan> {
    static final Plan NOBODY = new Plan(new int[0], Long.MAX_VALUE, new long[0], new long[0]);

    /** More filled, then the rule's steps, then fewer parcels, then the places that sort first. */
    @Override
    public int compareTo(Plan other) {
        int order = Long.compare(unfilled, other.unfilled);
        if (order == 0) {
            order = Scoring.compare(score, other.score);
        }
        if (order == 0) {
            order = Integer.compare(members.length, other.members.length);
        }
        for (int i = 0; order == 0 && i < members.length; i++) {
            order = Integer.compare(members[i], other.members[i]);
        }
        return order;
    }
}
