package org.retailhub.inventory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.platform.kernel.Insight.Hop;
import org.retailhub.platform.kernel.Insight.Story;
import org.retailhub.platform.kernel.Insight.Subject;
import org.retailhub.platform.runtime.insight.ModuleLog;

/** What this module tells of its keys: reservations, and the messages about them. Movements are the ledger's. */
public final class StockInsight {
    private static final Duration TRACES = Duration.ofHours(24);

    private final ModuleLog log;
    private final Clock clock;

    StockInsight(ModuleLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    Story story(Set<String> names) {
        Map<String, ModuleLog.Owner> keys = log.keysOf(names, clock.instant().minus(TRACES));
        List<Subject> subjects = new ArrayList<>();
        keys.forEach((key, owner) -> subjects.add(new Subject(
                key, owner.tenant(), owner.channel().isEmpty() ? null : owner.channel(), null, Set.of(key))));
        return new Story(subjects, log.steps(new HashSet<>(keys.keySet())), true);
    }

    List<Hop> hops(Instant from, Instant to, int limit) {
        return log.hops(from, to, limit, null);
    }

    Map<String, String> traceparents(Set<String> keys) {
        return log.traceparentsOfCases(keys);
    }
}
