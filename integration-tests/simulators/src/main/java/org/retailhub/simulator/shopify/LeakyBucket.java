package org.retailhub.simulator.shopify;

/** Shopify's limit of calls: a bucket that leaks evenly; a call that does not fit into it is refused. */
final class LeakyBucket {
    private final int size;
    private final double leaksPerSecond;
    private double filled;
    private long at = System.nanoTime();
    private int refused;
    private int taken;

    LeakyBucket(int size, double leaksPerSecond) {
        this.size = size;
        this.leaksPerSecond = leaksPerSecond;
    }

    synchronized boolean take() {
        long now = System.nanoTime();
        filled = Math.max(0, filled - (now - at) / 1e9 * leaksPerSecond);
        at = now;
        if (filled + 1 > size) {
            refused++;
            return false;
        }
        filled++;
        taken++;
        return true;
    }

    synchronized int refused() {
        return refused;
    }

    synchronized int taken() {
        return taken;
    }

    /** As the header says it. */
    synchronized String state() {
        return (int) Math.ceil(filled) + "/" + size;
    }
}
