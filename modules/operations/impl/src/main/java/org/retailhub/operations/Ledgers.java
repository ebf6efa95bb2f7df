package org.retailhub.operations;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.retailhub.operations.domain.Classification;
import org.retailhub.operations.domain.Entry;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.Insight.Account;
import org.retailhub.platform.kernel.Insight.Received;

/** What came in at the doors and what became of each, by asking the modules about keys. Two looks may differ: things move on. */
public final class Ledgers {
    /** The module at the door of payloads. */
    public static final String PAYLOADS = "channel";

    /** The module at the door of orders. */
    public static final String ORDERS = "order";

    static final List<String> DOORS = List.of(ORDERS, PAYLOADS);

    private static final String POSTINGS = "erp";

    private final Map<String, Insight> modules;

    public Ledgers(Map<String, Insight> modules) {
        this.modules = Map.copyOf(modules);
    }

    private Insight module(String name) {
        return Objects.requireNonNull(modules.get(name), name);
    }

    /** Newest first. */
    public List<Received> received(String door, Instant from, Instant to, int limit) {
        return module(door).received(from, to, limit);
    }

    /** Keys that no row knows any more are left out. */
    public List<Entry> entries(String door, Set<String> keys) {
        if (keys.isEmpty()) {
            return List.of();
        }
        Map<String, Account> here = module(door).accounts(keys);
        if (door.equals(PAYLOADS)) {
            return here.values().stream().map(Classification::payload).toList();
        }
        Map<String, Account> postings = module(POSTINGS).accounts(keys);
        List<Entry> entries = new ArrayList<>(here.size());
        here.forEach((key, order) -> entries.add(Classification.order(order, postings.get(key))));
        return entries;
    }

    /** All that came in a time, page by page, newest first. */
    public Page page(String door, Instant from, Instant to, int limit) {
        List<Received> received = received(door, from, to, limit);
        Set<String> keys = new HashSet<>();
        received.forEach(each -> keys.add(each.key()));
        Instant oldest =
                received.isEmpty() ? from : received.get(received.size() - 1).at();
        boolean more = received.size() == limit;
        // Those of one batch have one time: the next page begins with it again.
        Instant next = more ? oldest.plusMillis(1) : from;
        return new Page(entries(door, keys), more && next.isBefore(to) ? next : from, more && next.isBefore(to));
    }

    /** @param next where the next page ends */
    public record Page(List<Entry> entries, Instant next, boolean more) {}

    /** By module: message numbers that it waits for. */
    public Map<String, List<Insight.Missing>> missing() {
        Map<String, List<Insight.Missing>> missing = new HashMap<>();
        modules.forEach((name, module) -> missing.put(name, module.missing()));
        return missing;
    }
}
