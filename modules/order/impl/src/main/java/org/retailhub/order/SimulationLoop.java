package org.retailhub.order;

import java.time.Duration;
import java.util.Optional;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.tx.Transactions;

/** Goes on with the simulations that are too large to wait for, a chunk a step; the oldest first. One node at a time, by lease. */
final class SimulationLoop implements Loop.Step {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SourcingSimulations simulations;
    private final Transactions transactions;
    private final Lease lease;

    SimulationLoop(SourcingSimulations simulations, Transactions transactions, Lease lease) {
        this.simulations = simulations;
        this.transactions = transactions;
        this.lease = lease;
    }

    @Override
    public String name() {
        return "sourcing-simulation";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        Optional<SourcingSimulations.Simulation> next = simulations.running();
        if (next.isEmpty()) {
            return Loop.Next.after(PAUSE);
        }
        // A look only: a chunk that two nodes computed is written once, since each is written behind the one before.
        if (!transactions.call(lease::take, taken -> false)) {
            return Loop.Next.after(PAUSE);
        }
        try {
            simulations.goOn(next.get());
            return Loop.Next.atOnce();
        } catch (RetailException e) {
            if (e.kind().retryable()) {
                return Loop.Next.backOff();
            }
            throw e;
        }
    }
}
