package org.retailhub.platform.runtime.server;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.sql.SqlFailures;
import org.retailhub.platform.runtime.tx.PreparedBranches;
import org.retailhub.platform.runtime.tx.PreparedBranches.Branch;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Looks every 15 s for branches that recovery should have finished long ago, and says so once for each, and once more when it is
 * gone. It finishes none: only the log of the node that prepared it knows how it ends. The lease spares the cluster all but one look
 * at a time; a server that takes the lease over says it again.
 */
public final class BranchWatch implements Loop.Step {
    /** Recovery needs up to 30 s after a restart. */
    public static final Duration ORPHAN = Duration.ofSeconds(60);

    private static final Duration EVERY = Duration.ofSeconds(15);
    private static final Logger LOG = Logger.getLogger(BranchWatch.class);

    private final String name;
    private final PreparedBranches branches;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;
    private final Consumer<String> alarm;
    private final Map<String, Branch> told = new HashMap<>();
    private boolean away;

    /**
     * @param watched names the database that is watched, within the module
     * @param database the module's own, for the lease
     */
    public BranchWatch(
            String watched, PreparedBranches branches, Transactions transactions, Database database, Clock clock) {
        this(watched, branches, transactions, database, clock, LOG::warn);
    }

    BranchWatch(
            String watched,
            PreparedBranches branches,
            Transactions transactions,
            Database database,
            Clock clock,
            Consumer<String> alarm) {
        this.name = "prepared-branches-" + watched;
        this.branches = branches;
        this.transactions = transactions;
        this.lease = new Lease(database, name);
        this.clock = clock;
        this.alarm = alarm;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void prepare() {
        lease.register();
    }

    /** Keeps looking until closed, also while the hub is fenced: a restored database may have branches of another time. */
    public Loop start(ThreadFactory threads, ServerState server) {
        return Loop.start(this, threads, () -> server.takesWork() || server.isFenced());
    }

    @Override
    public Loop.Next step() {
        try {
            look().ifPresent(this::compare);
            away = false;
        } catch (RuntimeException e) {
            if (!SqlFailures.isDependencyDown(e)) {
                throw e;
            }
            // Once in an outage: an ERP may be away for a night, and its circuit says so too.
            if (!away) {
                LOG.warnf("RUN-3001 %s cannot look for now: %s", name, e.getMessage());
            }
            away = true;
        }
        return Loop.Next.after(EVERY);
    }

    private Optional<List<Branch>> look() {
        return transactions.call(
                () -> lease.take() ? Optional.of(branches.olderThan(ORPHAN)) : Optional.empty(), nothing -> false);
    }

    private void compare(List<Branch> found) {
        List<String> gone = new ArrayList<>(told.keySet());
        for (Branch each : found) {
            gone.remove(each.gid());
            if (told.putIfAbsent(each.gid(), each) == null) {
                alarm.accept(words(each));
            }
        }
        for (String gid : gone) {
            told.remove(gid);
            LOG.infof("%s the branch %s is finished", RuntimeError.ORPHANED_BRANCH.code(), gid);
        }
    }

    private String words(Branch branch) {
        return RuntimeError.ORPHANED_BRANCH.code() + " a branch has been prepared for "
                + Duration.between(branch.preparedAt(), clock.instant()).toSeconds()
                + " s and nobody finishes it: " + branch.gid() + ", database " + branch.database() + ", role "
                + branch.role() + ", node " + (branch.node() == null ? "unknown" : "'" + branch.node() + "'")
                + ". It keeps its locks and holds back vacuum. Start the server of that node with its own transaction log and"
                + " let it recover; decide nothing by hand before you have read docs/runbooks/prepared-transactions.md.";
    }
}
