package org.retailhub.architecture.bad.beta;

/** Good by itself: others may not use it. */
public final class BetaInside {
    public String secret() {
        return "beta";
    }
}
