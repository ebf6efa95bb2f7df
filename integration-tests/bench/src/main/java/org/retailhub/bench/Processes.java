package org.retailhub.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who uses the machine: processor time of server, database, ERP simulator and load generator, and the server's memory. */
final class Processes {
    private final Path home;

    /** @param home {@code RETAIL_HOME} */
    Processes(Path home) {
        this.home = home;
    }

    long server() throws IOException {
        return Long.parseLong(Files.readString(home.resolve("run/server.pid")).strip());
    }

    /** Since each process began; what a process that ended has used is lost. */
    Map<String, Duration> processorTime() throws IOException {
        Map<String, Duration> times = new LinkedHashMap<>();
        times.put("server", time(ProcessHandle.of(server())));
        times.put("ERP simulator", time(pid("run/erp.pid")));
        times.put("database", databaseTime());
        times.put("load generator", time(Optional.of(ProcessHandle.current())));
        return times;
    }

    private Duration databaseTime() throws IOException {
        Path file = home.resolve("postgres/data/postmaster.pid");
        if (!Files.isReadable(file)) {
            return Duration.ZERO;
        }
        Optional<ProcessHandle> master =
                ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()));
        return master.stream()
                .flatMap(handle -> Stream.concat(Stream.of(handle), handle.descendants()))
                .map(handle -> time(Optional.of(handle)))
                .reduce(Duration.ZERO, Duration::plus);
    }

    private Optional<ProcessHandle> pid(String file) throws IOException {
        Path path = home.resolve(file);
        return Files.isReadable(path)
                ? ProcessHandle.of(Long.parseLong(Files.readString(path).strip()))
                : Optional.empty();
    }

    private static Duration time(Optional<ProcessHandle> process) {
        return process.flatMap(handle -> handle.info().totalCpuDuration()).orElse(Duration.ZERO);
    }

    /** The server's resident memory in MiB. */
    double residentMiB() throws IOException, InterruptedException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(server())).start();
        String output = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (ps.waitFor() != 0 || output.isEmpty()) {
            throw new IOException("the server does not run");
        }
        return Long.parseLong(output) / 1024.0;
    }
}
