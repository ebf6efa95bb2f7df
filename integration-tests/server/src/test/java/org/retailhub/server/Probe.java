package org.retailhub.server;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition by asking again and again; says what it waited for when the time is up. */
final class Probe {
    private static final long PAUSE_MILLIS = 50;

    private Probe() {}

    /** @param state what to tell if the time is up */
    static void until(String what, Duration patience, BooleanSupplier condition, Supplier<?> state) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                throw new AssertionError(what + ": not after " + patience.toSeconds() + " s; " + state.get());
            }
            pause();
        }
    }

    /** Whether it came true in time. */
    static boolean happens(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
