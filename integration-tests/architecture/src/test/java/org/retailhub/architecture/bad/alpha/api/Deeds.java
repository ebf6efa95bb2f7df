package org.retailhub.architecture.bad.alpha.api;

import org.retailhub.architecture.Breaks;

@Breaks("apiHasWordsOnly")
public class Deeds {
    public int add(int one, int other) {
        return one + other;
    }
}
