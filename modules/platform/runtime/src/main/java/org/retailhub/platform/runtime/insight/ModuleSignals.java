package org.retailhub.platform.runtime.insight;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.retailhub.platform.kernel.Insight.Signal;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.PreparedBranches;

/** What there is to watch in any module: its cases, and branches that nobody finishes. */
public final class ModuleSignals {
    /** Recovery needs up to 30 s after a restart. */
    private static final Duration ORPHAN = Duration.ofSeconds(60);

    private final Database database;
    private final PreparedBranches branches;

    /** Of the module's own database only: an outside one that is down must not make the module look so. */
    public ModuleSignals(Database database, Clock clock) {
        this.database = database;
        this.branches = new PreparedBranches(clock, database);
    }

    public List<Signal> now() {
        List<Signal> signals = new ArrayList<>();
        signals.add(cases(Signal.PARKED, "select count(*), min(parked_at) from hospital_case where state = 'parked'"));
        signals.add(cases(
                Signal.WAITING,
                "select count(*), min(parked_at) from hospital_case where state in ('waiting', 'gap', 'due')"));
        List<PreparedBranches.Branch> orphans = branches.olderThan(ORPHAN);
        signals.add(new Signal(
                Signal.PREPARED,
                "",
                orphans.size(),
                orphans.stream()
                        .map(PreparedBranches.Branch::preparedAt)
                        .min(Instant::compareTo)
                        .orElse(null),
                orphans.isEmpty()
                        ? ""
                        : orphans.get(0).gid() + " of node " + orphans.get(0).node()));
        return signals;
    }

    private Signal cases(String kind, String sql) {
        return database.queryOne(sql, row -> {
                    OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
                    return new Signal(kind, "", row.getLong(1), oldest == null ? null : oldest.toInstant(), "");
                })
                .orElseThrow();
    }
}
