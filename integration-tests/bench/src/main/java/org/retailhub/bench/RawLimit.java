package org.retailhub.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this PostgreSQL does on this machine at this moment with an order and three lines in one transaction and nothing around it:
 * pgbench with 32 clients in 2 threads where it is installed, else 32 JDBC connections with the same statements. It moves within
 * the hour: take it right before and right after a run, and compare ratios only.
 */
final class RawLimit {
    private static final int CLIENTS = 32;
    private static final Pattern TPS = Pattern.compile("tps = ([0-9.]+) \\(without initial connection time\\)");

    private final Postgres postgres;
    private final Duration duration;
    private final Path folder;
    private final boolean pgbench;

    RawLimit(Postgres postgres, Duration duration, Path folder) {
        this.postgres = postgres;
        this.duration = duration;
        this.folder = folder;
        this.pgbench = runs("pgbench", "--version");
    }

    String how() {
        return pgbench ? "pgbench, 32 clients" : "JDBC, 32 connections: pgbench is not installed";
    }

    /** Orders a second. */
    double measure() throws IOException, SQLException, InterruptedException {
        postgres.prepareRaw(resource("raw-schema.sql"));
        return pgbench ? byPgbench() : byJdbc();
    }

    private double byPgbench() throws IOException, InterruptedException {
        Path script = folder.resolve("raw.sql");
        Files.writeString(script, resource("raw.sql"));
        ProcessBuilder command = new ProcessBuilder(
                "pgbench",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(postgres.port()),
                "-U",
                Postgres.SUPERUSER,
                "-c",
                Integer.toString(CLIENTS),
                "-j",
                "2",
                "-n",
                "-f",
                script.toString(),
                "-T",
                Long.toString(duration.toSeconds()),
                Postgres.RAW_DATABASE);
        command.environment().put("PGPASSWORD", postgres.password());
        Process process = command.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher tps = TPS.matcher(output);
        if (process.waitFor() != 0 || !tps.find()) {
            throw new IOException("pgbench failed: " + output);
        }
        return Double.parseDouble(tps.group(1));
    }

    private double byJdbc() throws IOException, SQLException, InterruptedException {
        String script =
                resource("raw.sql").replaceAll("(?m)^(begin|commit);\\s*$", "").strip();
        ExecutorService workers = Executors.newFixedThreadPool(CLIENTS);
        List<Connection> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                Connection connection = postgres.open(Postgres.RAW_DATABASE);
                connection.setAutoCommit(false);
                connections.add(connection);
            }
            long begin = System.nanoTime();
            long end = begin + duration.toNanos();
            List<Future<Long>> counts = new ArrayList<>();
            for (Connection connection : connections) {
                counts.add(workers.submit(() -> {
                    long done = 0;
                    try (Statement statement = connection.createStatement()) {
                        for (; System.nanoTime() < end; done++) {
                            statement.execute(script);
                            connection.commit();
                        }
                    }
                    return done;
                }));
            }
            long sum = 0;
            for (Future<Long> each : counts) {
                sum += each.get();
            }
            return sum * 1e9 / (System.nanoTime() - begin);
        } catch (ExecutionException e) {
            throw new IOException("the raw limit cannot be taken", e.getCause());
        } finally {
            workers.shutdownNow();
            for (Connection each : connections) {
                each.close();
            }
        }
    }

    private static boolean runs(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RawLimit.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
