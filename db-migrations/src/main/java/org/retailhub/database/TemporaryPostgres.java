package org.retailhub.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A migrated server for the tests of one JVM: roles, schemas and tables are those of production, its settings are not durable. */
public final class TemporaryPostgres implements AutoCloseable {
    private final LocalPostgres server;
    private final Path files;
    private final Settings settings;
    private final Thread atExit = new Thread(this::end, "postgres-end");

    private TemporaryPostgres(LocalPostgres server, Path files, Settings settings) {
        this.server = server;
        this.files = files;
        this.settings = settings;
    }

    static TemporaryPostgres start(Path folder) {
        try {
            Path postgres = folder.toAbsolutePath().resolve("postgres");
            Files.createDirectories(postgres);
            // Each server has its own data; the unpacked programs are shared by the runs of one module.
            Path programs = PostgresBinaries.unpackedIn(postgres).folder();
            Path files = Files.createTempDirectory(postgres, "run");
            Files.setPosixFilePermissions(files, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createSymbolicLink(files.resolve(programs.getFileName()), programs);
            Settings settings = new Settings("127.0.0.1", freePort(), files, Secrets.in(files.resolve("secrets")));
            LocalPostgres server =
                    new LocalPostgres(files, settings.port(), settings.secrets(), LocalPostgres.Durability.THROW_AWAY);
            TemporaryPostgres temporary = new TemporaryPostgres(server, files, settings);
            server.start();
            Runtime.getRuntime().addShutdownHook(temporary.atExit);
            new Migrations(settings).migrate();
            return temporary;
        } catch (IOException e) {
            throw new DatabaseException("Cannot start a temporary PostgreSQL in " + folder, e);
        }
    }

    /** JDBC URL of the hub's database for a role ({@code order_app}, {@code order_owner}), with its password. */
    public String url(String role) {
        return with(Settings.HUB, role);
    }

    /** JDBC URL of the ERP's database for {@code adempiere} or {@code retailhub_if}; its tables are the ERP simulator's to make. */
    public String erpUrl(String role) {
        return with(Settings.ERP, role);
    }

    /** JDBC URL as superuser: to look at what roles may not see, never to run the code under test. */
    public String superuserUrl(String database) {
        return with(database, LocalPostgres.SUPERUSER);
    }

    public int port() {
        return settings.port();
    }

    Settings settings() {
        return settings;
    }

    public String passwordOf(String role) {
        return settings.secrets().passwordOf(role);
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private void end() {
        server.stop("immediate");
        try {
            PostgresBinaries.delete(files);
        } catch (IOException e) {
            throw new DatabaseException("Cannot remove " + files, e);
        }
    }

    private String with(String database, String role) {
        return settings.url(database) + "?user=" + role + "&password=" + passwordOf(role);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
