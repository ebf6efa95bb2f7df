package org.retailhub.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Asking.Question;
import org.retailhub.channel.domain.StockTelling.Call;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.TryLater;
import org.retailhub.platform.testkit.Hands;

/** A shop that does not answer is left alone, by all connections to its host. */
class ChannelCallsTest {
    private final Hands clock = new Hands(Instant.parse("2026-11-25T10:00:00Z"));
    private final ChannelCalls calls = new ChannelCalls(clock);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int answer = 200;
    private HttpServer shop;

    @BeforeEach
    void open() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        shop.start();
    }

    @AfterEach
    void close() {
        shop.stop(0);
    }

    @Test
    void shopThatFailsIsAskedThreeTimesAndThenNowAndThen() {
        answer = 503;
        for (int i = 0; i < 3; i++) {
            assertEquals(503, ask("/orders.json?page=" + i));
        }
        TryLater refusal = assertThrows(TryLater.class, () -> ask("/another/connection"));
        assertEquals(ChannelError.CHANNEL_DOWN, refusal.code());
        assertEquals(1, refusal.seconds());
        assertEquals(3, asked.get());

        for (int tenth = 0; tenth < 600; tenth++) {
            clock.forward(Duration.ofMillis(100));
            try {
                ask("/orders.json");
            } catch (TryLater left) {
                // Left alone.
            }
        }
        assertTrue(asked.get() <= 3 + 12 && asked.get() >= 3 + 6, asked + " calls: one in up to ten seconds");

        answer = 200;
        clock.forward(Duration.ofSeconds(10));
        assertEquals(200, ask("/orders.json"));
        assertEquals(200, ask("/orders.json"));
    }

    @Test
    void shopThatIsNotThereIsLeftAloneToo() {
        shop.stop(0);
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    ChannelError.CHANNEL_DOWN,
                    assertThrows(org.retailhub.platform.kernel.RetailException.class, () -> ask("/"))
                            .code());
        }
        assertThrows(TryLater.class, () -> ask("/"));
    }

    @Test
    void refusalsAndRateLimitsAreAnswersOfAShopThatIsWell() {
        for (int status : new int[] {401, 403, 404, 429, 401, 429}) {
            answer = status;
            assertEquals(status, ask("/"));
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsAnAnswerOfAShopThatIsWell() {
        ChannelCalls narrow = new ChannelCalls(clock, 10);
        shop.removeContext("/");
        shop.createContext("/", exchange -> {
            byte[] body = new byte[11];
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        URI uri = URI.create("http://127.0.0.1:" + shop.getAddress().getPort() + "/");
        for (int i = 0; i < 6; i++) {
            assertThrows(
                    ChannelCalls.TooLarge.class, () -> narrow.get(new Question(uri, "X-Secret"), new byte[] {'s'}));
        }
    }

    @Test
    void aValueIsSentOnceAndItsOutcomeIsToldApart() throws IOException {
        assertEquals(200, post("/levels").status());
        for (int status : new int[] {401, 404, 422, 429, 503}) {
            answer = status;
            assertEquals(status, post("/levels").status());
        }
        answer = 200;
        clock.forward(Duration.ofSeconds(60));
        int before = asked.get();
        shop.removeContext("/");
        shop.createContext("/", exchange -> {
            asked.incrementAndGet();
            exchange.close();
        });
        RetailException lost = assertThrows(RetailException.class, () -> post("/levels"));
        assertFalse(lost.getCause() instanceof ChannelCalls.NotReached, "it may have been taken");
        assertEquals(1, asked.get() - before, "sent once: nobody sends it again behind our back");
        shop.stop(0);
        clock.forward(Duration.ofSeconds(60));
        RetailException unsent = assertThrows(RetailException.class, () -> post("/levels"));
        assertInstanceOf(ChannelCalls.NotReached.class, unsent.getCause());
    }

    private ChannelCalls.Reply post(String path) {
        URI uri = URI.create("http://127.0.0.1:" + shop.getAddress().getPort() + path);
        return calls.post(new Call(uri, "X-Secret", "{\"available\":1}".getBytes(UTF_8)), new byte[] {'s'});
    }

    private int ask(String path) {
        URI uri = URI.create("http://127.0.0.1:" + shop.getAddress().getPort() + path);
        return calls.get(new Question(uri, "X-Secret"), new byte[] {'s'}).status();
    }
}
