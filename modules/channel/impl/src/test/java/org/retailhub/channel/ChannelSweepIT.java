package org.retailhub.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.channel.ConnectionDesk.Opening;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Delivery;
import org.retailhub.channel.shopify.ShopifyConnector;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;
import org.retailhub.platform.testkit.Hands;

/** A shop of which one part is sick does not keep the rest from being found. */
class ChannelSweepIT {
    private static final String CODE = "shop";
    private static final int MOST_BYTES = 10_000;
    private static TemporaryPostgres postgres;

    private final Hands clock = new Hands(Instant.parse("2026-11-25T10:00:00Z"));
    private final Set<String> sick = ConcurrentHashMap.newKeySet();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private Database database;
    private Sweeps sweeps;
    private ChannelSweep sweep;
    private HttpServer shop;
    private volatile int bytesAnOrder = 1;

    @BeforeAll
    static void start() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void open() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/", this::answer);
        shop.start();
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(postgres.url("channel_app"));
        database = new Database(dataSource);
        database.update("delete from wanted");
        database.update("delete from sweep");
        database.update("delete from payload_fate");
        database.update("delete from payload");
        database.update("delete from connection_secret");
        database.update("delete from connection");
        sweeps = new Sweeps(database);
        Connections connections = new Connections(database);
        Ulid ids = new Ulid(clock);
        SecretBox box = new SecretBox("the key of a test, thirty-two characters and more", null);
        ConnectionDesk desk = new ConnectionDesk(connections, sweeps, box, ids, clock);
        String url = "http://127.0.0.1:" + shop.getAddress().getPort();
        assertInstanceOf(
                Opening.Open.class,
                desk.open(new Connection(CODE, "acme", ShopifyConnector.KIND, CODE, "", url, true)));
        desk.keep(CODE, Purpose.API, "shpat_of_the_test_0123456789abcdef");
        Transactions transactions = new Transactions(
                (UserTransaction) Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {UserTransaction.class},
                        (proxy, method, arguments) ->
                                method.getName().equals("getStatus") ? Status.STATUS_NO_TRANSACTION : null),
                10);
        // Nothing here is news: the door is not asked.
        sweep = new ChannelSweep(
                sweeps,
                connections,
                desk,
                new Documents(database),
                new Payloads(database),
                new Connectors(List.of(new ShopifyConnector())),
                null,
                new ChannelCalls(clock, MOST_BYTES),
                transactions,
                clock);
    }

    @AfterEach
    void close() {
        shop.stop(0);
    }

    /** What is wanted whole is gone; the list is empty, or as long as was asked for and too long for us. */
    private void answer(HttpExchange call) throws IOException {
        String path = call.getRequestURI().toString().replaceFirst("/admin/api/[^/]*/", "");
        asked.add(path.replaceFirst("[?].*&(limit=\\d+).*", "?$1"));
        byte[] body = "{\"orders\":[]}".getBytes(StandardCharsets.UTF_8);
        int status = 200;
        if (path.startsWith("orders/")) {
            status = sick.contains(path) ? 500 : 404;
        } else {
            int limit = Integer.parseInt(path.replaceFirst(".*limit=(\\d+).*", "$1"));
            body = ("{\"orders\":[]" + " ".repeat(limit * bytesAnOrder) + "}").getBytes(StandardCharsets.UTF_8);
        }
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }

    private void want(String document) {
        String payloadId = new Ulid(clock).next();
        new Payloads(database)
                .store(List.of(new RawPayload(
                        payloadId,
                        CODE,
                        "acme",
                        RawPayload.WEBHOOK,
                        new Delivery(payloadId, "orders/create", null, null),
                        new byte[] {1},
                        new byte[32],
                        clock.instant(),
                        "")));
        sweeps.want(List.of(new Sweeps.Wanted(CODE, document, payloadId)), clock.instant());
        clock.forward(Duration.ofSeconds(1));
    }

    /** One second at a time, as the loop goes. */
    private void runFor(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            for (int i = 0; i < 5; i++) {
                sweep.step();
            }
            clock.forward(Duration.ofSeconds(1));
        }
    }

    @Test
    void anOrderThatCannotBeFetchedHoldsUpNeitherTheOthersNorTheList() {
        sick.add("orders/1.json");
        want("order/1");
        want("order/2");
        want("order/3");
        runFor(Duration.ofMinutes(3));
        assertTrue(asked.stream().anyMatch(path -> path.startsWith("orders.json")), asked::toString);
        assertEquals(1, sweeps.state(CODE).wanted(), asked::toString);
        assertEquals(List.of("order/1"), documents());

        sick.clear();
        runFor(Duration.ofMinutes(10));
        assertEquals(0, sweeps.state(CODE).wanted());
        assertNull(sweeps.state(CODE).lastError());
    }

    @Test
    void aPageThatIsTooLargeIsAskedForInSmallerOnes() {
        bytesAnOrder = 300;
        runFor(Duration.ofSeconds(5));
        assertEquals(List.of("orders.json?limit=100", "orders.json?limit=50", "orders.json?limit=25"), asked);
        assertNull(sweeps.state(CODE).lastError());
        assertEquals(0, sweeps.state(CODE).failures());
    }

    @Test
    void anOrderTooLargeEvenAloneIsSaid() {
        bytesAnOrder = MOST_BYTES + 1;
        runFor(Duration.ofSeconds(3));
        assertEquals("orders.json?limit=1", asked.get(asked.size() - 1));
        assertTrue(sweeps.state(CODE).lastError().contains("larger than"), () -> sweeps.state(CODE)
                .toString());
    }

    private List<String> documents() {
        List<String> documents = new ArrayList<>();
        sweeps.wanted(CODE, 10).forEach(each -> documents.add(each.document()));
        return documents;
    }
}
