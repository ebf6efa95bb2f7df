package org.retailhub.inventory;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Starts a job for each snapshot that was received, and starts it again where it broke off: after an error, after a crash of this server, or of
 * another that is silent. If two should ever run the same one, the second ends at its first line ({@link Snapshots#advance}).
 */
public final class SnapshotRuns implements Loop.Step, AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration SILENCE = Duration.ofMinutes(2);
    private static final int AT_ONCE = 2;

    /** The jobs of this server. Outside any transaction. */
    public interface Jobs {
        /** @param brokenOff the job that did not end; null if none began. @return the job's id */
        long start(String snapshot, @Nullable Long brokenOff);

        /** Whether it is at work, here. */
        boolean runs(long job);

        /** Ends it after the lines that it has in hand. */
        void stop(long job);
    }

    private final Snapshots snapshots;
    private final Transactions transactions;
    private final Stock stock;
    private final Lease lease;
    private final Jobs jobs;
    private final String node;
    private final Map<String, Long> running = new ConcurrentHashMap<>();

    SnapshotRuns(Snapshots snapshots, Transactions transactions, Stock stock, Lease lease, Jobs jobs, String node) {
        this.snapshots = snapshots;
        this.transactions = transactions;
        this.stock = stock;
        this.lease = lease;
        this.jobs = jobs;
        this.node = node;
    }

    @Override
    public String name() {
        return "snapshot-jobs";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        running.values().removeIf(job -> !jobs.runs(job));
        if (running.size() >= AT_ONCE) {
            return Loop.Next.after(PAUSE);
        }
        Optional<Snapshots.Claim> claim = transactions.call(
                () -> lease.take()
                        ? snapshots.claim(node, running.keySet(), SILENCE, stock.now())
                        : Optional.<Snapshots.Claim>empty(),
                Optional::isPresent);
        if (claim.isEmpty()) {
            return Loop.Next.after(PAUSE);
        }
        String id = claim.get().id();
        long job = jobs.start(id, claim.get().execution());
        running.put(id, job);
        transactions.call(() -> {
            snapshots.runs(id, job);
            return job;
        });
        return Loop.Next.atOnce();
    }

    @Override
    public void close() {
        running.values().forEach(jobs::stop);
    }
}
