package org.retailhub.bench;

/** Counts durations in steps of 100 µs up to a minute. For one thread. */
final class Latencies {
    private static final int STEP_MICROS = 100;
    private static final int STEPS = 600_000;

    private final int[] counts = new int[STEPS + 1];
    private long size;

    void add(long nanos) {
        counts[(int) Math.min(STEPS, Math.max(0, nanos / 1000 / STEP_MICROS))]++;
        size++;
    }

    long size() {
        return size;
    }

    /** The upper end of the step below which this share of the durations is, in milliseconds; 0 if there are none. */
    double quantile(double share) {
        long wanted = (long) Math.ceil(size * share);
        long seen = 0;
        for (int i = 0; i <= STEPS; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return (i + 1) * STEP_MICROS / 1000.0;
            }
        }
        return 0;
    }
}
