package org.retailhub.architecture.bad.alpha;

import org.retailhub.architecture.Breaks;
import org.retailhub.architecture.bad.beta.BetaInside;

@Breaks("nobodyUsesAnotherModulesInside")
public final class Trespasser {
    private final BetaInside inside = new BetaInside();

    public String look() {
        return inside.secret();
    }
}
