package org.retailhub.erp.domain;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.platform.kernel.Envelope;

/**
 * How one ERP takes movements of stock in. All failures to reach it are {@link org.retailhub.erp.api.ErpError#ERP_DOWN}.
 *
 * @param <F> what it answered to a batch's questions
 * @param <D> a movement as it writes it
 */
public interface MovementAdapter<F extends MovementAdapter.Facts, D> {
    /** Answers for one batch. */
    interface Facts {
        /** Whether this message has left its mark in the ERP's database. */
        boolean handled(String messageId);
    }

    /** What a batch needs to know, asked at once. */
    record Questions(Set<String> messageIds, Set<String> items, Set<String> warehouses, Set<String> kinds) {}

    /** Part of the names of its loops. */
    String target();

    /**
     * Outside any transaction, before anything else: the mapping fits the ERP's tables.
     *
     * @throws org.retailhub.platform.kernel.RetailException naming every fault, or ERP_DOWN
     */
    void prepare();

    /** Outside any transaction: cheap, and fails while the ERP does not answer. */
    void probe();

    /** In the caller's transaction, a fixed number of calls. */
    F load(Questions questions);

    /** Pure. */
    Resolution<D> resolve(MovementBooking booking, F facts);

    /** In the caller's transaction, a fixed number of statements. @param mark messages that are handled with this */
    void write(List<D> rows, List<Envelope> mark);

    /** Outside any transaction, in one call. Messages whose rows the ERP has not looked at have no entry. */
    Map<String, ErpVerdict> verdicts(Collection<String> messageIds);

    /** Which of these messages have left their mark. Outside any transaction. */
    Set<String> marked(Collection<String> messageIds);
}
