package org.retailhub.operations.domain;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came in by one channel in one hour, and the terms it is in. Counted from entries, each in one term: nothing is a remainder.
 *
 * @param received how often something came in, repeated deliveries too
 * @param terms terms with nothing in them are left out
 * @param faulty entries whose rows are not whole
 */
public record Sheet(
        String kind, String tenant, String channel, Instant hour, long received, Map<Term, Long> terms, long faulty) {
    private record Key(String kind, String tenant, String channel, Instant hour) {}

    /** All terms together are what came in, nothing is missing, and the rows of each are whole. */
    public boolean isBalanced() {
        long sum = terms.values().stream().mapToLong(Long::longValue).sum();
        return sum == received && !terms.containsKey(Term.MISSING) && faulty == 0;
    }

    /** Newest hour first. */
    public static List<Sheet> of(Collection<Entry> entries) {
        Map<Key, List<Entry>> groups = new LinkedHashMap<>();
        entries.forEach(entry -> groups.computeIfAbsent(
                        new Key(entry.kind(), entry.tenant(), entry.channel(), hourOf(entry)), k -> new ArrayList<>())
                .add(entry));
        List<Sheet> sheets = new ArrayList<>();
        groups.forEach((key, group) -> sheets.add(sheet(key, group)));
        sheets.sort(Comparator.comparing(Sheet::hour)
                .reversed()
                .thenComparing(Sheet::tenant)
                .thenComparing(Sheet::channel)
                .thenComparing(Sheet::kind));
        return sheets;
    }

    /** The hour (UTC) in which it came in. */
    public static Instant hourOf(Entry entry) {
        return entry.at().truncatedTo(ChronoUnit.HOURS);
    }

    private static Sheet sheet(Key key, List<Entry> group) {
        Map<Term, Long> terms = new EnumMap<>(Term.class);
        long received = 0;
        long faulty = 0;
        for (Entry entry : group) {
            received += entry.times();
            faulty += entry.faults().isEmpty() ? 0 : 1;
            terms.merge(entry.term(), 1L, Long::sum);
            if (entry.times() > 1) {
                terms.merge(Term.DUPLICATE, entry.times() - 1L, Long::sum);
            }
        }
        return new Sheet(key.kind(), key.tenant(), key.channel(), key.hour(), received, terms, faulty);
    }
}
