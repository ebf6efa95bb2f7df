package org.retailhub.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Takes the bodies of payloads away when they are older than configured, on one node of the cluster, some hundred in a transaction.
 * What waits, is parked or is asked for keeps its body however old it is, and is looked at again an hour later.
 */
final class PayloadRetention implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(PayloadRetention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final int BATCH = 500;

    private final OldPayloads payloads;
    private final Transactions transactions;
    private final Lease lease;
    private final Supplier<Duration> kept;
    private final Clock clock;
    /** Where this round is; empty between rounds. */
    private String at = "";
    /** Whether this round has met none that is still needed. */
    private boolean clean = true;

    /** @param kept how long bodies are kept; zero for always */
    PayloadRetention(Database database, Transactions transactions, Supplier<Duration> kept, Clock clock) {
        this.payloads = new OldPayloads(database);
        this.transactions = transactions;
        this.lease = new Lease(database, "payload-retention");
        this.kept = kept;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "payload-retention";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        boolean more = !kept.get().isZero() && transactions.call(() -> lease.take() && look(), any -> true);
        if (more) {
            return Loop.Next.atOnce();
        }
        at = "";
        clean = true;
        return Loop.Next.after(EVERY);
    }

    /** In the caller's transaction. @return whether there are more */
    boolean look() {
        Instant now = clock.instant();
        String passed = payloads.passed();
        String after = at.compareTo(passed) > 0 ? at : passed;
        OldPayloads.Look look = payloads.remove(after, Ulid.prefixOf(now.minus(kept.get())), BATCH, now);
        if (clean) {
            payloads.pass(look.done());
        }
        clean &= look.done().equals(look.last());
        at = look.last();
        if (look.removed() > 0) {
            LOG.infof("the bodies of %d payloads up to %s are removed", look.removed(), look.last());
        }
        return look.more();
    }
}
