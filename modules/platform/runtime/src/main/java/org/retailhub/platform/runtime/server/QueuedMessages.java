package org.retailhub.platform.runtime.server;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.logging.Logger;

/**
 * What this server's broker holds in the hub's queues, by the server's management beans; what was set aside in a {@code .dead} one waits for
 * nobody. Negative if it cannot be told. Finding the queues goes through the server's whole model: once a minute. One thread at a time.
 */
final class QueuedMessages implements LongSupplier {
    private static final Logger LOG = Logger.getLogger(QueuedMessages.class);
    private static final String QUEUES = "jboss.as:subsystem=messaging-activemq,server=default,jms-queue=*";
    private static final long KEEP_NANOS = 60_000_000_000L;

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private volatile Set<ObjectName> queues = Set.of();
    private volatile long foundAt = System.nanoTime() - KEEP_NANOS;

    @Override
    public long getAsLong() {
        try {
            long now = System.nanoTime();
            if (now - foundAt >= KEEP_NANOS) {
                queues = beans.queryNames(new ObjectName(QUEUES), null);
                foundAt = now;
            }
            long sum = 0;
            for (ObjectName queue : queues) {
                if (!queue.getKeyProperty("jms-queue").endsWith(".dead")) {
                    sum += ((Number) beans.getAttribute(queue, "messageCount")).longValue();
                }
            }
            return queues.isEmpty() ? -1 : sum;
        } catch (JMException | RuntimeException e) {
            LOG.debugf("the queues cannot be counted: %s", e.getMessage());
            foundAt = System.nanoTime() - KEEP_NANOS;
            return -1;
        }
    }
}
