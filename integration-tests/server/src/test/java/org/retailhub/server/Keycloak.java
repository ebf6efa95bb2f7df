package org.retailhub.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real Keycloak of its own, unpacked by the build's profile {@code deep}, with one realm made from a file; ends with the test. */
final class Keycloak implements AutoCloseable {
    private static final String REALM = "shops";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final Path log;
    private final int port;

    private Keycloak(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** @param realm its definition, as Keycloak exports it */
    static Keycloak start(String realm) {
        try {
            Path target = Path.of(System.getProperty("retail.target"));
            Path home;
            try (var found = Files.list(target.resolve("keycloak"))) {
                home = found.filter(each -> each.getFileName().toString().startsWith("keycloak-"))
                        .findFirst()
                        .orElseThrow();
            }
            Path script = home.resolve("bin/kc.sh");
            script.toFile().setExecutable(true);
            Files.createDirectories(home.resolve("data/import"));
            Files.writeString(home.resolve("data/import/" + REALM + "-realm.json"), realm);
            int port = freePort();
            Path log = target.resolve("keycloak.log");
            ProcessBuilder builder = new ProcessBuilder(
                    script.toString(),
                    "start-dev",
                    "--import-realm",
                    "--http-host=127.0.0.1",
                    "--http-port=" + port,
                    "--http-management-port=" + freePort());
            builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms128m -Xmx512m");
            builder.redirectErrorStream(true).redirectOutput(log.toFile());
            Keycloak keycloak = new Keycloak(builder.start(), log, port);
            Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close, "keycloak-end"));
            Probe.until(
                    "Keycloak's realm",
                    Duration.ofSeconds(180),
                    () -> keycloak.isUp() || !keycloak.process.isAlive(),
                    keycloak::lastLines);
            if (!keycloak.isUp()) {
                throw new AssertionError("Keycloak ended; " + keycloak.lastLines());
            }
            return keycloak;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + port + "/realms/" + REALM;
    }

    String keys() {
        return issuer() + "/protocol/openid-connect/certs";
    }

    /** An access token for a client's own account. */
    String token(String client, String secret) {
        String form =
                "grant_type=client_credentials&client_id=" + encoded(client) + "&client_secret=" + encoded(secret);
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build());
        String token = Doors.json(answer.body()).path("access_token").asText();
        if (token.isEmpty()) {
            throw new AssertionError("no token: " + answer.body());
        }
        return token;
    }

    private boolean isUp() {
        try {
            return http.send(
                                    HttpRequest.newBuilder(URI.create(keys()))
                                            .timeout(Duration.ofSeconds(5))
                                            .build(),
                                    BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private String lastLines() {
        try {
            String text = Files.readString(log);
            return text.substring(Math.max(0, text.length() - 3_000));
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
