package org.retailhub.erp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.erp.domain.ErpAdapter.Mark;
import org.retailhub.erp.domain.Posting;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Compares what we believe to be in an ERP with the marks that our messages left there, after a restore of either side, and lets the
 * messages come again that the ERP has lost.
 *
 * <p>No documents are kept here for that: whoever sent a message can make it again under its old id and number. Letting it come again
 * means to wind back the inbox of its order; each message then either takes effect as it did, or only leaves its mark.
 */
public final class Reconciliation {
    private static final int PAGE = 5_000;

    /** A posting whose message has left no mark in the ERP. */
    @Schema(name = "LostPosting")
    public record Lost(String orderId, String state, long sequence, String messageId, Instant writtenAt) {}

    /** A mark in the ERP of a message that our inbox has not handled. */
    @Schema(name = "UnknownPosting")
    public record Unknown(String orderId, long sequence, String messageId, Instant at) {}

    /**
     * @param postings looked at
     * @param marks looked at
     * @param complete false if more differs than is listed
     */
    @Schema(name = "ErpComparison")
    public record Report(
            Instant from,
            Instant to,
            long postings,
            long marks,
            List<Lost> lostByErp,
            List<Unknown> unknownToHub,
            boolean complete) {}

    /** A message that its sender has to send again. */
    @Schema(name = "LostMessage")
    public record Again(String destination, String businessKey, long sequence) {}

    private final Target<?, ?> target;
    private final Database database;
    private final Transactions transactions;
    private final Trace trace;

    public Reconciliation(Target<?, ?> target, Database database, Transactions transactions, Trace trace) {
        this.target = target;
        this.database = database;
        this.transactions = transactions;
        this.trace = trace;
    }

    /**
     * Reads page by page, outside any transaction. What is under way at the moment may be listed: end the time before it, or fence
     * the hub.
     *
     * @throws org.retailhub.platform.kernel.RetailException {@link org.retailhub.erp.api.ErpError#ERP_DOWN}
     */
    public Report compare(Instant from, Instant to, int most) {
        List<Lost> lost = new ArrayList<>();
        List<Unknown> unknown = new ArrayList<>();
        long postings = 0;
        List<Posting> page = List.of();
        do {
            String after = page.isEmpty() ? "" : page.get(page.size() - 1).orderId();
            page = target.postings().between(from, to, after, PAGE);
            postings += page.size();
            List<String> messages = page.stream().map(Posting::messageId).toList();
            Set<String> marked = target.ask(erp -> erp.marked(messages));
            page.stream()
                    .filter(posting -> !marked.contains(posting.messageId()))
                    .forEach(posting -> lost.add(new Lost(
                            posting.orderId(),
                            KnownPostings.stored(posting.state()),
                            posting.sequence(),
                            posting.messageId(),
                            posting.writtenAt())));
        } while (page.size() == PAGE && lost.size() < most);
        long marks = 0;
        List<Mark> found = List.of();
        do {
            String after = found.isEmpty() ? "" : found.get(found.size() - 1).messageId();
            found = target.ask(erp -> erp.marks(from, to, after, PAGE));
            marks += found.size();
            Map<String, Long> handled =
                    handled(found.stream().map(Mark::orderId).toList());
            found.stream()
                    .filter(mark -> handled.getOrDefault(mark.orderId(), 0L) < mark.sequence())
                    .forEach(mark ->
                            unknown.add(new Unknown(mark.orderId(), mark.sequence(), mark.messageId(), mark.at())));
        } while (found.size() == PAGE && unknown.size() < most);
        return new Report(
                from,
                to,
                postings,
                marks,
                lost.stream().limit(most).toList(),
                unknown.stream().limit(most).toList(),
                lost.size() < most && unknown.size() < most);
    }

    private Map<String, Long> handled(Collection<String> orderIds) {
        Map<String, Long> handled = new HashMap<>();
        database.query(
                "select business_key, last_sequence from inbox where queue in (?, ?) and business_key = any(?)",
                row -> handled.put(row.getString(1), row.getLong(2)),
                target.queue(),
                // Movements of stock leave their marks in the same table.
                InventoryQueues.EVENTS_FOR_ERP,
                orderIds.toArray(String[]::new));
        return handled;
    }

    /**
     * Lets the messages of these orders come again, as far as the ERP has really lost them. In a transaction of its own.
     *
     * @return what their sender has to send again now
     * @throws org.retailhub.platform.kernel.RetailException {@link org.retailhub.erp.api.ErpError#ERP_DOWN}
     */
    public List<Again> repost(Collection<String> orderIds, String actor, String reason) {
        List<String> messages = target.postings().find(orderIds).values().stream()
                .map(Posting::messageId)
                .toList();
        Set<String> marked = target.ask(erp -> erp.marked(messages));
        return transactions.call(() -> {
            // Inbox before postings, as the drain does.
            Map<String, Long> last = new HashMap<>();
            database.query(
                    """
                    select business_key, last_sequence from inbox where queue = ? and business_key = any(?)
                    order by business_key for update""",
                    row -> last.put(row.getString(1), row.getLong(2)),
                    target.queue(),
                    orderIds.toArray(String[]::new));
            List<Again> again = new ArrayList<>();
            List<Trace.Hop> hops = new ArrayList<>();
            List<String> back = new ArrayList<>();
            List<Long> until = new ArrayList<>();
            target.postings().lock(orderIds).forEach((orderId, posting) -> {
                // Asked again before its messages came: they are the same ones.
                long number = Math.max(last.getOrDefault(orderId, 0L), posting.replayUntil());
                if (marked.contains(posting.messageId()) || number < posting.sequence()) {
                    return;
                }
                back.add(orderId);
                until.add(number);
                for (long sequence = 1; sequence <= number; sequence++) {
                    again.add(new Again(target.queue(), orderId, sequence));
                }
                hops.add(new Trace.Hop(
                        orderId, posting.tenant(), "repost", posting.messageId(), "by " + actor + ": " + reason));
            });
            target.postings().replay(back, until);
            database.update(
                    "update inbox set last_sequence = 0 where queue = ? and business_key = any(?)",
                    target.queue(),
                    back.toArray(String[]::new));
            trace.record(hops);
            return again;
        });
    }
}
