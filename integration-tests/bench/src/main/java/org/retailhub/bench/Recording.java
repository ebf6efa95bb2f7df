package org.retailhub.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/** A flight recording of the server while a figure is taken, and what it says in a page of text. */
final class Recording {
    private static final int SHOWN = 40;
    private static final String NAME = "bench";

    private final long server;
    private final Path file;

    /** @param file taken over by the server: it must be able to write it */
    Recording(long server, Path file) {
        this.server = server;
        this.file = file.toAbsolutePath();
    }

    void start() throws IOException, InterruptedException {
        jcmd("JFR.start", "name=" + NAME, "settings=profile");
    }

    void stop() throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        jcmd("JFR.stop", "name=" + NAME, "filename=" + file);
    }

    private void jcmd(String... arguments) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command = new java.util.ArrayList<>(
                List.of(Files.exists(jcmd) ? jcmd.toString() : "jcmd", Long.toString(server)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0 || output.contains("Could not")) {
            throw new IOException("jcmd says: " + output);
        }
    }

    /** Samples by group of threads, by the method on top, by the first method of ours on the stack; then waits and pauses. */
    String summary() throws IOException {
        Map<String, Integer> threads = new TreeMap<>();
        Map<String, Integer> top = new TreeMap<>();
        Map<String, Integer> ours = new TreeMap<>();
        Map<String, Integer> libraries = new TreeMap<>();
        Map<String, Integer> allocations = new TreeMap<>();
        Map<String, Integer> contended = new TreeMap<>();
        long samples = 0;
        long pauses = 0;
        double pauseMillis = 0;
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.ExecutionSample" -> {
                        samples++;
                        RecordedStackTrace stack = event.getStackTrace();
                        String thread = event.getThread("sampledThread") == null
                                ? "?"
                                : String.valueOf(
                                        event.getThread("sampledThread").getJavaName());
                        threads.merge(thread.replaceAll("[0-9]+", "#"), 1, Integer::sum);
                        if (stack != null && !stack.getFrames().isEmpty()) {
                            top.merge(method(stack.getFrames().get(0)), 1, Integer::sum);
                            ours.merge(first(stack, "org.retailhub."), 1, Integer::sum);
                            libraries.merge(library(stack), 1, Integer::sum);
                        }
                    }
                    case "jdk.ObjectAllocationSample" -> {
                        RecordedStackTrace stack = event.getStackTrace();
                        if (stack != null) {
                            allocations.merge(
                                    first(stack, "org.retailhub."),
                                    (int) Math.min(Integer.MAX_VALUE / 4, event.getLong("weight") / 1024),
                                    (a, b) -> (int) Math.min(Integer.MAX_VALUE / 2L, (long) a + b));
                        }
                    }
                    case "jdk.JavaMonitorEnter" ->
                        contended.merge(
                                String.valueOf(event.getClass("monitorClass").getName()),
                                (int) event.getDuration().toMillis(),
                                Integer::sum);
                    case "jdk.GCPhasePause" -> {
                        pauses++;
                        pauseMillis += event.getDuration().toNanos() / 1e6;
                    }
                    default -> {
                        // The rest of a recording is for Mission Control.
                    }
                }
            }
        }
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "Samples on a processor: %d. Garbage collection: %d pauses, %.0f ms.%n", samples, pauses, pauseMillis));
        table(text, "threads", threads, samples);
        table(text, "libraries (the frame above the JDK)", libraries, samples);
        table(text, "ours (first frame of org.retailhub)", ours, samples);
        table(text, "methods on top", top, samples);
        table(text, "allocation by ours, KiB", allocations, sum(allocations));
        table(text, "contended monitors, ms", contended, sum(contended));
        return text.toString();
    }

    /** Of the samples on a processor, those with one of these classes on their stack. */
    double share(Set<String> classes) throws IOException {
        long samples = 0;
        long found = 0;
        try (RecordingFile events = new RecordingFile(file)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                    samples++;
                    RecordedStackTrace stack = event.getStackTrace();
                    found +=
                            stack != null && stack.getFrames().stream().anyMatch(frame -> isOf(frame, classes)) ? 1 : 0;
                }
            }
        }
        return samples == 0 ? 1 : (double) found / samples;
    }

    private static boolean isOf(RecordedFrame frame, Set<String> classes) {
        return frame.getMethod() != null
                && classes.contains(frame.getMethod().getType().getName());
    }

    private static long sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToLong(Integer::longValue).sum();
    }

    static void table(StringBuilder text, String title, Map<String, Integer> counts, long whole) {
        text.append('\n').append(title).append('\n');
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(each -> text.append(String.format(
                        "%7d %5.1f %%  %s%n",
                        each.getValue(), 100.0 * each.getValue() / Math.max(1, whole), each.getKey())));
    }

    private static String method(RecordedFrame frame) {
        return frame.getMethod() == null
                ? "?"
                : frame.getMethod().getType().getName() + "."
                        + frame.getMethod().getName();
    }

    private static String first(RecordedStackTrace stack, String prefix) {
        return stack.getFrames().stream()
                .map(Recording::method)
                .filter(name -> name.startsWith(prefix))
                .findFirst()
                .orElse("none of ours");
    }

    private static String library(RecordedStackTrace stack) {
        return stack.getFrames().stream()
                .map(Recording::method)
                .filter(name -> !name.startsWith("java.") && !name.startsWith("jdk.") && !name.startsWith("sun."))
                .findFirst()
                .map(name -> {
                    String[] parts = name.split("\\.");
                    return String.join(".", java.util.Arrays.copyOf(parts, Math.min(4, parts.length - 1)));
                })
                .orElse("the JDK");
    }
}
