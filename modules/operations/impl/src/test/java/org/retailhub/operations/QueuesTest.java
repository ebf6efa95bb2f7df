package org.retailhub.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** By beans of our own under the names that the server gives to its queues. */
class QueuesTest {
    private static final long MINUTE = 60_000_000_000L;

    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private long now = 7;
    private final Queues queues = new Queues(beans, () -> now);

    public interface QueueMBean {
        long getmessageCount();

        long getmessagesAdded();
    }

    private record Queue(long getmessageCount, long getmessagesAdded) implements QueueMBean {}

    private ObjectName queue(String name, long messages, long added) throws Exception {
        ObjectName bean = new ObjectName("jboss.as:subsystem=messaging-activemq,server=default,jms-queue=" + name);
        beans.registerMBean(new javax.management.StandardMBean(new Queue(messages, added), QueueMBean.class), bean);
        return bean;
    }

    @Test
    void tellsWhatLiesOnEachQueueAndHowManyHaveLeftIt() throws Exception {
        queue("\"order.commands\"", 3, 10);
        assertEquals(Map.of("order.commands", new Queues.Depth(3, 10)), queues.now());
        assertEquals(7, queues.now().get("order.commands").taken());
    }

    @Test
    void findsAQueueThatIsNewAfterAMinuteAndLaterWithinAnHour() throws Exception {
        queue("a", 1, 1);
        queues.now();
        queue("b", 2, 2);
        now += MINUTE;
        assertEquals(2, queues.now().size());
        for (int look = 0; look < 10; look++) {
            now += 60 * MINUTE;
            queues.now();
        }
        queue("c", 3, 3);
        now += 59 * MINUTE;
        assertEquals(2, queues.now().size());
        now += MINUTE;
        assertEquals(3, queues.now().size());
    }

    @Test
    void findsThemAnewAfterOneWasTakenAway() throws Exception {
        ObjectName gone = queue("a", 1, 1);
        queue("b", 2, 2);
        queues.now();
        beans.unregisterMBean(gone);
        queues.now();
        assertEquals(Map.of("b", new Queues.Depth(2, 2)), queues.now());
    }
}
