package org.retailhub.erp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.retailhub.erp.Reconciliation.Again;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.StockPosting;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * The same as {@link Reconciliation} for movements of stock, after a restore of the ERP: what has lost its mark there, and how its message
 * comes again. Inventory is not told a second time.
 */
public final class StockReconciliation {
    private static final int PAGE = 5_000;

    /** A movement whose message has left no mark in the ERP. */
    @Schema(name = "LostMovement")
    public record Lost(String movement, String state, String messageId, Instant writtenAt) {}

    /** @param complete false if more is lost than is listed */
    @Schema(name = "MovementComparison")
    public record Report(Instant from, Instant to, long movements, List<Lost> lostByErp, boolean complete) {}

    private final StockTarget<?, ?> target;
    private final Database database;
    private final Transactions transactions;
    private final Trace trace;

    public StockReconciliation(StockTarget<?, ?> target, Database database, Transactions transactions, Trace trace) {
        this.target = target;
        this.database = database;
        this.transactions = transactions;
        this.trace = trace;
    }

    /** Reads page by page, outside any transaction. @throws RetailException {@link ErpError#ERP_DOWN} */
    public Report compare(Instant from, Instant to, int most) {
        List<Lost> lost = new ArrayList<>();
        long movements = 0;
        List<StockPosting> page = List.of();
        do {
            String after = page.isEmpty() ? "" : page.get(page.size() - 1).key();
            page = target.postings().between(from, to, after, PAGE);
            movements += page.size();
            Set<String> marked = marked(page);
            page.stream()
                    .filter(posting -> !marked.contains(posting.messageId()))
                    .forEach(posting -> lost.add(new Lost(
                            posting.key(), posting.state().stored(), posting.messageId(), posting.writtenAt())));
        } while (page.size() == PAGE && lost.size() < most);
        return new Report(from, to, movements, lost.stream().limit(most).toList(), lost.size() < most);
    }

    /**
     * Lets the messages of these movements come again, as far as the ERP has really lost them. In a transaction of its own.
     *
     * @return what inventory has to send again now
     * @throws RetailException {@link ErpError#ERP_DOWN}
     */
    public List<Again> repost(Collection<String> keys, String actor, String reason) {
        Set<String> marked = marked(target.postings().find(keys).values());
        return transactions.call(() -> {
            // Inbox before postings, as the drain does.
            database.query(
                    "select business_key from inbox where queue = ? and business_key = any(?) order by business_key for update",
                    row -> row.getString(1),
                    InventoryQueues.EVENTS_FOR_ERP,
                    keys.toArray(String[]::new));
            List<Again> again = new ArrayList<>();
            List<Trace.Hop> hops = new ArrayList<>();
            target.postings().lock(keys).forEach((key, posting) -> {
                if (posting.orderId() == null && !marked.contains(posting.messageId())) {
                    again.add(new Again(InventoryQueues.EVENTS, key, 1));
                    hops.add(new Trace.Hop(
                            key, posting.tenant(), "repost", posting.messageId(), "by " + actor + ": " + reason));
                }
            });
            database.update(
                    "update inbox set last_sequence = 0 where queue = ? and business_key = any(?)",
                    InventoryQueues.EVENTS_FOR_ERP,
                    again.stream().map(Again::businessKey).toArray(String[]::new));
            trace.record(hops);
            return again;
        });
    }

    private Set<String> marked(Collection<StockPosting> postings) {
        List<String> messages = postings.stream().map(StockPosting::messageId).toList();
        return asking(() -> target.adapter().marked(messages));
    }

    private <T> T asking(Supplier<T> question) {
        if (!target.circuit().mayPass()) {
            throw new RetailException(ErpError.ERP_DOWN, target.adapter().target() + " is left alone for a while");
        }
        try {
            T answer = question.get();
            target.circuit().succeeded();
            return answer;
        } catch (RetailException e) {
            if (e.code() == ErpError.ERP_DOWN) {
                target.circuit().failed(e);
            }
            throw e;
        }
    }
}
