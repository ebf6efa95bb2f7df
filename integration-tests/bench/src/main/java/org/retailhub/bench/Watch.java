package org.retailhub.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Looks on while a figure is taken: what waits and the server's memory every second, the database's backends ten times a
 * second. Its own thread; close it to read the result.
 */
final class Watch implements AutoCloseable {
    private static final int ACTIVITY_MILLIS = 100;

    /** What waits to be done. */
    interface Backlog {
        long now() throws IOException, SQLException;
    }

    private final Backlog backlog;
    private final Processes processes;
    private final List<Long> depths = new ArrayList<>();
    private final Map<String, Integer> activity = Postgres.noActivity();
    private final Map<String, Duration> before;
    private final long begin = System.nanoTime();
    private final Thread thread;
    private final Connection database;
    private volatile long depth;
    private volatile boolean ended;
    private volatile @Nullable Exception failure;
    private double residentMiB;
    private int activitySamples;
    private Map<String, Duration> used = Map.of();
    private double seconds;

    Watch(Backlog backlog, Processes processes, Postgres postgres) throws IOException, SQLException {
        this.backlog = backlog;
        this.processes = processes;
        this.database = postgres.open("postgres");
        this.before = processes.processorTime();
        this.thread = new Thread(this::look, "bench-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void look() {
        try {
            for (int i = 0; !ended; i++) {
                if (i % 10 == 0) {
                    long sum = backlog.now();
                    depth = sum;
                    depths.add(sum);
                }
                if (i % 50 == 0) {
                    residentMiB = Math.max(residentMiB, processes.residentMiB());
                }
                Postgres.sampleActivity(database, activity);
                activitySamples++;
                Thread.sleep(ACTIVITY_MILLIS);
            }
        } catch (IOException | SQLException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What waited, not older than a second or so. */
    long depth() throws IOException {
        if (failure != null) {
            throw new IOException("cannot look on", failure);
        }
        return depth;
    }

    /** How much more waited in the last quarter than in the second one, on average. */
    double growth() {
        int quarter = Math.max(1, depths.size() / 4);
        return mean(depths.subList(depths.size() - quarter, depths.size()))
                - mean(depths.subList(Math.min(quarter, depths.size() - 1), Math.min(2 * quarter, depths.size())));
    }

    double meanDepth() {
        return mean(depths);
    }

    private static double mean(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).average().orElse(0);
    }

    double residentMiB() {
        return residentMiB;
    }

    /** Who used the processors, as a share of one processor. */
    Map<String, Double> load() {
        Map<String, Double> load = new LinkedHashMap<>();
        used.forEach((name, time) -> load.put(name, time.toNanos() / 1e9 / seconds));
        return load;
    }

    String report() {
        StringBuilder text = new StringBuilder("Processors used, on average:\n");
        load().forEach((name, share) -> text.append(String.format("  %-16s %5.2f%n", name, share)));
        Recording.table(
                text,
                "database backends at work (samples, share of " + activitySamples + " looks)",
                activity,
                activitySamples);
        return text.toString();
    }

    @Override
    public void close() throws IOException, SQLException, InterruptedException {
        ended = true;
        thread.join();
        seconds = (System.nanoTime() - begin) / 1e9;
        used = new LinkedHashMap<>();
        processes
                .processorTime()
                .forEach((name, time) -> used.put(name, time.minus(before.getOrDefault(name, Duration.ZERO))));
        database.close();
        if (failure != null) {
            throw new IOException("could not look on", failure);
        }
    }
}
