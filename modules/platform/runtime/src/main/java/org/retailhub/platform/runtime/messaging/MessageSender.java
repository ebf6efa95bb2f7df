package org.retailhub.platform.runtime.messaging;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSProducer;
import jakarta.jms.TextMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.server.ExternalBroker;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Sends messages and logs them, both in the caller's transaction (XA): a fact, its messages and its log rows are there
 * together or not at all.
 *
 * <p>The caller numbers each message under its aggregate's lock; two messages with one number fail on the log's key.
 */
public final class MessageSender {
    private final Database database;
    private final ConnectionFactory factory;
    private final Map<String, Destination> destinations;
    private final Clock clock;

    /**
     * @param destinations by name; sending to a name that is not here is a bug
     * @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} if a broker elsewhere lacks one of them
     */
    public MessageSender(
            Database database, ConnectionFactory factory, Map<String, Destination> destinations, Clock clock) {
        this.database = database;
        this.factory = factory;
        this.destinations = Map.copyOf(destinations);
        this.clock = clock;
        ExternalBroker.ofThisServer(factory).ifPresent(broker -> broker.require(destinations.values()));
    }

    /** Log rows first, then the messages, so that the database is enlisted before the broker. */
    public void send(List<OutboundMessage> messages) {
        if (messages.isEmpty()) {
            return;
        }
        log(messages);
        put(messages);
    }

    /**
     * Puts messages that the log already knows on their queue once more. The consumer's inbox drops those it has handled.
     */
    public void sendAgain(List<OutboundMessage> messages) {
        if (!messages.isEmpty()) {
            put(messages);
        }
    }

    /** Messages about messages: without key and number, not logged, never sent again. */
    void tell(String destination, String type, List<String> bodies) {
        try (JMSContext context = factory.createContext()) {
            JMSProducer producer = context.createProducer();
            for (String body : bodies) {
                TextMessage message = context.createTextMessage(body);
                message.setJMSType(type);
                producer.send(destination(destination), message);
            }
        } catch (JMSException e) {
            throw new RetailException(RuntimeError.BROKER_DOWN, e.getMessage(), e);
        }
    }

    private Destination destination(String name) {
        Destination destination = destinations.get(name);
        if (destination == null) {
            throw new RetailException(RuntimeError.BUG, "not a destination of mine: " + name);
        }
        return destination;
    }

    private void put(List<OutboundMessage> messages) {
        try (JMSContext context = factory.createContext()) {
            JMSProducer producer = context.createProducer();
            for (OutboundMessage message : messages) {
                producer.send(destination(message.destination()), toJms(context, message.envelope()));
            }
        } catch (JMSException e) {
            throw new RetailException(RuntimeError.BROKER_DOWN, e.getMessage(), e);
        }
    }

    private static TextMessage toJms(JMSContext context, Envelope envelope) throws JMSException {
        TextMessage message = context.createTextMessage(envelope.body());
        message.setJMSType(envelope.type());
        message.setStringProperty("messageId", envelope.messageId());
        message.setStringProperty("tenant", envelope.tenant());
        message.setStringProperty("businessKey", envelope.businessKey());
        message.setLongProperty("sequence", envelope.sequence());
        message.setStringProperty("traceparent", envelope.traceparent());
        message.setStringProperty("causedBy", envelope.causedBy());
        message.setStringProperty("channel", envelope.channel());
        return message;
    }

    private void log(List<OutboundMessage> messages) {
        int n = messages.size();
        String[][] columns = new String[9][n];
        Long[] sequences = new Long[n];
        byte[][] hashes = new byte[n][];
        for (int i = 0; i < n; i++) {
            OutboundMessage message = messages.get(i);
            Envelope envelope = message.envelope();
            columns[0][i] = message.destination();
            columns[1][i] = envelope.businessKey();
            sequences[i] = envelope.sequence();
            columns[2][i] = envelope.messageId();
            columns[3][i] = envelope.type();
            columns[4][i] = envelope.tenant();
            columns[5][i] = envelope.channel();
            columns[6][i] = envelope.traceparent();
            columns[7][i] = envelope.causedBy();
            hashes[i] = sha256(envelope.body());
            columns[8][i] = message.keepBody() ? envelope.body() : null;
        }
        database.update(
                """
                insert into sent_message (destination, business_key, sequence, message_id, type, tenant, channel, traceparent,
                  caused_by, body_hash, body, sent_at, sent_xid)
                select *, ?, pg_current_xact_id()::text::bigint from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                clock.instant(),
                columns[0],
                columns[1],
                sequences,
                columns[2],
                columns[3],
                columns[4],
                columns[5],
                columns[6],
                columns[7],
                hashes,
                columns[8]);
    }

    /** SHA-256 of the text in UTF-8, as the sent log keeps it. */
    public static byte[] sha256(String body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
