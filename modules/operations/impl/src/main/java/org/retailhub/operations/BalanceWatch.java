package org.retailhub.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.operations.api.Alarm;
import org.retailhub.operations.domain.Entry;
import org.retailhub.operations.domain.LookBudget;
import org.retailhub.operations.domain.Term;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Looks every 10 s whether all that came in is accounted for, and names what is not. A look takes what {@link LookBudget} gives it at most;
 * what it did not come to is the next one's, newest first, so that watching costs the same whatever comes in.
 *
 * <p>The modules are asked one after the other while things move on: what does not fit is asked about again, and named when it still does
 * not.
 */
public final class BalanceWatch implements Loop.Step {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration STILL = Duration.ofSeconds(5);
    private static final int PAGE = 2_000;

    private record Suspect(String door, Instant since) {}

    private final Ledgers ledgers;
    private final Alarms alarms;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;
    private final Duration window;
    private final Map<String, Suspect> suspects = new HashMap<>();
    private final Map<String, Instant> cursors = new HashMap<>();
    private final Map<Figure, Long> counting = new HashMap<>();
    private volatile Map<Figure, Long> figures = Map.of();
    private final LookBudget budget = new LookBudget();
    private volatile boolean mine;
    private volatile @Nullable Instant passed;

    public BalanceWatch(
            Ledgers ledgers,
            Alarms alarms,
            Transactions transactions,
            Database database,
            Clock clock,
            Duration window) {
        this.ledgers = ledgers;
        this.alarms = alarms;
        this.transactions = transactions;
        this.lease = new Lease(database, "balance-watch");
        this.clock = clock;
        this.window = window;
    }

    @Override
    public String name() {
        return "balance-watch";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        mine = transactions.call(() -> lease.take() && look(), worked -> worked);
        return Loop.Next.after(EVERY);
    }

    /** Whether this node is the one that looks. */
    public boolean isMine() {
        return mine;
    }

    /** How much was in each term when all of the window had been looked at last, by kind, channel and term. */
    public Map<Figure, Long> figures() {
        return figures;
    }

    /** A figure of the whole window. */
    public record Figure(String kind, String tenant, String channel, Term term) {}

    /** When all that came in the window had been looked at last; null before the first time, and on a node that does not look. */
    public @Nullable Instant passed() {
        return passed;
    }

    boolean look() {
        List<Alarms.Raised> raised = new ArrayList<>(messages());
        alarms.clearOthers(Set.of(Alarm.MESSAGE_MISSING), raised);
        raised.addAll(again());
        alarms.raise(raised);
        search();
        return true;
    }

    private List<Alarms.Raised> messages() {
        Map<String, Alarms.Raised> missing = new LinkedHashMap<>();
        ledgers.missing()
                .forEach((module, messages) -> messages.forEach(each -> {
                    String subject = each.queue() + " " + each.key() + " #" + each.number();
                    missing.put(
                            subject,
                            new Alarms.Raised(
                                    Alarm.MESSAGE_MISSING,
                                    subject,
                                    module + " waits for number " + each.number() + " of " + each.key() + " since "
                                            + each.since()));
                }));
        return List.copyOf(missing.values());
    }

    /** Asks again about what did not fit, and about what is said to be wrong. */
    private List<Alarms.Raised> again() {
        for (Alarms.Kept each : alarms.open()) {
            if (each.code().equals(Alarm.ROW_MISSING.code())) {
                String[] parts = each.subject().split(" ", 2);
                suspects.putIfAbsent(parts[1], new Suspect(doorOf(parts[0]), each.raisedAt()));
            }
        }
        Instant now = clock.instant();
        List<Alarms.Raised> raised = new ArrayList<>();
        for (String door : Ledgers.DOORS) {
            Set<String> keys = new HashSet<>();
            suspects.forEach((key, suspect) -> {
                if (suspect.door().equals(door)) {
                    keys.add(key);
                }
            });
            Map<String, Entry> found = new HashMap<>();
            ledgers.entries(door, keys).forEach(entry -> found.put(entry.key(), entry));
            for (String key : keys) {
                Entry entry = found.get(key);
                if (entry == null || entry.faults().isEmpty()) {
                    suspects.remove(key);
                    alarms.clear(Alarm.ROW_MISSING.code(), kindOf(door) + " " + key);
                } else if (!Objects.requireNonNull(suspects.get(key), "its keys were asked about")
                        .since()
                        .plus(STILL)
                        .isAfter(now)) {
                    raised.add(new Alarms.Raised(
                            Alarm.ROW_MISSING,
                            entry.kind() + " " + key,
                            entry.tenant() + ", " + entry.channel() + ", of " + entry.at() + ": "
                                    + String.join("; ", entry.faults())));
                }
            }
        }
        return raised;
    }

    private static String kindOf(String door) {
        return door.equals(Ledgers.PAYLOADS) ? "payload" : "order";
    }

    private static String doorOf(String kind) {
        return kind.equals("payload") ? Ledgers.PAYLOADS : Ledgers.ORDERS;
    }

    private void search() {
        Instant begun = clock.instant();
        Instant from = begun.minus(window);
        Instant until = begun.plus(budget.at(begun));
        boolean all = true;
        for (String door : Ledgers.DOORS) {
            Instant to = cursors.getOrDefault(door, begun.plusSeconds(60));
            boolean more = true;
            while (more && clock.instant().isBefore(until)) {
                Ledgers.Page page = ledgers.page(door, from, to, PAGE);
                for (Entry entry : page.entries()) {
                    if (!entry.faults().isEmpty()) {
                        suspects.putIfAbsent(entry.key(), new Suspect(door, begun));
                    }
                    counting.merge(
                            new Figure(entry.kind(), entry.tenant(), entry.channel(), entry.term()), 1L, Long::sum);
                }
                more = page.more();
                to = page.next();
            }
            if (more) {
                cursors.put(door, to);
                all = false;
            } else {
                cursors.remove(door);
            }
        }
        if (all) {
            budget.passed();
            passed = begun;
            figures = Map.copyOf(counting);
            counting.clear();
        }
    }
}
