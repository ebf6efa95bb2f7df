package org.retailhub.erp.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

        /** Of its corrections. */
        Underway underway(String orderId);

        /** Whether the ERP has rows or documents of the correction that a message, which has left its mark, made. */
        boolean corrected(String orderId, String messageId, long sequence);
    }

    /**
     * What to write for a batch.
     *
     * @param remove numbers of documents whose rows go, to be replaced or not
     * @param write documents
     * @param mark messages that are handled with this
     */
    record Changes<D>(List<String> remove, List<D> write, List<Envelope> mark) {}

    /** A message's mark in the ERP's database. */
    record Mark(String messageId, String orderId, long sequence, Instant at) {}

    /** Part of the queue's name. */
    String target();

    Set<Capability> capabilities();

    /** As this installation has it: never more than this kind of ERP can do. */
    AfterPosting afterPosting();

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

    /** Pure. What the ERP needs beside its document, given what it has booked of the order by now. */
    Resolution<D> correct(Amends amends, F facts);

    /** In the caller's transaction, a fixed number of statements. */
    void write(Changes<D> changes);

    /** The order whose document, beside its own, would have this number; empty if none would. Asks nobody. */
    Optional<String> orderOfFurtherDocument(String documentNo);

    /**
     * Outside any transaction, in a few calls. By order; those without verdict have no entry.
     *
     * @param pending one an order
     */
    Map<String, ErpVerdict> verdicts(Collection<Pending> pending);

    /** Which of these messages have left their mark. Outside any transaction. */
    Set<String> marked(Collection<String> messageIds);

    /** Marks of a time, by message id. Outside any transaction. @param after the last page's last message id, or empty */
    List<Mark> marks(Instant from, Instant to, String after, int limit);
}
