package org.retailhub.inventory;

import java.time.Duration;
import java.util.Optional;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.tx.Transactions;

/** Sends what replays have to send: one node at a time, a page per transaction. */
final class ReplayLoop implements Loop.Step {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Replays replays;
    private final Transactions transactions;
    private final Lease lease;

    ReplayLoop(Replays replays, Transactions transactions, Lease lease) {
        this.replays = replays;
        this.transactions = transactions;
        this.lease = lease;
    }

    @Override
    public String name() {
        return "stock-replay";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        Optional<Duration> done = transactions.call(
                () -> lease.take() ? replays.step() : Optional.<Duration>empty(), Optional::isPresent);
        return Loop.Next.after(done.orElse(PAUSE));
    }
}
