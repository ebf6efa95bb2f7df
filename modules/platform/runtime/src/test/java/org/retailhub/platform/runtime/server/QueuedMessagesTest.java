package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

/** By beans of our own under the names that the server gives to its queues. */
class QueuedMessagesTest {
    private static final long MINUTE = 60_000_000_000L;

    private final MBeanServer beans = MBeanServerFactory.newMBeanServer();
    private long now = 7;
    private final QueuedMessages queued = new QueuedMessages(beans, () -> now);

    public interface QueueMBean {
        long getmessageCount();
    }

    private record Queue(long getmessageCount) implements QueueMBean {}

    private ObjectName queue(String name, long messages) throws Exception {
        ObjectName bean = new ObjectName("jboss.as:subsystem=messaging-activemq,server=default,jms-queue=" + name);
        beans.registerMBean(new StandardMBean(new Queue(messages), QueueMBean.class), bean);
        return bean;
    }

    @Test
    void countsWhatWaitsButNotWhatWasSetAside() throws Exception {
        assertEquals(-1, queued.getAsLong(), "there is no broker");
        queue("order.commands", 3);
        queue("erp.postings.idempiere", 4);
        queue("order.commands.dead", 100);
        assertEquals(7, queued.getAsLong());
    }

    @Test
    void findsAQueueThatIsNewAfterAMinuteAndLaterWithinAnHour() throws Exception {
        queue("a", 1);
        queued.getAsLong();
        queue("b", 2);
        now += MINUTE;
        assertEquals(3, queued.getAsLong());
        for (int look = 0; look < 10; look++) {
            now += 60 * MINUTE;
            queued.getAsLong();
        }
        queue("c", 4);
        now += 59 * MINUTE;
        assertEquals(3, queued.getAsLong());
        now += MINUTE;
        assertEquals(7, queued.getAsLong());
    }

    @Test
    void findsThemAnewAfterOneWasTakenAway() throws Exception {
        ObjectName gone = queue("a", 1);
        queue("b", 2);
        queued.getAsLong();
        beans.unregisterMBean(gone);
        assertEquals(-1, queued.getAsLong());
        assertEquals(2, queued.getAsLong());
    }
}
