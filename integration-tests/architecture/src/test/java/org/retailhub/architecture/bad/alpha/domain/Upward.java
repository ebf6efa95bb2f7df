package org.retailhub.architecture.bad.alpha.domain;

import org.retailhub.architecture.Breaks;
import org.retailhub.architecture.bad.alpha.UseCase;

@Breaks("domainKnowsNoRingOutside")
public final class Upward {
    public String act() {
        return new UseCase().act();
    }
}
