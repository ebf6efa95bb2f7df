package org.retailhub.platform.runtime.server;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import jakarta.jms.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * The broker that several servers share, in a process of its own. What an embedded broker shows by being configured at all (its
 * queues, its disk), this one has to be asked for. All questions are outside any transaction.
 */
public final class ExternalBroker {
    private static final Logger LOG = Logger.getLogger(ExternalBroker.class);
    /** Set by wildfly-config/src/broker/external.cli. */
    private static final String PROPERTY = "retailhub.broker";

    private static final String MANAGEMENT = "java:/jms/queue/activemq.management";
    /** After a power cut all machines start at once, and the broker may be the last. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Pattern NUMBER = Pattern.compile("\\[\\s*([0-9.Ee+-]+)\\s*]");

    private final ConnectionFactory factory;
    private final Duration patience;

    ExternalBroker(ConnectionFactory factory, Duration patience) {
        this.factory = factory;
        this.patience = patience;
    }

    /** Empty where the broker is part of the server. */
    public static Optional<ExternalBroker> ofThisServer(ConnectionFactory factory) {
        return "external".equals(System.getProperty(PROPERTY))
                ? Optional.of(new ExternalBroker(factory, PATIENCE))
                : Optional.empty();
    }

    /**
     * Waits for the broker, a minute at most.
     *
     * @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} with the cure, if it does not answer or lacks one of these
     */
    public void require(Collection<? extends Destination> destinations) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                look(destinations);
                return;
            } catch (JMSSecurityException e) {
                throw notFit(
                        "the broker does not let this server in: " + e.getMessage()
                                + ". Give both the same RETAIL_BROKER_PASSWORD.",
                        e);
            } catch (JMSException e) {
                if (System.nanoTime() - end >= 0) {
                    throw notFit(
                            "the broker does not answer: " + e.getMessage()
                                    + ". Start it, or say where it is (RETAIL_BROKER_HOST, RETAIL_BROKER_PORT).",
                            e);
                }
                LOG.debugf("RUN-3002 the broker does not answer yet: %s", e.getMessage());
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }
    }

    private void look(Collection<? extends Destination> destinations) throws JMSException {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession()) {
            for (Destination each : destinations) {
                try {
                    look(session, each);
                } catch (InvalidDestinationException e) {
                    throw notFit(
                            "the queue or topic '" + name(each)
                                    + "' is missing at the broker. Bring the broker up to date (wildfly-config/broker.sh), then start"
                                    + " this server again.",
                            e);
                }
            }
        }
    }

    /** Takes nothing and leaves nothing: a browser names its queue, a producer its address. */
    private static void look(Session session, Destination destination) throws JMSException {
        if (destination instanceof Queue queue) {
            try (QueueBrowser browser = session.createBrowser(queue)) {
                browser.getEnumeration();
            }
        } else {
            session.createProducer(destination).close();
        }
    }

    private static String name(Destination destination) throws JMSException {
        return destination instanceof Queue queue ? queue.getQueueName() : ((Topic) destination).getTopicName();
    }

    private static RetailException notFit(String why, JMSException cause) {
        return new RetailException(RuntimeError.SERVER_NOT_FIT, why, cause);
    }

    /** How full the disk of its journal is; empty if it does not say. */
    OptionalLong diskUsedPercent() {
        OptionalDouble used = ask("diskStoreUsage");
        return used.isPresent() ? OptionalLong.of(Math.round(100 * used.getAsDouble())) : OptionalLong.empty();
    }

    /** On all its queues; empty if it does not say. */
    OptionalLong messagesWaiting() {
        OptionalDouble waiting = ask("totalMessageCount");
        return waiting.isPresent() ? OptionalLong.of((long) waiting.getAsDouble()) : OptionalLong.empty();
    }

    /** @param attribute one of those that broker.sh lets a server read */
    private OptionalDouble ask(String attribute) {
        try (Connection connection = factory.createConnection();
                Session session = connection.createSession()) {
            connection.start();
            TemporaryQueue answers = session.createTemporaryQueue();
            try {
                Message question = session.createMessage();
                question.setStringProperty("_AMQ_ResourceName", "broker");
                question.setStringProperty("_AMQ_Attribute", attribute);
                question.setJMSReplyTo(answers);
                session.createProducer(InitialContext.<Queue>doLookup(MANAGEMENT))
                        .send(question);
                try (MessageConsumer consumer = session.createConsumer(answers)) {
                    return number(attribute, consumer.receive(ANSWER.toMillis()));
                }
            } finally {
                answers.delete();
            }
        } catch (JMSException | NamingException e) {
            LOG.debugf("RUN-3002 the broker does not tell its %s: %s", attribute, e.getMessage());
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble number(String attribute, Message answer) throws JMSException {
        String body = answer == null ? "" : answer.getBody(String.class);
        Matcher number = NUMBER.matcher(body);
        if (answer == null || !answer.getBooleanProperty("_AMQ_OperationSucceeded") || !number.matches()) {
            LOG.debugf("RUN-3002 the broker does not tell its %s: %s", attribute, body);
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Double.parseDouble(number.group(1)));
    }
}
