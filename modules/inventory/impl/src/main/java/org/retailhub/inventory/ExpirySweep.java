package org.retailhub.inventory;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.retailhub.inventory.Settling.Kind;
import org.retailhub.inventory.Settling.Step;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/** Gives back what is held longer than its owner wanted: one node at a time, the oldest first. */
final class ExpirySweep implements Loop.Step {
    private static final int MOST = 200;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Reservations reservations;
    private final SettlingIntake settling;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;

    ExpirySweep(
            Reservations reservations, SettlingIntake settling, Transactions transactions, Lease lease, Clock clock) {
        this.reservations = reservations;
        this.settling = settling;
        this.transactions = transactions;
        this.lease = lease;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "reservation-expiry";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        int found = transactions.call(() -> lease.take() ? sweep() : 0, count -> count > 0);
        return found < MOST ? Loop.Next.after(PAUSE) : Loop.Next.atOnce();
    }

    /** In the caller's transaction. @return how many were due */
    int sweep() {
        // Nobody asked for it: a trace begins with each run.
        String traceparent = Trace.begin();
        List<Step> due = reservations.due(clock.instant(), MOST).stream()
                .map(each -> new Step(each.tenant(), each.id(), "", Kind.EXPIRE, null, traceparent, ""))
                .toList();
        if (!due.isEmpty()) {
            settling.write(due, Boolean.TRUE);
        }
        return due.size();
    }
}
