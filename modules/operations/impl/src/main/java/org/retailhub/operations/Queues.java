package org.retailhub.operations;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.logging.Logger;

/** How many messages lie on each queue of this server's broker, as the console shows it. */
public final class Queues {
    private static final Logger LOG = Logger.getLogger(Queues.class);
    private static final String PATTERN = "jboss.as:subsystem=messaging-activemq,server=default,jms-queue=*";

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

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

    /** By name; empty if the broker does not say. */
    public Map<String, Depth> now() {
        Map<String, Depth> depths = new TreeMap<>();
        try {
            for (ObjectName each : beans.queryNames(new ObjectName(PATTERN), null)) {
                depths.put(
                        each.getKeyProperty("jms-queue").replace("\"", ""),
                        new Depth(number(each, "messageCount"), number(each, "messagesAdded")));
            }
        } catch (JMException e) {
            LOG.debugf("queues cannot be read: %s", e.getMessage());
        }
        return depths;
    }

    private long number(ObjectName queue, String attribute) throws JMException {
        return ((Number) beans.getAttribute(queue, attribute)).longValue();
    }
}
