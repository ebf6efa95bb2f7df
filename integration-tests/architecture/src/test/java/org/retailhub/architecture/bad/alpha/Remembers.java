package org.retailhub.architecture.bad.alpha;

import java.util.HashMap;
import java.util.Map;
import org.retailhub.architecture.Breaks;

@Breaks("noStaticMutableState")
public final class Remembers {
    private static final Map<String, String> SEEN = new HashMap<>();

    public boolean first(String key) {
        return SEEN.put(key, key) == null;
    }
}
