package org.retailhub.architecture.bad.alpha;

/** Breaks failuresAreNotSwallowed. */
public final class Swallows {
    public String tryIt(java.util.concurrent.Callable<String> work) {
        try {
            return work.call();
        } catch (Exception e) {
            return "never mind";
        }
    }
}
