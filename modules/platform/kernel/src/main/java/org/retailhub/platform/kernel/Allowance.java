package org.retailhub.platform.kernel;

import java.time.Duration;

/**
 * What a gate was given of a partner's quota for one route.
 *
 * @param granted calls that the gate may let through; 0 if nothing is left
 * @param quota calls per window; also the most that can be used at once after a silence
 * @param left what remains for all gates together
 * @param untilNext how long until there is at least one again; zero if something is left
 */
public record Allowance(long granted, long quota, Duration window, long left, Duration untilNext) {}
