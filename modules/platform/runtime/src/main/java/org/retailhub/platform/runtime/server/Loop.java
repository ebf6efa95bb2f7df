package org.retailhub.platform.runtime.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.runtime.sql.SqlFailures;

/**
 * A thread that repeats one step as long as the server takes work: it pauses while the server starts or is suspended, and stops
 * within one step.
 */
public final class Loop implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Loop.class);
    private static final long LONGEST_BACK_OFF_MILLIS = 5_000;
    private static final Duration LONGEST_STEP = Duration.ofSeconds(20);

    /** What is repeated. A step opens and ends its own transaction. */
    public interface Step {
        /** Also the thread's name, by which logs, profiles and fault injection know the flow. */
        String name();

        /** Once before the first step, again until it succeeds. */
        default void prepare() {}

        Next step();
    }

    /** When to go on. */
    public record Next(Duration pause, boolean failed) {
        public static Next atOnce() {
            return new Next(Duration.ZERO, false);
        }

        public static Next after(Duration pause) {
            return new Next(pause, false);
        }

        /** Longer each time it is given in a row, with jitter. */
        public static Next backOff() {
            return new Next(Duration.ZERO, true);
        }
    }

    private final Step step;
    private final BooleanSupplier serverTakesWork;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Thread thread;

    private Loop(Step step, BooleanSupplier serverTakesWork) {
        this.step = step;
        this.serverTakesWork = serverTakesWork;
    }

    public static Loop start(Step step, ThreadFactory threads, BooleanSupplier serverTakesWork) {
        Loop loop = new Loop(step, serverTakesWork);
        Thread thread = threads.newThread(loop::run);
        loop.thread = thread;
        thread.start();
        return loop;
    }

    private void run() {
        Thread.currentThread().setName(step.name());
        boolean prepared = false;
        int failures = 0;
        try {
            while (stop.getCount() > 0) {
                Next next;
                if (!serverTakesWork.getAsBoolean()) {
                    next = Next.after(Duration.ofMillis(200));
                } else {
                    try {
                        if (!prepared) {
                            step.prepare();
                            prepared = true;
                        }
                        next = step.step();
                    } catch (RuntimeException e) {
                        next = failed(e);
                    } catch (Error e) {
                        // Out of memory, a class that is not there: a loop that ends by it would end for good, and in
                        // silence.
                        LOG.errorf(e, "RUN-9999 %s failed", step.name());
                        next = Next.backOff();
                    }
                }
                failures = next.failed() ? failures + 1 : 0;
                long millis = next.failed() ? backOff(failures) : next.pause().toMillis();
                if (millis > 0 && stop.await(millis, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private Next failed(RuntimeException failure) {
        if (SqlFailures.isDependencyDown(failure)) {
            LOG.warnf("RUN-3001 %s backs off: %s", step.name(), failure.getMessage());
        } else {
            LOG.errorf(failure, "RUN-9999 %s failed", step.name());
        }
        return Next.backOff();
    }

    private static long backOff(int failures) {
        long bound = Math.min(LONGEST_BACK_OFF_MILLIS, 100L << Math.min(failures, 6));
        return bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1);
    }

    /** Ends after the step at work; waits for it up to 20 s, then interrupts it. */
    @Override
    public void close() {
        close(LONGEST_STEP);
    }

    /**
     * A step that asks a module which never started waits for its start, and the server's undeploying for the step: somebody has to end
     * it.
     */
    void close(Duration patience) {
        stop.countDown();
        try {
            Thread stuck = thread;
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS) && stuck != null) {
                LOG.warnf("RUN-5001 %s did not end in time and is interrupted", step.name());
                stuck.interrupt();
                ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
