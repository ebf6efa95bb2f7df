package org.retailhub.architecture.bad.alpha;

/** Good. */
public final class UseCase {
    public String act() {
        return "done";
    }
}
