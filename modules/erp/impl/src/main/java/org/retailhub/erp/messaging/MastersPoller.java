package org.retailhub.erp.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.retailhub.erp.MasterFeeds;
import org.retailhub.erp.MasterFeeds.Feed;
import org.retailhub.erp.MasterFeeds.Told;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.Horizon;
import org.retailhub.erp.domain.MasterReader;
import org.retailhub.erp.domain.MasterReader.Master;
import org.retailhub.erp.domain.MasterReader.Moment;
import org.retailhub.masterdata.api.LearnMaster;
import org.retailhub.masterdata.api.MasterDataQueues;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.sql.SqlFailures;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Brings an ERP's masters back: looks for what changed, and tells master data each state once. Reads outside any transaction, a page at a
 * time; what is new of a page is told, and kept as told, in one XA transaction. A look that is cut off begins again, and tells nothing twice.
 *
 * <p>Once a day, and on demand, all are looked at. What was told is compared by its content: a change that the ERP did not date is found then,
 * and one that touches nothing of ours is not told.
 */
public final class MastersPoller implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(MastersPoller.class);
    private static final int PAGE = 1_000;
    private static final Duration FULL_EVERY = Duration.ofDays(1);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final MasterReader erp;
    private final CircuitBreaker circuit;
    private final MasterFeeds feeds;
    private final MessageSender sender;
    private final Transactions transactions;
    private final Runnable admission;
    private final Lease lease;
    private final Clock clock;

    /**
     * @param circuit of the ERP's postings: what is away for them is away for masters
     * @param admission asked before each page; throws while so much waits that a catalogue is not taken in
     */
    public MastersPoller(
            MasterReader erp,
            CircuitBreaker circuit,
            MasterFeeds feeds,
            MessageSender sender,
            Transactions transactions,
            Database database,
            Runnable admission,
            Clock clock) {
        this.erp = erp;
        this.circuit = circuit;
        this.feeds = feeds;
        this.sender = sender;
        this.transactions = transactions;
        this.admission = admission;
        this.lease = new Lease(database, "erp-masters-" + erp.target());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "erp-masters-" + erp.target();
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        if (!circuit.isPassable()) {
            return Loop.Next.after(PAUSE);
        }
        boolean failed = false;
        try {
            for (Feed feed : feeds.of(erp.target())) {
                failed |= !looked(feed);
            }
        } catch (RetailException e) {
            if (e.code() == ErpError.ERP_DOWN) {
                circuit.failed(e);
            } else if (!SqlFailures.isDependencyDown(e)) {
                LOG.errorf(e, "RUN-9999 %s failed", name());
            }
            return Loop.Next.backOff();
        }
        return failed ? Loop.Next.backOff() : Loop.Next.after(PAUSE);
    }

    /** A table that cannot be read keeps no other from coming. */
    private boolean looked(Feed feed) {
        try {
            look(feed);
            return true;
        } catch (RetailException e) {
            if (e.code() == ErpError.ERP_DOWN || SqlFailures.isDependencyDown(e)) {
                throw e;
            }
            LOG.errorf(e, "RUN-9999 %s failed at %s", name(), feed.kind());
            return false;
        }
    }

    private void look(Feed feed) {
        Instant begun = clock.instant();
        Moment moment = erp.now();
        Horizon horizon = feed.horizon();
        Instant fullAt = feed.fullAt();
        boolean full = horizon == null
                || horizon.isOfAnother(moment)
                || fullAt == null
                || fullAt.plus(FULL_EVERY).isBefore(begun);
        LocalDateTime since = full || horizon == null ? null : horizon.lookFrom();
        Horizon after = Horizon.after(horizon, moment);
        long last = Long.MIN_VALUE;
        for (long looks = feed.looks(); ; looks++) {
            admission.run();
            List<Master> page = erp.changed(feed.kind(), since, last, PAGE);
            boolean ended = page.size() < PAGE;
            long before = looks;
            boolean kept = transactions.call(() -> keep(feed, before, page, () -> {
                if (ended) {
                    feeds.seen(feed, after, full ? begun : null, clock.instant());
                }
            }));
            if (!kept || ended) {
                return;
            }
            last = page.get(PAGE - 1).id();
        }
    }

    private boolean keep(Feed feed, long looks, List<Master> page, Runnable end) {
        if (!lease.take() || !feeds.mayKeep(feed, looks)) {
            return false;
        }
        Map<Long, Told> known = feeds.told(feed, page.stream().map(Master::id).toList());
        Map<Long, Told> after = new HashMap<>();
        List<OutboundMessage> messages = new ArrayList<>();
        for (Master master : page) {
            Told told = known.get(master.id());
            String content = master.content();
            if (told == null || !told.content().equals(content) || told.round() != feed.round()) {
                Told next = new Told(content, feed.round(), told == null ? 1 : told.sequence() + 1);
                after.put(master.id(), next);
                messages.add(message(feed, master, next.sequence()));
            }
        }
        feeds.store(feed, after);
        end.run();
        sender.send(messages);
        return true;
    }

    private static OutboundMessage message(Feed feed, Master master, long sequence) {
        String id = Long.toString(master.id());
        Instant updated = master.updated().toInstant(ZoneOffset.UTC);
        String key = LearnMaster.businessKey(feed.tenant(), feed.target(), feed.kind(), id);
        String messageId = Ulid.of(updated, key + "\n" + sequence);
        return new OutboundMessage(
                MasterDataQueues.COMMANDS,
                new Envelope(
                        messageId,
                        LearnMaster.TYPE,
                        feed.tenant(),
                        key,
                        sequence,
                        Trace.begin(),
                        "",
                        "",
                        json(new LearnMaster(
                                feed.target(),
                                feed.kind(),
                                id,
                                updated,
                                master.value(),
                                master.name(),
                                master.active(),
                                master.sku(),
                                master.gtin(),
                                master.rate()))),
                true);
    }

    static String json(LearnMaster command) {
        try {
            return StrictJson.mapper().writeValueAsString(command);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command of ours cannot be written", e);
        }
    }
}
