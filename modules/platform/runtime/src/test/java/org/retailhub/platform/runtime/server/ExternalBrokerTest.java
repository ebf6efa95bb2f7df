package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Destination;
import jakarta.jms.InvalidDestinationException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import jakarta.jms.Topic;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** The promise: a server at a broker elsewhere starts when the broker has what it needs, and otherwise says what is missing. */
class ExternalBrokerTest {
    private final Queue queue = proxy(Queue.class, (method, arguments) -> "order.commands");
    private final Topic topic = proxy(Topic.class, (method, arguments) -> "erp.events");
    private final Set<Destination> there = new HashSet<>(Set.of(queue, topic));
    private final Deque<JMSException> refusals = new ArrayDeque<>();

    @Test
    void startsWhenTheBrokerHasAll() {
        assertDoesNotThrow(this::require);
    }

    @Test
    void namesTheQueueThatIsMissing() {
        there.remove(queue);
        String why = refusal();
        assertTrue(why.contains("'order.commands' is missing at the broker"), why);
        assertTrue(why.contains("broker.sh"), why);
    }

    @Test
    void namesTheTopicThatIsMissing() {
        there.remove(topic);
        assertTrue(refusal().contains("'erp.events' is missing"));
    }

    @Test
    void waitsForABrokerThatStartsLater() {
        refusals.add(new JMSException("connection refused"));
        assertDoesNotThrow(this::require);
        assertTrue(refusals.isEmpty());
    }

    @Test
    void doesNotWaitForEver() {
        for (int i = 0; i < 100; i++) {
            refusals.add(new JMSException("connection refused"));
        }
        String why = refusal();
        assertTrue(why.contains("does not answer: connection refused"), why);
        assertTrue(why.contains("RETAIL_BROKER_HOST"), why);
    }

    @Test
    void doesNotWaitWhereThePasswordIsWrong() {
        refusals.add(new JMSSecurityException("unable to validate user"));
        refusals.add(new JMSException("not asked again"));
        assertTrue(refusal().contains("RETAIL_BROKER_PASSWORD"));
        assertEquals(1, refusals.size());
    }

    private void require() {
        new ExternalBroker(factory(), Duration.ofMillis(600)).require(List.of(queue, topic));
    }

    private String refusal() {
        RetailException refusal = assertThrows(RetailException.class, this::require);
        assertEquals(RuntimeError.SERVER_NOT_FIT, refusal.code());
        return refusal.getMessage();
    }

    private ConnectionFactory factory() {
        QueueBrowser browser = proxy(QueueBrowser.class, (method, arguments) -> null);
        MessageProducer producer = proxy(MessageProducer.class, (method, arguments) -> null);
        Session session = proxy(Session.class, (method, arguments) -> switch (method) {
            case "createBrowser" -> found((Destination) arguments[0], browser);
            case "createProducer" -> found((Destination) arguments[0], producer);
            default -> null;
        });
        Connection connection = proxy(Connection.class, (method, arguments) -> session);
        return proxy(ConnectionFactory.class, (method, arguments) -> {
            if (!refusals.isEmpty()) {
                throw refusals.remove();
            }
            return connection;
        });
    }

    private <T> T found(Destination destination, T result) throws JMSException {
        if (!there.contains(destination)) {
            throw new InvalidDestinationException("no such destination");
        }
        return result;
    }

    private interface Call {
        Object answer(String method, Object[] arguments) throws JMSException;
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, Call call) {
        return (T) Proxy.newProxyInstance(
                ExternalBrokerTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> self == arguments[0];
                    case "toString", "close", "start" -> null;
                    default -> call.answer(method.getName(), arguments);
                });
    }
}
