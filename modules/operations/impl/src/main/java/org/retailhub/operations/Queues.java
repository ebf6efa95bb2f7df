package org.retailhub.operations;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import org.jboss.logging.Logger;

/**
 * How many messages lie on each queue of this server's broker, as the console shows it. Finding the queues goes through the server's whole
 * model, which takes a second: again after a minute, since the server may just have begun, then ever less often, up to an hour, and at once
 * where one that was known is gone.
 */
public final class Queues {
    private static final Logger LOG = Logger.getLogger(Queues.class);
    private static final String PATTERN = "jboss.as:subsystem=messaging-activemq,server=default,jms-queue=*";
    private static final long MINUTE = 60_000_000_000L;
    private static final long HOUR = 60 * MINUTE;

    /**
     * @param messages that lie there
     * @param added since the broker started
     */
    public record Depth(long messages, long added) {
        /** How many have left it. */
        long taken() {
            return added - messages;
        }
    }

    private final MBeanServerConnection beans;
    private final LongSupplier nanoClock;
    private Set<ObjectName> found = Set.of();
    private long foundAt;
    private long keep;

    public Queues() {
        this(ManagementFactory.getPlatformMBeanServer(), System::nanoTime);
    }

    Queues(MBeanServerConnection beans, LongSupplier nanoClock) {
        this.beans = beans;
        this.nanoClock = nanoClock;
    }

    /** By name; empty if the broker does not say. */
    public synchronized Map<String, Depth> now() {
        Map<String, Depth> depths = new TreeMap<>();
        try {
            for (ObjectName each : queues()) {
                depths.put(
                        each.getKeyProperty("jms-queue").replace("\"", ""),
                        new Depth(number(each, "messageCount"), number(each, "messagesAdded")));
            }
        } catch (JMException | IOException e) {
            // One may have been taken away, or the broker begins: found anew at the next look.
            found = Set.of();
            LOG.debugf("queues cannot be read: %s", e.getMessage());
        }
        return depths;
    }

    private Set<ObjectName> queues() throws JMException, IOException {
        long now = nanoClock.getAsLong();
        boolean none = found.isEmpty();
        if (none || now - foundAt >= keep) {
            found = beans.queryNames(new ObjectName(PATTERN), null);
            foundAt = now;
            keep = none ? MINUTE : Math.min(HOUR, 2 * keep);
        }
        return found;
    }

    private long number(ObjectName queue, String attribute) throws JMException, IOException {
        return ((Number) beans.getAttribute(queue, attribute)).longValue();
    }
}
