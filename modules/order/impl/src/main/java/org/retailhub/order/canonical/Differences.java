package org.retailhub.order.canonical;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where two canonical documents differ, as paths such as {@code lines[2].unitPrice}. */
public final class Differences {
    private static final int MOST = 50;

    private final List<String> paths = new ArrayList<>();

    private Differences() {}

    /** In the order of the first document, 50 at most; empty if they say the same. */
    public static List<String> between(String canonicalBefore, String canonicalAfter) {
        Differences differences = new Differences();
        differences.compare("", OrderJson.tree(canonicalBefore), OrderJson.tree(canonicalAfter));
        return differences.paths;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (paths.size() >= MOST || before.equals(after)) {
            return;
        }
        if (before.isObject() && after.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                compare(path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name));
            }
        } else if (before.isArray() && after.isArray()) {
            for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                compare(path + "[" + i + "]", before.path(i), after.path(i));
            }
        } else {
            paths.add(path);
        }
    }
}
