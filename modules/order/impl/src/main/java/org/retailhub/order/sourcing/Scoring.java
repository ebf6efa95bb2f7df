package org.retailhub.order.sourcing;

import java.util.List;
import org.retailhub.order.sourcing.SourcingRule.Step;

/** How the steps of a rule become figures that are compared one after the other: a step without a weight alone, neighbours with one added. */
final class Scoring {
    private static final long PARCEL = 1_000;

    private final List<Step> steps;
    private final int[] figureOf;
    private final int figures;

    Scoring(List<Step> steps) {
        this.steps = steps;
        this.figureOf = new int[steps.size()];
        int figure = -1;
        boolean open = false;
        for (int i = 0; i < figureOf.length; i++) {
            boolean weighted = steps.get(i).weight() > 0;
            if (!weighted || !open) {
                figure++;
            }
            open = weighted;
            figureOf[i] = figure;
        }
        this.figures = figure + 1;
    }

    int figures() {
        return figures;
    }

    /** @param ofEach points of each parcel alone, by steps */
    long[] points(long[][] ofEach, int parcels) {
        long[] points = new long[figureOf.length];
        for (int step = 0; step < points.length; step++) {
            Strategy strategy = steps.get(step).strategy();
            long sum = strategy == Strategy.FEWEST_SPLITS ? PARCEL * (parcels - 1) : 0;
            for (int parcel = 0; parcel < parcels; parcel++) {
                sum = strategy == Strategy.SOONEST ? Math.max(sum, ofEach[parcel][step]) : sum + ofEach[parcel][step];
            }
            points[step] = sum;
        }
        return points;
    }

    long[] score(long[] points) {
        long[] score = new long[figures];
        for (int step = 0; step < points.length; step++) {
            score[figureOf[step]] += points[step] * Math.max(1, steps.get(step).weight());
        }
        return score;
    }

    static int compare(long[] one, long[] other) {
        for (int i = 0; i < one.length; i++) {
            int order = Long.compare(one[i], other[i]);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
