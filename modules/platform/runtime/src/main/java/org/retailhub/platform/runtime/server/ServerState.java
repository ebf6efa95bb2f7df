package org.retailhub.platform.runtime.server;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jboss.logging.Logger;

/**
 * Whether this server takes work: it is up (all WARs deployed), not suspended, and not fenced. Asked by loops before each step;
 * looked up once a second. A change of the configuration that waits for a reload stops nothing.
 *
 * <p>The fence is a file, not a row: after a restore no store may be believed, and it has to hold from the first second of a boot.
 */
public final class ServerState {
    private static final Logger LOG = Logger.getLogger(ServerState.class);
    private static final long KEEP_NANOS = 1_000_000_000L;

    private static final ObjectName STATE = name();

    private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    private final Path fence;
    private volatile boolean fenced;
    private volatile boolean takesWork;
    private final AtomicLong askedAt = new AtomicLong(System.nanoTime() - KEEP_NANOS);

    /** @param fence while this file exists, nothing is drained and nothing is taken in */
    public ServerState(Path fence) {
        this.fence = fence;
        this.fenced = Files.exists(fence);
    }

    public boolean takesWork() {
        refresh();
        return takesWork;
    }

    /** Whether an operator holds everything back after a restore, until the stores are compared. */
    public boolean isFenced() {
        refresh();
        return fenced;
    }

    private void refresh() {
        long now = System.nanoTime();
        long last = askedAt.get();
        if (now - last >= KEEP_NANOS && askedAt.compareAndSet(last, now)) {
            boolean isFenced = Files.exists(fence);
            if (isFenced != fenced) {
                LOG.warnf(isFenced ? "RUN-5002 fenced: %s exists" : "RUN-5002 the fence is gone: %s", fence);
            }
            fenced = isFenced;
            takesWork = !isFenced && ask();
        }
    }

    private boolean ask() {
        try {
            // A bean of its own: the same by the management model would be two management operations.
            return "normal".equals(String.valueOf(beans.getAttribute(STATE, "RunningState")));
        } catch (JMException e) {
            LOG.debugf("server state not readable yet: %s", e.getMessage());
            return false;
        }
    }

    private static ObjectName name() {
        try {
            return new ObjectName("jboss.root:type=state");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
