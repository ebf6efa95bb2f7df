package org.retailhub.erp.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.KnownStockPostings;
import org.retailhub.erp.StockTarget;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.ErpVerdict;
import org.retailhub.erp.domain.StockPosting;
import org.retailhub.erp.domain.StockPosting.State;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.sql.SqlFailures;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Asks an ERP what became of the movements that wait, a page at a time, and looks whether it has the orders that others wait for. Reads
 * outside any transaction; what it learnt is kept, and told to inventory once, in one XA transaction, for those that are still as they were.
 */
public final class MovementPoller implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(MovementPoller.class);
    private static final int PAGE = 1_000;
    private static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration AWAY = Duration.ofMillis(500);
    private static final Duration SELDOM = Duration.ofSeconds(5);

    private final StockTarget<?, ?> target;
    private final KnownToErp known;
    private final Trace trace;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;
    private KnownStockPostings.@Nullable Mark written;
    private KnownStockPostings.@Nullable Mark rejected;
    private Instant rejectedFrom = Instant.EPOCH;

    public MovementPoller(
            StockTarget<?, ?> target,
            MessageSender sender,
            Trace trace,
            Transactions transactions,
            Database database,
            Clock clock) {
        this.target = target;
        this.known = new KnownToErp(sender, target.adapter().target());
        this.trace = trace;
        this.transactions = transactions;
        this.lease =
                new Lease(database, "erp-stock-verdicts-" + target.adapter().target());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "erp-stock-verdicts-" + target.adapter().target();
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        try {
            boolean more = byOrder() == PAGE;
            if (!target.circuit().isPassable()) {
                return Loop.Next.after(AWAY);
            }
            if (!clock.instant().isBefore(rejectedFrom)) {
                rejected = page(State.REJECTED, rejected);
                rejectedFrom = clock.instant().plus(rejected == null ? SELDOM : AWAY);
            }
            written = page(State.WRITTEN, written);
            return more || written != null ? Loop.Next.atOnce() : Loop.Next.after(IDLE);
        } catch (RetailException e) {
            if (e.code() == ErpError.ERP_DOWN) {
                target.circuit().failed(e);
            } else if (!SqlFailures.isDependencyDown(e)) {
                LOG.errorf(e, "RUN-9999 %s failed", name());
            }
            return Loop.Next.backOff();
        }
    }

    /** @return how many orders the ERP has by now that movements waited for */
    private int byOrder() {
        Map<String, KnownStockPostings.Matched> matched = new HashMap<>();
        target.postings().acknowledged(PAGE).forEach(each -> matched.put(each.key(), each));
        if (!matched.isEmpty()) {
            transactions.call(() -> keep(
                    matched,
                    (posting, order) -> posting.state() == State.BY_ORDER
                            ? posting.booked(order.documentId(), clock.instant())
                            : null));
        }
        return matched.size();
    }

    /** @return where to go on, or null at the end, or if the import has not come this far */
    private KnownStockPostings.@Nullable Mark page(State state, KnownStockPostings.@Nullable Mark after) {
        List<StockPosting> page = target.postings().page(state, after, PAGE);
        Map<String, ErpVerdict> verdicts = target.adapter()
                .verdicts(page.stream().map(StockPosting::messageId).toList());
        Map<String, ErpVerdict> news = new HashMap<>();
        for (StockPosting posting : page) {
            ErpVerdict verdict = verdicts.get(posting.messageId());
            if (verdict != null && after(posting, state, verdict) != null) {
                news.put(posting.key(), verdict);
            }
        }
        int changed = news.isEmpty()
                ? 0
                : transactions.call(() -> keep(news, (posting, verdict) -> after(posting, state, verdict)));
        boolean more = page.size() == PAGE && (changed > 0 || state == State.REJECTED);
        return more ? KnownStockPostings.Mark.of(page.get(PAGE - 1)) : null;
    }

    /** Null if it stays as it is. */
    private @Nullable StockPosting after(StockPosting posting, State seen, ErpVerdict verdict) {
        if (posting.state() != seen) {
            return null;
        }
        if (verdict.accepted()) {
            return posting.booked(verdict.documentId(), clock.instant());
        }
        return seen == State.REJECTED && Objects.equals(posting.reason(), verdict.words())
                ? null
                : posting.rejected(verdict.words(), clock.instant());
    }

    private <T> int keep(Map<String, T> news, BiFunction<StockPosting, T, @Nullable StockPosting> change) {
        if (!lease.take()) {
            return 0;
        }
        List<StockPosting> after = new ArrayList<>();
        List<StockPosting> tell = new ArrayList<>();
        List<Trace.Hop> hops = new ArrayList<>();
        target.postings().lock(news.keySet()).forEach((key, posting) -> {
            StockPosting next = change.apply(posting, Objects.requireNonNull(news.get(key), "asked by its own keys"));
            if (next == null) {
                return;
            }
            after.add(next);
            if (next.state() == State.BOOKED && posting.toldAt() == null) {
                tell.add(next);
            }
            hops.add(new Trace.Hop(
                    key,
                    posting.tenant(),
                    next.state().stored(),
                    posting.messageId(),
                    target.adapter().target() + " " + Objects.toString(next.documentId(), "")
                            + Objects.toString(next.reason(), "")));
        });
        target.postings().store(after);
        known.tell(tell);
        trace.record(hops);
        return after.size();
    }
}
