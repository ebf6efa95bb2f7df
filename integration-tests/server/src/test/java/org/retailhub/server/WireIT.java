package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What no decent client sends: below HTTP, at its edges, and what the server tells of itself. */
class WireIT {
    private static final int CUT_OFF_SECONDS = 30;

    private World world;
    private URI hub;

    @BeforeEach
    void start() {
        world = World.shared();
        hub = URI.create(world.hub().url());
    }

    @Test
    void slowBodyIsCutOffAndHoldsNobodyUp() {
        List<CompletableFuture<String>> slow = new ArrayList<>();
        // A pool of their own: the common one has as many threads as the machine has processors to spare.
        ExecutorService callers = Executors.newFixedThreadPool(40);
        for (int i = 0; i < 40; i++) {
            slow.add(CompletableFuture.supplyAsync(
                    () -> exchange(order("Content-Length: 1000", "{\"channel\":"), false), callers));
        }
        callers.shutdown();
        long begin = System.nanoTime();
        assertTrue(world.shop().get(Shop.ORDERS + "?limit=1").ok(), "others are served meanwhile");
        assertTrue(System.nanoTime() - begin < 5_000_000_000L, "and at once");
        slow.forEach(CompletableFuture::join);
        assertTrue(System.nanoTime() - begin < CUT_OFF_SECONDS * 1_000_000_000L, "a pause ends the connection");
    }

