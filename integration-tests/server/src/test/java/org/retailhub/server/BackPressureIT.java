package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/** What a partner sees of a hub that has too much to do, or whose database is away for one module. */
class BackPressureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> LIMIT = List.of("system-property", "retailhub.backlog.limit");
    private static final String PRODUCT = "/api/masterdata/v1/products/" + World.sku(3);
    private static final AtomicInteger names = new AtomicInteger();
    private static int serial;

    private World world;
    private Hub hub;
    private Doors doors;
    private Map<String, String> key;

    @BeforeEach
    void open() {
        world = World.shared();
        hub = world.hub();
        doors = new Doors(hub);
        key = Map.of("X-API-Key", world.shop().key(), "Content-Type", "application/json");
    }

    @AfterEach
    void putRight() {
        hub.management().resume(Overtaking.QUEUE);
    }

    @Test
    void shedsTheCatalogueFirstAndOrdersLastAndTakesBothAgainWhenTheBacklogIsWorkedOff() {
        hub.books().awaitHandled(PATIENCE);
        hub.management().pause(Overtaking.QUEUE);
        String name = "pressure-" + ++serial + "-";
        List<Expected> taken = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            Order order = Order.of(World.CHANNEL, name + i, World.sku(i));
            taken.add(Expected.document(world.shop().place(order), order));
        }
        hub.management().execute(LIMIT, "add", Map.of("value", "20"));
        try {
            Probe.until(
                    "the catalogue's lane is shut", PATIENCE, () -> product().statusCode() == 503, hub::lastLines);
            HttpResponse<String> shed = product();
            assertEquals("RUN-3009", Doors.code(shed));
            assertTrue(shed.body().contains("the lane catalogue is shut above 10"), shed::body);
            long wait = Long.parseLong(shed.headers().firstValue("Retry-After").orElse("0"));
            assertTrue(wait >= 2 && wait <= 60, "Retry-After " + wait);

            Order order = Order.of(World.CHANNEL, name + "more", World.sku(1));
            assertEquals(202, place(order).statusCode(), "orders go on");
            for (int i = 0; i < 10; i++) {
                doors.send(
                        "POST",
                        Shop.ORDERS,
                        Order.of(World.CHANNEL, name + "last-" + i, World.sku(1))
                                .json(),
                        key);
            }
            Order late = Order.of(World.CHANNEL, name + "late", World.sku(2));
            Probe.until("orders are shed at last", PATIENCE, () -> place(late).statusCode() == 503, hub::lastLines);
            assertEquals("RUN-3009", Doors.code(place(late)));
            assertEquals(
                    503,
                    doors.send(
                                    "POST",
                                    Shop.ORDERS + "/batch",
                                    late.json(),
                                    Map.of("X-API-Key", world.shop().key(), "Content-Type", "application/x-ndjson"))
                            .statusCode(),
                    "as a whole");
            assertEquals(200, get(Shop.ORDERS + "?limit=1").statusCode(), "reading goes on");

            hub.management().resume(Overtaking.QUEUE);
            Probe.until("orders are taken again", PATIENCE, () -> place(late).statusCode() == 202, hub::lastLines);
            Probe.until("products are taken again", PATIENCE, () -> product().statusCode() < 300, hub::lastLines);
        } finally {
            hub.management().execute(LIMIT, "remove", Map.of());
        }
        hub.books().awaitHandled(PATIENCE);
        hub.books().awaitSettled(PATIENCE);
        Books.Audit audit = hub.books().audit(taken.size(), taken);
        assertTrue(audit.good(), audit::toString);
    }

    /** Writers of products wait for a lock; without a bound they would hold all connections that orders ask for SKUs by. */
    @Test
    void floodOfProductsThatHangLeavesRoomForOrders() throws SQLException {
        ExecutorService partners = Executors.newFixedThreadPool(60);
        try (Connection locker = DriverManager.getConnection(hub.jdbcUrl("retailhub", "postgres"))) {
            locker.setAutoCommit(false);
            locker.createStatement().execute("lock table masterdata.product in exclusive mode");
            List<CompletableFuture<Integer>> writers = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                writers.add(CompletableFuture.supplyAsync(() -> product().statusCode(), partners));
            }
            Probe.until(
                    "all but a few are shed",
                    PATIENCE,
                    () -> writers.stream().filter(CompletableFuture::isDone).count() >= 52,
                    () -> writers.stream().filter(CompletableFuture::isDone).count());
            Order order = Order.of(World.CHANNEL, "pressure-flood-" + ++serial, World.sku(1));
            assertEquals(202, place(order).statusCode());
            assertEquals(
                    52, writers.stream().filter(CompletableFuture::isDone).count(), "eight still wait for the lock");
            locker.rollback();
            assertEquals(
                    List.of(200, 503),
                    writers.stream()
                            .map(CompletableFuture::join)
                            .distinct()
                            .sorted()
                            .toList());
        } finally {
            partners.shutdown();
        }
        hub.books().awaitHandled(PATIENCE);
    }

    /** One module's database role cannot log in; the gate's can. */
    @Test
    void readsAreAnsweredAsLastTimeWithTheirAgeWhileTheModulesDatabaseIsAway() {
        HttpResponse<String> now = get(PRODUCT);
        assertEquals(200, now.statusCode(), now::body);
        assertFalse(now.headers().firstValue("Age").isPresent(), "it is of now");
        hub.books().execute("postgres", "alter role masterdata_app nologin");
        try {
            hub.books()
                    .number(
                            "postgres",
                            "select count(pg_terminate_backend(pid)) from pg_stat_activity where usename = 'masterdata_app'");
            Probe.until(
                    "an answer that says its age",
                    PATIENCE,
                    () -> get(PRODUCT).headers().firstValue("Age").isPresent(),
                    () -> get(PRODUCT).body());
            HttpResponse<String> old = get(PRODUCT);
            assertEquals(200, old.statusCode(), old::body);
            assertEquals(now.body(), old.body());
            assertEquals(now.headers().firstValue("ETag"), old.headers().firstValue("ETag"));
            assertTrue(
                    old.headers()
                            .firstValue("Cache-Status")
                            .orElse("")
                            .matches("retail-hub; hit; ttl=-\\d+; detail=\"RUN-3001\""),
                    old::toString);
            HttpResponse<String> neverRead = get("/api/masterdata/v1/products/" + World.sku(4) + "-never-read");
            assertEquals(503, neverRead.statusCode(), neverRead::body);
            assertEquals("RUN-3001", Doors.code(neverRead));
        } finally {
            hub.books().execute("postgres", "alter role masterdata_app login");
        }
        Probe.until(
                "an answer of now",
                PATIENCE,
                () -> get(PRODUCT).headers().firstValue("Age").isEmpty()
                        && get(PRODUCT).statusCode() == 200,
                hub::lastLines);
    }

    private HttpResponse<String> place(Order order) {
        return doors.send("POST", Shop.ORDERS, order.json(), key);
    }

    /** Each time with another name. */
    private HttpResponse<String> product() {
        String document = "{\"erpItem\":\"" + ErpItems.of(World.sku(3)) + "\",\"name\":\"Product "
                + names.incrementAndGet() + "\"}";
        return doors.send("PUT", PRODUCT, document, key);
    }

    private HttpResponse<String> get(String path) {
        return doors.send("GET", path, null, Map.of("X-API-Key", world.shop().key()));
    }
}
