package org.retailhub.erp;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Sends an event of the sent log once more, under its old id and number: for one that was lost, moved or removed on its way. A
 * consumer drops it if it has handled it already.
 */
@ApplicationScoped
public class SentEvents {
    @Inject
    private Database database;

    @Inject
    private MessageSender sender;

    @Inject
    private Transactions transactions;

    @Inject
    private Trace trace;

    /**
     * In a transaction of its own.
     *
     * @throws RetailException {@link RuntimeError#NO_SUCH_MESSAGE}
     */
    public void resend(String destination, String businessKey, long sequence, String actor) {
        transactions.call(() -> {
            Envelope message = database.queryOne(
                            """
                            select message_id, type, tenant, traceparent, caused_by, channel, body from sent_message
                            where destination = ? and business_key = ? and sequence = ? and body is not null""",
                            row -> new Envelope(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getString(3),
                                    businessKey,
                                    sequence,
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6),
                                    row.getString(7)),
                            destination,
                            businessKey,
                            sequence)
                    .orElseThrow(() -> new RetailException(
                            RuntimeError.NO_SUCH_MESSAGE,
                            "number " + sequence + " of " + businessKey + " to " + destination));
            trace.record(List.of(new Trace.Hop(
                    businessKey,
                    message.tenant(),
                    "sent-again",
                    message.messageId(),
                    "number " + sequence + " to " + destination + " by " + actor)));
            sender.sendAgain(List.of(new OutboundMessage(destination, message, true)));
            return null;
        });
    }
}
