package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The promise: a step is repeated whatever it throws, only while the server takes work, and not after close has returned. */
class LoopTest {
    private final List<Thread> threads = new ArrayList<>();

    private Loop start(Loop.Step step, AtomicBoolean open) {
        return Loop.start(
                step,
                run -> {
                    Thread thread = new Thread(run);
                    threads.add(thread);
                    return thread;
                },
                open::get);
    }

    private static Loop.Step step(String name, Runnable work) {
        return new Loop.Step() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Loop.Next step() {
                work.run();
                return Loop.Next.after(Duration.ofMillis(1));
            }
        };
    }

    @Test
    void goesOnAfterAnExceptionAndAfterAnError() throws Exception {
        AtomicInteger steps = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        try (Loop loop = start(
                step("sick", () -> {
                    third.countDown();
                    switch (steps.incrementAndGet()) {
                        case 1 -> throw new IllegalStateException("a bug");
                        case 2 -> throw new NoClassDefFoundError("gone");
                        default -> {}
                    }
                }),
                new AtomicBoolean(true))) {
            assertTrue(third.await(10, TimeUnit.SECONDS), "ended after " + steps + " steps");
        }
    }

    @Test
    void waitsUntilTheServerTakesWork() throws Exception {
        AtomicBoolean open = new AtomicBoolean();
        CountDownLatch stepped = new CountDownLatch(1);
        try (Loop loop = start(step("waiting", stepped::countDown), open)) {
            assertFalse(stepped.await(500, TimeUnit.MILLISECONDS));
            open.set(true);
            assertTrue(stepped.await(10, TimeUnit.SECONDS));
        }
    }

    /** As the call of a bean that waits for the start of a deployment that has failed. */
    @Test
    void interruptsAStepThatDoesNotEnd() throws Exception {
        CountDownLatch stepped = new CountDownLatch(1);
        Loop loop = start(
                step("stuck", () -> {
                    stepped.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }),
                new AtomicBoolean(true));
        assertTrue(stepped.await(10, TimeUnit.SECONDS));
        loop.close(Duration.ofMillis(200));
        threads.get(0).join(10_000);
        assertFalse(threads.get(0).isAlive());
    }

    @Test
    void takesItsNameAndStepsNoMoreWhenClosed() throws Exception {
        List<String> names = new CopyOnWriteArrayList<>();
        CountDownLatch stepped = new CountDownLatch(1);
        Loop loop = start(
                step("named", () -> {
                    names.add(Thread.currentThread().getName());
                    stepped.countDown();
                }),
                new AtomicBoolean(true));
        assertTrue(stepped.await(10, TimeUnit.SECONDS));
        loop.close();
        int before = names.size();
        threads.get(0).join(10_000);
        assertFalse(threads.get(0).isAlive());
        assertEquals(before, names.size());
        assertEquals("named", names.get(0));
    }
}
