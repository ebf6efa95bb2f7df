package org.retailhub.trade;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Does one thing after the other, and says how long each took. */
final class Steps {
    private final List<String> lines = new ArrayList<>();

    <T> T step(String name, Callable<T> work) throws Exception {
        long begin = System.nanoTime();
        T result = work.call();
        lines.add(String.format(Locale.ROOT, "  %-44s %6.1f s", name, (System.nanoTime() - begin) / 1e9));
        return result;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
