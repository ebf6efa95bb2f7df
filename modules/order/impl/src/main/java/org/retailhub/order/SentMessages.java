package org.retailhub.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.List;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.messaging.Postings;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Sends a message of the sent log once more, under its old id and number: for one that was lost, moved or removed on its way. The
 * consumer drops it if it has handled it already. The body is made again from the order's revision and must have the hash that
 * was logged.
 */
@ApplicationScoped
public class SentMessages {
    /** Which message. */
    public record Key(String destination, String businessKey, long sequence) {}

    private record Logged(Envelope withoutBody, byte[] bodyHash, String keptBody) {}

    @Inject
    private Database database;

    @Inject
    private OrderBook book;

    @Inject
    private MessageSender sender;

    @Inject
    private Transactions transactions;

    @Inject
    private org.retailhub.platform.runtime.trace.Trace trace;

    /**
     * In a transaction of its own.
     *
     * @throws RetailException {@link RuntimeError#NO_SUCH_MESSAGE}, {@link OrderError#BODY_LOST}
     */
    public void resend(Key key, String actor) {
        transactions.call(() -> {
            Logged logged = find(key);
            Envelope message = withBody(logged.withoutBody(), body(key, logged));
            trace.record(List.of(new org.retailhub.platform.runtime.trace.Trace.Hop(
                    message.businessKey(),
                    message.tenant(),
                    "sent-again",
                    message.messageId(),
                    "number " + message.sequence() + " to " + key.destination() + " by " + actor)));
            sender.sendAgain(List.of(new OutboundMessage(key.destination(), message, false)));
            return null;
        });
    }

    private Logged find(Key key) {
        return database.queryOne(
                        """
                        select message_id, type, tenant, business_key, sequence, traceparent, caused_by, channel, body_hash, body
                        from sent_message where destination = ? and business_key = ? and sequence = ?""",
                        row -> new Logged(
                                new Envelope(
                                        row.getString(1),
                                        row.getString(2),
                                        row.getString(3),
                                        row.getString(4),
                                        row.getLong(5),
                                        row.getString(6),
                                        row.getString(7),
                                        row.getString(8),
                                        ""),
                                row.getBytes(9),
                                row.getString(10)),
                        key.destination(),
                        key.businessKey(),
                        key.sequence())
                .orElseThrow(() -> new RetailException(
                        RuntimeError.NO_SUCH_MESSAGE,
                        "number " + key.sequence() + " of " + key.businessKey() + " to " + key.destination()));
    }

    private String body(Key key, Logged logged) {
        String body = logged.keptBody() != null
                ? logged.keptBody()
                : book.carriedBy(key.businessKey(), key.sequence())
                        .map(one -> Postings.body(one.orderId(), one.revision(), OrderJson.read(one.document())))
                        .orElseThrow(() -> new RetailException(
                                OrderError.BODY_LOST, "no revision was sent as number " + key.sequence()));
        if (!Arrays.equals(MessageSender.sha256(body), logged.bodyHash())) {
            throw new RetailException(
                    OrderError.BODY_LOST,
                    "number " + key.sequence() + " of " + key.businessKey() + " has another hash");
        }
        return body;
    }

    private static Envelope withBody(Envelope message, String body) {
        return new Envelope(
                message.messageId(),
                message.type(),
                message.tenant(),
                message.businessKey(),
                message.sequence(),
                message.traceparent(),
                message.causedBy(),
                message.channel(),
                body);
    }
}