    /** Never a pause that the listener would end, and never the end of the body. */
    @Test
    void tricklingBodyIsEnded() throws IOException {
        ScheduledExecutorService drops = Executors.newSingleThreadScheduledExecutor();
        try (Socket socket = new Socket(hub.getHost(), hub.getPort())) {
            socket.setSoTimeout(CUT_OFF_SECONDS * 1_000);
            OutputStream out = socket.getOutputStream();
            out.write(order("Content-Length: 100000", "{\"channel\":\"").getBytes(StandardCharsets.ISO_8859_1));
            drops.scheduleAtFixedRate(
                    () -> {
                        try {
                            out.write('x');
                            out.flush();
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    500,
                    500,
                    TimeUnit.MILLISECONDS);
            byte[] head = new byte[12];
            int read = socket.getInputStream().readNBytes(head, 0, head.length);
            assertEquals("HTTP/1.1 408", new String(head, 0, read, StandardCharsets.ISO_8859_1));
        } finally {
            drops.shutdownNow();
        }
    }

    /** Each of these made the server itself answer, with a page of its own or a stack trace in the log. */
    @Test
    void headersThatCannotBeReadAreProblems() {
        for (String header : List.of(
                "Accept: nonsense",
                "Accept: application/json;q=x",
                "Accept-Language: ;;q=x",
                "Content-Type: /",
                "Cookie: $Version=x; a=b")) {
            String answer = exchange(
                    "GET /api/order/v1/orders?limit=1 HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nX-API-Key: "
                            + world.shop().key() + "\r\n" + header + "\r\n\r\n",
                    true);
            boolean cookie = header.startsWith("Cookie");
            assertTrue(answer.startsWith(cookie ? "HTTP/1.1 200 " : "HTTP/1.1 400 "), header + ": " + answer);
            assertTrue(cookie || answer.contains("\"field\":\"" + header.split(":")[0]), header + ": " + answer);
        }
        String answer = exchange(
                "GET /api/order/v1/orders/[ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nX-API-Key: "
                        + world.shop().key() + "\r\n\r\n",
                true);
        assertTrue(answer.startsWith("HTTP/1.1 400 ") && answer.contains("RUN-1006"), answer);
    }

    @Test
    void slowHeadIsCutOff() {
        long begin = System.nanoTime();
        exchange("GET /api/order/v1/orders HTTP/1.1\r\nHost: hub\r\nX-Slow: ", false);
        assertTrue(System.nanoTime() - begin < CUT_OFF_SECONDS * 1_000_000_000L);
    }

    @Test
    void floodOfHeadersIsRefused() {
        String many = "X-Flood: 1\r\n".repeat(5_000);
        String large = "X-Large: " + "x".repeat(200_000) + "\r\n";
        for (String flood : List.of(many, large)) {
            String answer = exchange("GET /api/order/v1/orders HTTP/1.1\r\nHost: hub\r\n" + flood + "\r\n", true);
            assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/1.1 4\\d\\d .*"), answer);
        }
        assertTrue(world.shop().get(Shop.ORDERS + "?limit=1").ok());
    }

    @Test
    void oversizeIsRefusedBeforeItIsRead() {
        for (int size : List.of(17 << 20, Integer.MAX_VALUE)) {
            String answer = exchange(order("Content-Length: " + size, "{"), false);
            assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1.1 413 "), () -> size + ": " + answer);
        }
        String large = "{\"channel\":\"" + "x".repeat(2 << 20) + "\"}";
        Shop.Answer answer = world.shop().post(Shop.ORDERS, large);
        assertEquals(413, answer.status(), answer::toString);
        assertEquals("RUN-1005", answer.text("code"));
    }

    @Test
    void brokenFramingIsRefused() {
        List<String> requests = List.of(
                order("Content-Length: -1", "{}"),
                order("Content-Length: abc", "{}"),
                order("Content-Length: 2\r\nContent-Length: 3", "{}"),
                order("Transfer-Encoding: chunked", "zz\r\n{}\r\n0\r\n\r\n"),
                order("Transfer-Encoding: chunked\r\nContent-Length: 2", "0\r\n\r\n"),
                order("Content-Encoding: gzip\r\nContent-Length: 2", "{}"),
                "GET /api/order/v1/orders HTTP/9.9\r\nHost: hub\r\n\r\n",
                "GET /api/order/v1/orders\r\n\r\n",
                "\r\n\r\n\r\n",
                "\u0000\u0001\u0002\u0003\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: hub\r\n\r\n",
                "GET /api/order/v1/orders/%ff%fe HTTP/1.1\r\nHost: hub\r\nX-API-Key: "
                        + world.shop().key() + "\r\n\r\n",
                "GET /api/order/v1/orders HTTP/1.1\r\nX-API-Key: a\u0000b\r\nHost: hub\r\n\r\n");
        for (String request : requests) {
            String answer = exchange(request, true);
            assertTrue(
                    answer.isEmpty() || answer.matches("(?s)HTTP/1\\.[01] [24]\\d\\d .*"),
                    () -> request.lines().toList() + " was answered " + answer);
        }
    }

    @Test
    void otherMethodsAndTypesAreRefusedAsProblems() {
        for (String method : List.of("PATCH", "TRACE", "PROPFIND", "FOO", "DELETE")) {
            String answer = exchange(
                    method + " /api/order/v1/orders HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nX-API-Key: "
                            + world.shop().key() + "\r\n\r\n",
                    true);
            assertTrue(answer.matches("(?s)HTTP/1.1 4\\d\\d .*"), method + ": " + answer);
        }
        for (String type : List.of(
                "text/xml",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "nonsense",
                "*/*")) {
            String answer = exchange(
                    order("Connection: close\r\nContent-Length: 2", "{}").replace("application/json", type), true);
            assertTrue(answer.matches("(?s)HTTP/1.1 4\\d\\d .*application/problem\\+json.*"), type + ": " + answer);
        }
        String answer = exchange(
                "GET /api/order/v1/orders HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nAccept: text/html\r\nX-API-Key: "
                        + world.shop().key() + "\r\n\r\n",
                true);
        assertTrue(answer.startsWith("HTTP/1.1 406 "), answer);
    }

    /** No name and no version of what runs here, on no kind of answer. */
    @Test
    void tellsNothingOfTheServer() {
        List<String> requests = List.of(
                "GET / HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "GET /nothing HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "GET /docs/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "GET /docs/nothing HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "GET /docs/WEB-INF/web.xml HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "GET /api/order/v1/nothing HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "GET /api/order/v1/orders HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "GET /api/order/v1/orders?limit=abc HTTP/1.1\r\nHost: hub\r\nConnection: close\r\nX-API-Key: "
                        + world.shop().key() + "\r\n\r\n",
                "GET /openapi HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n");
        for (String request : requests) {
            String answer = exchange(request, true);
            String head = answer.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT);
            String told = request.contains("/openapi") ? head : answer.toLowerCase(Locale.ROOT);
            assertAll(
                    () -> assertTrue(!head.contains("\r\nserver:") && !head.contains("x-powered-by"), head),
                    () -> assertTrue(
                            !told.matches("(?s).*(wildfly|undertow|jboss|resteasy|jackson|org\\.retailhub|java\\.).*"),
                            () -> request.lines().findFirst() + " tells " + told));
        }
    }

    @Test
    void browsersAreToldWhatToKeepAndToShow() {
        String api = exchange("GET /api/order/v1/orders HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n", true);
        String docs = exchange("GET /docs/ HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n", true);
        assertAll(
                () -> assertTrue(api.contains("X-Content-Type-Options: nosniff"), api),
                () -> assertTrue(api.contains("Cache-Control: no-store"), api),
                () -> assertTrue(api.contains("X-Frame-Options: DENY"), api),
                () -> assertTrue(docs.contains("frame-ancestors 'none'"), docs),
                () -> assertTrue(docs.contains("X-Content-Type-Options: nosniff"), docs));
    }

    private String order(String headers, String body) {
        return "POST /api/order/v1/orders HTTP/1.1\r\nHost: hub\r\nX-API-Key: "
                + world.shop().key() + "\r\nContent-Type: application/json\r\n" + headers + "\r\n\r\n" + body;
    }

    /** Sends and reads until the server is done with it, or has answered and {@code close} is true. */
    private String exchange(String request, boolean close) {
        try (Socket socket = new Socket(hub.getHost(), hub.getPort())) {
            socket.setSoTimeout((CUT_OFF_SECONDS + 5) * 1_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                if (close) {
                    socket.shutdownOutput();
                }
            } catch (IOException e) {
                // It does not even listen to the end.
                return "";
            }
            return read(socket.getInputStream());
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(InputStream in) {
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[8_192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (java.net.SocketTimeoutException e) {
            throw new AssertionError("the connection is still open after " + CUT_OFF_SECONDS + " s; " + text, e);
        } catch (IOException e) {
            // A reset ends it as well.
            return text.toString();
        }
        return text.toString();
    }
}
