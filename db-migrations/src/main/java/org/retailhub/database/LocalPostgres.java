package org.retailhub.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server of our own in one folder: programs, data, log. It listens on the loopback address only, wants passwords
 * (SCRAM), and its settings are durable; it lives on when the JVM that started it ends. Settings of the machine go into
 * {@code local.conf} beside the data and win.
 */
public final class LocalPostgres {
    /** What {@code synchronous_commit} and its companions are set to: the second is for throw-away databases of tests. */
    enum Durability {
        DURABLE("on"),
        THROW_AWAY("off");

        private final String value;

        Durability(String value) {
            this.value = value;
        }
    }

    static final String SUPERUSER = "postgres";

    private final Path folder;
    private final int port;
    private final Secrets secrets;
    private final Durability durability;

    LocalPostgres(Path folder, int port, Secrets secrets, Durability durability) {
        this.folder = folder.toAbsolutePath().normalize();
        this.port = port;
        this.secrets = secrets;
        this.durability = durability;
    }

    /** The server of this installation: {@code <home>/postgres}, secrets in {@code <home>/secrets}. */
    public static LocalPostgres of(Settings settings) {
        return new LocalPostgres(
                settings.home().resolve("postgres"), settings.port(), settings.secrets(), Durability.DURABLE);
    }

    /**
     * A migrated server on a free port for tests, with its files below {@code folder} (a module's {@code target}). Its settings
     * are not durable. It ends with {@link TemporaryPostgres#close} or with this JVM.
     */
    public static TemporaryPostgres startTemporary(Path folder) {
        return TemporaryPostgres.start(folder);
    }

    /** Starts the server unless it runs; makes its data first if there are none. Returns when it accepts connections. */
    public void start() {
        try {
            Files.createDirectories(folder);
            Unprivileged user = Unprivileged.forFolder(data());
            PostgresBinaries programs = PostgresBinaries.unpackedIn(folder);
            if (isRunning(user, programs)) {
                if (runningPort() != port) {
                    throw new DatabaseException("PostgreSQL in " + folder + " runs on port " + runningPort() + ", not "
                            + port + ": stop it first, or set RETAIL_POSTGRES_PORT.");
                }
                return;
            }
            if (!Files.exists(data().resolve("PG_VERSION"))) {
                initialise(user, programs);
            }
            Files.writeString(data().resolve("retail.conf"), configuration());
            user.own(data());
            List<String> start = List.of(
                    programs.program("pg_ctl").toString(), "start", "-w", "-t", "90", "-s", "-D", data().toString());
            if (user.run(start, log()).code() != 0) {
                throw new DatabaseException("PostgreSQL does not start on port " + port + ": " + lastLines());
            }
        } catch (IOException e) {
            throw new DatabaseException("Cannot start PostgreSQL in " + folder, e);
        }
    }

    /** Stops the server: clients are cut off, everything committed is kept. */
    public void stop() {
        stop("fast");
    }

    void stop(String mode) {
        if (!Files.exists(data().resolve("PG_VERSION"))) {
            return;
        }
        Unprivileged user = Unprivileged.forFolder(data());
        PostgresBinaries programs = PostgresBinaries.unpackedIn(folder);
        if (isRunning(user, programs)) {
            List<String> stop = List.of(
                    programs.program("pg_ctl").toString(),
                    "stop",
                    "-w",
                    "-t",
                    "60",
                    "-s",
                    "-m",
                    mode,
                    "-D",
                    data().toString());
            if (user.run(stop, log()).code() != 0) {
                throw new DatabaseException("PostgreSQL does not stop: " + lastLines());
            }
        }
    }

    public boolean isRunning() {
        return Files.exists(data().resolve("PG_VERSION"))
                && isRunning(Unprivileged.forFolder(data()), PostgresBinaries.unpackedIn(folder));
    }

    private boolean isRunning(Unprivileged user, PostgresBinaries programs) {
        return Files.exists(data().resolve("postmaster.pid"))
                && user.run(List.of(programs.program("pg_ctl").toString(), "status", "-D", data().toString()), null)
                                .code()
                        == 0;
    }

    /** The log, for {@code ./retail logs}. */
    public Path log() {
        return folder.resolve("postgres.log");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private int runningPort() throws IOException {
        return Integer.parseInt(
                Files.readAllLines(data().resolve("postmaster.pid")).get(3).strip());
    }

    private void initialise(Unprivileged user, PostgresBinaries programs) throws IOException {
        Path draft = folder.resolve("data.new");
        if (Files.exists(draft)) {
            PostgresBinaries.delete(draft);
        }
        Files.createDirectories(draft);
        Path password = Files.createTempFile(folder, "password", "");
        Files.writeString(password, secrets.passwordOf(SUPERUSER));
        user.own(draft);
        user.own(password);
        try {
            List<String> initdb = new ArrayList<>(List.of(
                    programs.program("initdb").toString(),
                    "-D",
                    draft.toString(),
                    "-U",
                    SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8"));
            if (durability == Durability.THROW_AWAY) {
                initdb.add("--no-sync");
            }
            Unprivileged.Result result = user.run(initdb, null);
            if (result.code() != 0) {
                throw new DatabaseException("PostgreSQL cannot make its data in " + draft + ": " + result.output());
            }
            Files.writeString(
                    draft.resolve("postgresql.conf"), "include 'retail.conf'\ninclude_if_exists '../local.conf'\n");
            user.own(draft);
            Files.move(draft, data());
        } finally {
            Files.delete(password);
        }
    }

    private String configuration() {
        String durable = durability.value;
        return String.join(
                "\n",
                "# Written at each start. Settings of this machine belong into local.conf, two folders up from here.",
                "listen_addresses = '127.0.0.1'",
                "port = " + port,
                "unix_socket_directories = ''",
                "password_encryption = 'scram-sha-256'",
                "# A commit that was answered is on the disk.",
                "fsync = " + durable,
                "synchronous_commit = " + durable,
                "full_page_writes = " + durable,
                "# Two-phase commit: one branch per transaction under way, and those that wait for recovery.",
                "max_prepared_transactions = 200",
                "max_connections = 300",
                "shared_buffers = " + (durability == Durability.DURABLE ? "512MB" : "64MB"),
                "max_wal_size = 4GB",
                "min_wal_size = " + (durability == Durability.DURABLE ? "1GB" : "80MB"),
                "checkpoint_timeout = 15min",
                "# Short statements by primary key: compiling them costs more than it gives.",
                "jit = off",
                "# The same for workers beside a statement: a processor more is somebody else's here.",
                "max_parallel_workers_per_gather = 0",
                "timezone = 'UTC'",
                "log_timezone = 'UTC'",
                "log_line_prefix = '%m [%p] %q%u@%d '",
                "log_lock_waits = on",
                "log_checkpoints = off",
                "");
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log());
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 4), lines.size()));
        } catch (IOException e) {
            return "see " + log();
        }
    }
}
