package org.retailhub.operations;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.retailhub.operations.domain.Entry;
import org.retailhub.operations.domain.Sheet;

/** What came in during a time and what became of it, counted when somebody asks. */
public final class Balance {
    private static final int PAGE = 5_000;
    private static final int MOST = 200_000;

    /** @param complete false if more came in than is counted */
    public record Sheets(List<Sheet> sheets, boolean complete) {}

    /** @param complete false if there are more */
    public record Entries(List<Entry> entries, boolean complete) {}

    private final Ledgers ledgers;

    public Balance(Ledgers ledgers) {
        this.ledgers = ledgers;
    }

    public Sheets sheets(Instant from, Instant to) {
        Map<String, Entry> all = new LinkedHashMap<>();
        boolean complete = true;
        for (String door : Ledgers.DOORS) {
            complete &= collect(door, from, to, entry -> true, all, MOST);
        }
        return new Sheets(Sheet.of(all.values()), complete);
    }

    /** The list behind a figure. */
    public Entries entries(String door, Instant from, Instant to, Predicate<Entry> wanted, int most) {
        Map<String, Entry> found = new LinkedHashMap<>();
        boolean complete = collect(door, from, to, wanted, found, most);
        return new Entries(found.values().stream().limit(most).toList(), complete && found.size() <= most);
    }

    private boolean collect(
            String door, Instant from, Instant to, Predicate<Entry> wanted, Map<String, Entry> into, int most) {
        boolean more = true;
        Instant end = to;
        while (more && into.size() <= most) {
            Ledgers.Page page = ledgers.page(door, from, end, PAGE);
            // Pages overlap where many came at one time.
            page.entries().stream().filter(wanted).forEach(entry -> into.put(entry.kind() + '\n' + entry.key(), entry));
            more = page.more();
            end = page.next();
        }
        return !more;
    }
}
