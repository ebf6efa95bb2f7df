package org.retailhub.erp.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.platform.kernel.Envelope;

/**
 * One ERP. All failures to reach it are {@link org.retailhub.erp.api.ErpError#ERP_DOWN}.
 *
 * @param <F> what it answered to a batch's questions
 * @param <D> a document as it writes it
 */
public interface ErpAdapter<F extends ErpAdapter.Facts, D> {
    /** Answers for one batch. */
    interface Facts {
        /** Whether this message has left its mark in the ERP's database. */
        boolean handled(String messageId);

        /** Whether the rows that the ERP has of the order were written for this message. */
        boolean wrote(String orderId, String messageId);

        Standing standing(String orderId);
    }

    /**
     * What to write for a batch.
     *
     * @param remove orders whose rows go, to be replaced or not
     * @param write documents
     * @param mark messages that are handled with this
     */
    record Changes<D>(List<String> remove, List<D> write, List<Envelope> mark) {}

    /** A message's mark in the ERP's database. */
    record Mark(String messageId, String orderId, long sequence, Instant at) {}

    /** Part of the queue's name. */
    String target();

    Set<Capability> capabilities();

    /**
     * Outside any transaction, before anything else: the database can take part in XA, and the mapping fits its tables.
     *
     * @throws org.retailhub.platform.kernel.RetailException naming every fault, or ERP_DOWN
     */
    void prepare();

    /** Outside any transaction: cheap, and fails while the ERP does not answer. */
    void probe();

    /** In the caller's transaction, a fixed number of calls. */
    F load(Questions questions);

    /** Pure. */
    Resolution<D> resolve(Booking booking, F facts);

    /** In the caller's transaction, a fixed number of statements. */
    void write(Changes<D> changes);

    /**
     * Outside any transaction, in one or two calls. Orders without verdict have no entry.
     *
     * @param messageByOrder the message whose rows are meant
     */
    Map<String, ErpVerdict> verdicts(Map<String, String> messageByOrder);

    /** Which of these messages have left their mark. Outside any transaction. */
    Set<String> marked(Collection<String> messageIds);

    /** Marks of a time, by message id. Outside any transaction. @param after the last page's last message id, or empty */
    List<Mark> marks(Instant from, Instant to, String after, int limit);
}
