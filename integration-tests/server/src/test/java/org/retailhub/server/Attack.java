package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** Sends mutants, judges each answer and the log, and counts. */
final class Attack {
    /** At a module: fewer than a lane takes at once, since what is shed says nothing about mutants. */
    private static final int AT_ONCE = 6;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Figures> figures = new ConcurrentSkipListMap<>();
    private final Hub hub;
    private final ApiDocument api;

    Attack(Hub hub, ApiDocument api) {
        this.hub = hub;
        this.api = api;
    }

    /** A mutant, and what has to be said if something is wrong with its answer. */
    record Mutant(ApiDocument.Operation door, int number, HttpRequest request, byte[] body) {
        @Override
        public String toString() {
            String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            return door.id() + " #" + number + " " + request.method() + " " + request.uri() + " "
                    + (text.length() > 300 ? text.substring(0, 300) + "… (" + body.length + ")" : text);
        }
    }

    /** What a door was sent and what it answered. */
    private static final class Figures {
        private final Map<Integer, Integer> answers = new ConcurrentSkipListMap<>();
        private final long begin = System.nanoTime();
        private volatile long end = begin;

        void count(int status) {
            answers.merge(status, 1, Integer::sum);
            end = System.nanoTime();
        }

        @Override
        public String toString() {
            int sent = answers.values().stream().mapToInt(Integer::intValue).sum();
            return sent + "\t" + answers + "\t" + (end - begin) / 1_000_000 + " ms";
        }
    }

    /** A line per door and part: how many, what they were answered, in how long. */
    List<String> figures() {
        return figures.entrySet().stream()
                .map(each -> each.getKey() + "\t" + each.getValue())
                .toList();
    }

    /**
     * All modules at the same time, so that one that waits for its disk keeps nobody from the others; the mutants of a module come in their
     * order.
     *
     * @param part of the figures
     * @param mutants by module
     */
    void with(String part, Map<String, Stream<Mutant>> mutants) {
        long logBefore = logSize();
        Queue<String> faults = new ConcurrentLinkedQueue<>();
        ExecutorService senders = Executors.newFixedThreadPool(Math.max(1, mutants.size()));
        int sent = 0;
        try {
            List<Future<Integer>> counts = new ArrayList<>();
            mutants.values().forEach(each -> counts.add(senders.submit(() -> send(part, each, faults))));
            for (Future<Integer> count : counts) {
                sent += count.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            senders.shutdownNow();
        }
        System.out.println(sent + " mutants, " + part);
        // One of each kind at each door: the first faults of a run are often the same one.
        Map<String, String> kinds = new ConcurrentSkipListMap<>();
        faults.forEach(fault -> kinds.putIfAbsent(
                fault.replaceAll("(?s)^.*<=  (\\w+).*$", "$1 ") + fault.substring(0, Math.min(45, fault.length())),
                fault));
        List<String> shown = kinds.values().stream().limit(25).toList();
        String of = " of " + sent + " mutants";
        assertEquals(List.of(), shown, () -> faults.size() + of);
        hub.books().awaitHandledOrParked(Duration.ofSeconds(300 + sent / 500));
        assertEquals(List.of(), hub.books().parkedByAFault());
        assertEquals(List.of(), logFaults(logBefore));
    }

    /** @return how many */
    private int send(String part, Stream<Mutant> mutants, Queue<String> faults) {
        Semaphore room = new Semaphore(AT_ONCE);
        int[] sent = new int[1];
        mutants.forEach(mutant -> {
            room.acquireUninterruptibly();
            sent[0]++;
            http.sendAsync(mutant.request(), HttpResponse.BodyHandlers.ofString())
                    .whenComplete((answer, failure) -> {
                        try {
                            figures.computeIfAbsent(mutant.door().id() + "\t" + part, door -> new Figures())
                                    .count(failure == null ? answer.statusCode() : 0);
                            (failure == null ? fault(mutant, answer) : Optional.of(failure.toString()))
                                    .ifPresent(fault -> faults.add(fault + "  <=  " + mutant));
                        } catch (RuntimeException e) {
                            faults.add("cannot be judged: " + e + "  <=  " + mutant);
                        } finally {
                            room.release();
                        }
                    });
        });
        room.acquireUninterruptibly(AT_ONCE);
        return sent[0];
    }

    private Optional<String> fault(Mutant mutant, HttpResponse<String> answer) {
        if (answer.statusCode() >= 500) {
            return Optional.of(answer.statusCode() + " " + answer.body());
        }
        String type = answer.headers().firstValue("Content-Type").orElse(null);
        List<String> unsaid = api.faults(new ApiDocument.Exchange(
                mutant.request().method(),
                mutant.request().uri().getRawPath(),
                null,
                answer.statusCode(),
                type,
                answer.body()));
        if (!unsaid.isEmpty()) {
            return Optional.of(unsaid + " " + answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == 400 ? placeless(answer.body()) : Optional.empty();
    }

    /** A refusal that does not say where. */
    private static Optional<String> placeless(String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            boolean says = problem.has("field")
                    || problem.path("errors").size() > 0
                    || problem.path("detail").asText().matches("(?s).*line \\d+, column \\d+.*");
            return says ? Optional.empty() : Optional.of("does not say where: " + body);
        } catch (IOException e) {
            return Optional.of("is no problem: " + body);
        }
    }

    private long logSize() {
        try {
            return Files.size(hub.log());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Errors and stack traces since then. */
    private List<String> logFaults(long since) {
        try {
            byte[] all = Files.readAllBytes(hub.log());
            return new String(Arrays.copyOfRange(all, (int) since, all.length), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("\tat ") || line.contains(" ERROR ") || line.contains("Exception"))
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
