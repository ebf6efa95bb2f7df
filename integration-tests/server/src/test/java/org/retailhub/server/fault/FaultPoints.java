package org.retailhub.server.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the rules of {@code fault-points.btm} call in the server's JVM. Each place that a thread with work reaches is a point:
 * {@code flow | branch | phase}. New points are appended to the file {@code points} (anew when the file {@code forget} appears); if the file {@code armed} names the point, the
 * JVM ends there, or the thread waits there until the file {@code released} appears.
 */
public class FaultPoints {
    private static final Path FOLDER = Path.of(System.getProperty("org.retailhub.server.faults"));
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static final ThreadLocal<Boolean> WORKS = new ThreadLocal<>();
    private static final ThreadLocal<String> TASK = new ThreadLocal<>();
    private static final ThreadLocal<String> BRANCH = new ThreadLocal<>();
    private static final Map<String, Integer> HITS = new HashMap<>();

    /** A transaction begins on this thread. */
    public void begins() {
        WORKS.remove();
        TASK.remove();
    }

    /** This thread has written something: from here on its points count. */
    public void works() {
        WORKS.set(Boolean.TRUE);
    }

    /** The drain has taken something out of the hospital. */
    public void treats(Collection<?> keys) {
        if (!keys.isEmpty()) {
            TASK.set(" (release)");
        }
    }

    /** Whether a collection has something in it. */
    public boolean some(Object collection) {
        return collection instanceof Collection<?> c && !c.isEmpty();
    }

    /** A point of one XA branch. */
    public void branch(Object record, String phase) {
        String branch = branchOf(record);
        BRANCH.set(branch);
        point(branch, phase);
    }

    /** A point of the branch that this thread reached last. */
    public void sameBranch(String phase) {
        point(BRANCH.get(), phase);
    }

    /** A point that is none of a branch. */
    public void point(String branch, String phase) {
        String thread = Thread.currentThread().getName();
        String flow = flowOf(thread);
        if (WORKS.get() == null && !flow.equals("http")) {
            return;
        }
        String point = flow + (TASK.get() == null ? "" : TASK.get()) + " | " + branch + " | " + phase;
        if (Files.exists(FOLDER.resolve("forget"))) {
            forget();
        }
        if (SEEN.add(point)) {
            append("points", point);
        }
        if (Files.exists(FOLDER.resolve("armed"))) {
            fire(point);
        }
    }

    private static synchronized void forget() {
        try {
            if (Files.deleteIfExists(FOLDER.resolve("forget"))) {
                Files.deleteIfExists(FOLDER.resolve("points"));
                SEEN.clear();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fire(String point) {
        String action;
        synchronized (HITS) {
            List<String> armed;
            try {
                armed = Files.readAllLines(FOLDER.resolve("armed"), StandardCharsets.UTF_8);
            } catch (IOException e) {
                return;
            }
            if (!point.equals(armed.get(0))) {
                return;
            }
            int hit = HITS.merge(armed.get(3), 1, Integer::sum);
            if (hit != Integer.parseInt(armed.get(1))) {
                return;
            }
            action = armed.get(2);
            try {
                Files.move(FOLDER.resolve("armed"), FOLDER.resolve("fired"), StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (action.equals("halt")) {
                Runtime.getRuntime().halt(137);
            }
        }
        long until = System.nanoTime() + 60_000_000_000L;
        while (!Files.exists(FOLDER.resolve("released")) && System.nanoTime() - until < 0) {
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Thread names without what is particular to a thread. */
    private static String flowOf(String thread) {
        if (thread.startsWith("default task-") || thread.startsWith("default I/O-")) {
            return "http";
        }
        return thread.replaceAll("[-#]\\d+$", "");
    }

    private static String branchOf(Object record) {
        Object resource = call(record, "value");
        String jndi = String.valueOf(call(resource == null ? record : resource, "getJndiName"));
        if (jndi.equals("null")) {
            jndi = String.valueOf(call(record, "getJndiName"));
        }
        if (jndi.contains("/retail/")) {
            return jndi.substring(jndi.lastIndexOf('/') + 1);
        }
        String product = String.valueOf(call(record, "getProductName"));
        String what = jndi + " " + product + " "
                + (resource == null ? "" : resource.getClass().getName());
        if (what.matches("(?is).*(jms|activemq|artemis).*")) {
            return "broker";
        }
        return what.replaceAll("NodeId:\\S+", "").replace('|', '/').strip();
    }

    private static Object call(Object target, String method) {
        try {
            return target.getClass().getMethod(method).invoke(target);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    private static void append(String file, String line) {
        try {
            Files.writeString(
                    FOLDER.resolve(file),
                    line + "\n",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Switches the sequence guard off: makes the inbox believe that the lowest number in hand is always the next.
     *
     * @param batch the drain's batch, with its inbox lines
     * @param received what came from the queue
     */
    public void forgetSequence(Object batch, Collection<?> received) throws ReflectiveOperationException {
        Map<?, ?> lines = (Map<?, ?>) read(batch, "lines");
        Map<Object, Long> lowest = new HashMap<>();
        for (Object each : received) {
            Object envelope = invoke(each, "envelope");
            lowest.merge(invoke(envelope, "businessKey"), (Long) invoke(envelope, "sequence"), Math::min);
        }
        for (Map.Entry<Object, Long> each : lowest.entrySet()) {
            Object line = lines.get(each.getKey());
            Field last = line.getClass().getDeclaredField("lastSequence");
            last.setAccessible(true);
            last.setLong(line, each.getValue() - 1);
        }
    }

    private static Object read(Object target, String field) throws ReflectiveOperationException {
        Field found = target.getClass().getDeclaredField(field);
        found.setAccessible(true);
        return found.get(target);
    }

    private static Object invoke(Object target, String method) throws ReflectiveOperationException {
        var found = target.getClass().getDeclaredMethod(method);
        found.setAccessible(true);
        return found.invoke(target);
    }
}
