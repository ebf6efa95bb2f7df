package org.retailhub.platform.runtime.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.jboss.logging.Logger;

/**
 * What this server's broker holds in the hub's queues, by the server's management beans; what was set aside in a {@code .dead} one waits for
 * nobody. Negative if it cannot be told. One thread at a time.
 *
 * <p>Finding the queues goes through the server's whole model, which takes a second: again after a minute, since the server may just have
 * begun, then ever less often, up to an hour, and at once where one that was known is gone.
 */
final class QueuedMessages implements LongSupplier {
    private static final Logger LOG = Logger.getLogger(QueuedMessages.class);
    private static final String QUEUES = "jboss.as:subsystem=messaging-activemq,server=default,jms-queue=*";
    private static final long MINUTE = 60_000_000_000L;
    private static final long HOUR = 60 * MINUTE;

    private final MBeanServerConnection beans;
    private final LongSupplier nanoClock;
    private volatile Set<ObjectName> queues = Set.of();
    private volatile long foundAt;
    private volatile long keep;

    QueuedMessages() {
        this(ManagementFactory.getPlatformMBeanServer(), System::nanoTime);
    }

    QueuedMessages(MBeanServerConnection beans, LongSupplier nanoClock) {
        this.beans = beans;
        this.nanoClock = nanoClock;
    }

    @Override
    public long getAsLong() {
        try {
            find(nanoClock.getAsLong());
            long sum = 0;
            for (ObjectName queue : queues) {
                if (!queue.getKeyProperty("jms-queue").endsWith(".dead")) {
                    sum += ((Number) beans.getAttribute(queue, "messageCount")).longValue();
                }
            }
            return queues.isEmpty() ? -1 : sum;
        } catch (JMException | IOException | RuntimeException e) {
            LOG.debugf("the queues cannot be counted: %s", e.getMessage());
            queues = Set.of();
            return -1;
        }
    }

    private void find(long now) throws JMException, IOException {
        boolean none = queues.isEmpty();
        if (none || now - foundAt >= keep) {
            queues = beans.queryNames(new ObjectName(QUEUES), null);
            foundAt = now;
            keep = none ? MINUTE : Math.min(HOUR, 2 * keep);
        }
    }
}
