package org.retailhub.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load generator against a hub of twenty lines. */
class LoadTest {
    static {
        // Else the JDK's server waits 40 ms between the head and the body of an answer.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Set<String> bodies = ConcurrentHashMap.newKeySet();
    private final AtomicLong calls = new AtomicLong();
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private HttpServer hub;
    private long refuseEach = Long.MAX_VALUE;
    private long stallAt = Long.MAX_VALUE;

    @BeforeEach
    void start() throws IOException {
        hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hub.setExecutor(workers);
        hub.createContext("/orders", call -> {
            try (call) {
                bodies.add(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                long number = calls.incrementAndGet();
                if (number == stallAt) {
                    pause();
                }
                boolean refused = number % refuseEach == 0;
                String answer = refused
                        ? "{\"code\":\"ORD-1001\"}"
                        : "{\"orderId\":\"01J" + String.format("%023d", number) + "\",\"replayed\":false}";
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                call.sendResponseHeaders(refused ? 400 : 202, bytes.length);
                call.getResponseBody().write(bytes);
            }
        });
        hub.start();
    }

    /** The stall under test: a hub that answers late, by a time that the generator must count from when the request was due. */
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void stop() {
        hub.stop(0);
        workers.shutdownNow();
    }

    private Load load(int connections, double rate) {
        int port = hub.getAddress().getPort();
        List<String> templates =
                List.of("{\"n\":\"A-" + OrderTemplates.PLACE + "\"}", "{\"n\":\"B-" + OrderTemplates.PLACE + "\"}");
        return new Load(
                "127.0.0.1",
                port,
                new OrderTemplates("127.0.0.1:" + port, "/orders", "key", templates),
                connections,
                rate,
                new AtomicLong());
    }

    @Test
    void sendsEachNumberOnceAndKeepsTheIds() throws IOException {
        Load.Result result = load(4, 0).run(Duration.ofSeconds(30), 200);
        assertEquals(200, result.sent());
        assertEquals(200, result.accepted());
        assertEquals(200, bodies.size());
        assertTrue(bodies.contains("{\"n\":\"A-0000000198\"}") && bodies.contains("{\"n\":\"B-0000000199\"}"));
        assertEquals(200, result.orders().asSet().size());
        assertEquals(200, result.latencies().size());
    }

    @Test
    void countsWhatWasNotAccepted() throws IOException {
        refuseEach = 10;
        Load.Result result = load(4, 0).run(Duration.ofSeconds(30), 100);
        assertEquals(90, result.accepted());
        assertEquals(10L, result.otherAnswers().get("400 ORD-1001"));
    }

    @Test
    void keepsThePaceAndCountsFromTheIntendedTime() throws IOException {
        stallAt = 20;
        Load.Result result = load(1, 50).run(Duration.ofSeconds(60), 100);
        assertEquals(100, result.accepted());
        assertTrue(result.seconds() >= 1.9, "no faster than asked, however slow the machine: " + result.seconds());
        assertTrue(result.latencies().quantile(1) >= 290, "the stall is seen");
        // About 15 requests were due within the stall; all of them saw it.
        assertTrue(result.latencies().quantile(0.9) > 50, "and not by one request only");
    }
}
