package org.retailhub.erp.messaging;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.KnownPostings;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.PostingState;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.ErpVerdict;
import org.retailhub.erp.domain.Pending;
import org.retailhub.erp.domain.Posting;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.sql.SqlFailures;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Asks an ERP what became of the postings that wait, a page at a time, oldest first. Reads outside any transaction; what it learnt is
 * kept and told in one XA transaction, for those postings that are still as they were when it asked. Rejected postings are asked
 * about too, less often: the ERP tries them again by itself.
 */
public final class VerdictPoller implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(VerdictPoller.class);
    private static final int PAGE = 1_000;
    private static final Duration IDLE = Duration.ofMillis(250);
    /** Under load a question is about thousands of rows: then it is asked less often, and takes this part of the ERP's time at most. */
    private static final int ONE_IN = 20;

    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration AWAY = Duration.ofMillis(500);
    private static final Duration REJECTED_EVERY = Duration.ofSeconds(5);

    private final ErpAdapter<?, ?> adapter;
    private final CircuitBreaker circuit;
    private final KnownPostings postings;
    private final PostingEvents events;
    private final Trace trace;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;
    private KnownPostings.@Nullable Mark written;
    private KnownPostings.@Nullable Mark rejected;
    private Instant rejectedFrom = Instant.EPOCH;
    private Duration asking = Duration.ZERO;

    public VerdictPoller(
            ErpAdapter<?, ?> adapter,
            CircuitBreaker circuit,
            KnownPostings postings,
            PostingEvents events,
            Trace trace,
            Transactions transactions,
            Database database,
            Clock clock) {
        this.adapter = adapter;
        this.circuit = circuit;
        this.postings = postings;
        this.events = events;
        this.trace = trace;
        this.transactions = transactions;
        this.lease = new Lease(database, "erp-verdicts-" + adapter.target());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "erp-verdicts-" + adapter.target();
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        if (!circuit.isPassable()) {
            return Loop.Next.after(AWAY);
        }
        try {
            if (!clock.instant().isBefore(rejectedFrom)) {
                rejected();
            }
            return written();
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private Loop.Next written() {
        List<Posting> page = postings.page(PostingState.WRITTEN, written, PAGE);
        int settled = page.isEmpty() ? 0 : settle(page);
        boolean more = page.size() == PAGE;
        written = more ? KnownPostings.Mark.of(page.get(PAGE - 1)) : null;
        // A page without any verdict: the import has not come this far, those behind it are younger still.
        return more && settled > 0 ? Loop.Next.atOnce() : Loop.Next.after(pause(asking));
    }

    /** @param asking how long the ERP took for the last question */
    static Duration pause(Duration asking) {
        Duration pause = asking.multipliedBy(ONE_IN - 1);
        return pause.compareTo(IDLE) < 0 ? IDLE : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }

    private void rejected() {
        List<Posting> page = postings.page(PostingState.REJECTED, rejected, PAGE);
        if (!page.isEmpty()) {
            settle(page);
        }
        boolean more = page.size() == PAGE;
        rejected = more ? KnownPostings.Mark.of(page.get(PAGE - 1)) : null;
        rejectedFrom = clock.instant().plus(more ? AWAY : REJECTED_EVERY);
    }

    private Loop.Next failed(RuntimeException failure) {
        if (failure instanceof RetailException retail && retail.code() == ErpError.ERP_DOWN) {
            circuit.failed(failure);
        } else if (!SqlFailures.isDependencyDown(failure)) {
            LOG.errorf(failure, "RUN-9999 %s failed", name());
        }
        return Loop.Next.backOff();
    }

    /** @return how many postings changed */
    private int settle(List<Posting> page) {
        Instant asked = clock.instant();
        Map<String, ErpVerdict> verdicts =
                adapter.verdicts(page.stream().map(Pending::of).toList());
        asking = Duration.between(asked, clock.instant());
        Map<String, Posting> observed = new HashMap<>();
        for (Posting posting : page) {
            ErpVerdict verdict = verdicts.get(posting.orderId());
            if (verdict != null && changes(posting, verdict)) {
                observed.put(posting.orderId(), posting);
            }
        }
        return observed.isEmpty() ? 0 : transactions.call(() -> keep(observed, verdicts));
    }

    private static boolean changes(Posting posting, ErpVerdict verdict) {
        return verdict.accepted()
                || posting.state() != PostingState.REJECTED
                || !Objects.equals(posting.reason(), verdict.words());
    }

    private PostingEvents.Telling telling(Posting posting, Instant now) {
        return new PostingEvents.Telling(
                posting,
                switch (posting.state()) {
                    case ACKNOWLEDGED -> PostingEvent.ACKNOWLEDGED;
                    case WITHDRAWN -> PostingEvent.WITHDRAWN;
                    case REJECTED, WRITTEN -> PostingEvent.REJECTED;
                },
                new PostingEvent(
                        posting.orderId(),
                        adapter.target(),
                        posting.documentNo(),
                        posting.documentId(),
                        posting.reason(),
                        now,
                        posting.sequence()),
                posting.messageId(),
                posting.traceparent());
    }

    private int keep(Map<String, Posting> observed, Map<String, ErpVerdict> verdicts) {
        if (!lease.take()) {
            return 0;
        }
        Instant now = clock.instant();
        List<Posting> after = new ArrayList<>();
        List<PostingEvents.Telling> tellings = new ArrayList<>();
        List<Trace.Hop> hops = new ArrayList<>();
        postings.lock(observed.keySet()).forEach((orderId, posting) -> {
            Posting seen = observed.get(orderId);
            ErpVerdict verdict = verdicts.get(orderId);
            if (seen == null || verdict == null) {
                return;
            }
            if (posting.sequence() != seen.sequence() || posting.state() != seen.state()) {
                return;
            }
            Posting next = verdict.accepted()
                    ? posting.acknowledged(verdict.documentId(), verdict.words(), now)
                    : posting.rejected(verdict.documentId(), verdict.words(), now);
            if (next.isNews()) {
                next = next.telling(next.state());
                tellings.add(telling(next, now));
            }
            after.add(next);
            hops.add(new Trace.Hop(
                    orderId,
                    posting.tenant(),
                    KnownPostings.stored(next.state()),
                    posting.messageId(),
                    adapter.target() + " " + Objects.toString(next.documentId(), "")
                            + Objects.toString(next.reason(), "")));
        });
        postings.store(after);
        events.tell(tellings);
        trace.record(hops);
        return after.size();
    }
}
