package org.retailhub.architecture.bad.alpha;

import org.retailhub.architecture.Breaks;

@Breaks("noStaticMutableState")
public final class Counts {
    private static int calls;

    public int next() {
        calls++;
        return calls;
    }
}
