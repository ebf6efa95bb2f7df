package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/**
 * Two servers on one database and one stand-alone broker, as {@code docs/runbooks/add-node.md} sets them up: a hub with a broker
 * inside its server and messages in flight moves to the other broker, then gets its second server.
 */
class TwoNodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String QUEUE = "erp.postings.idempiere";
    private static final String UNUSED = "order.commands.dead";
    private static final List<String> EAR = List.of("deployment", "retail-hub.ear");
    private static int serial;

    private static Hub one;
    private static Hub two;
    private static World world;
    /** One door to each server. */
    private static List<Shop> doors;

    @BeforeAll
    static void addANode() {
        one = Hub.ofNodes("two-nodes");
        one.configureAnew(false);
        one.startServer();
        world = World.on(one, "acme");
        moveWithMessagesInFlight();
        two = one.next("server-2", "retail-test-2");
        two.startServer();
        doors = List.of(world.shop(), new Shop(two, world.shop().key()));
    }

    private static void moveWithMessagesInFlight() {
        one.management().pause(QUEUE);
        List<Expected> inFlight = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Order order = order();
            String id = world.shop().place(order);
            Order last = i % 3 == 0 ? order.changed(1) : order;
            if (last != order) {
                assertTrue(world.shop().change(id, last).ok());
            }
            inFlight.add(Expected.document(id, last));
        }
        assertTrue(one.management().depth(QUEUE) >= 20, "messages are in flight");
        one.stopServer();
        assertEquals(List.of(), one.books().preparedNames(), "a server that was stopped leaves nothing to recover");
        one.configureAnew(true);
        one.broker().start();
        one.fence(true);
        one.startServer();
        System.out.println(one.sweep("sweep", Instant.now().minus(Duration.ofMinutes(10))));
        one.fence(false);
        settled(20, inFlight);
    }

    @AfterAll
    static void end() {
        if (two != null) {
            two.close();
        }
        if (one != null) {
            one.close();
        }
    }

    @BeforeEach
    void letTheErpWork() {
        one.erp().normal();
    }

    @AfterEach
    void bothRun() {
        one.erp().normal();
        one.startServer();
        two.startServer();
    }

    /** Also the same order at both doors at once, and each order changed at the door that has not taken it. */
    @Test
    void whatIsSaidAtBothServersReachesTheErpOnceAndInItsOrder() {
        one.erp().stopped();
        List<Expected> expected = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Shop here = doors.get(i % 2);
            Shop there = doors.get((i + 1) % 2);
            Order order = order();
            CompletableFuture<String> twin = CompletableFuture.supplyAsync(() -> there.place(order));
            String id = here.place(order);
            assertEquals(id, twin.join(), "the same order, whichever server is asked");
            Order last = order;
            for (int change = 1; change <= i % 4; change++) {
                last = order.changed(change);
                Shop.Answer changed = (change % 2 == 1 ? there : here).change(id, last);
                assertTrue(changed.ok(), changed::toString);
            }
            if (i % 6 == 5) {
                Shop.Answer cancelled = there.cancel(id);
                assertTrue(cancelled.ok(), cancelled::toString);
                expected.add(Expected.nothing(id));
            } else {
                expected.add(Expected.document(id, last));
            }
        }
        one.books().awaitHandled(PATIENCE);
        one.erp().normal();
        settled(24, expected);
    }

    @Test
    void killedServerAndKilledBrokerLoseAndDoubleNothing() {
        try (Load load = new Load(world, doors)) {
            load.await(60);
            two.kill();
            load.await(30);
            two.startServer();
            load.await(60);
            one.kill();
            load.await(30);
            one.startServer();
            load.await(60);
            one.broker().kill();
            one.broker().start();
            load.await(60);
            Books.Audit audit = load.end();
            System.out.println("two servers: " + audit.acknowledged() + " orders, each once in the ERP");
        }
        Probe.until(
                "nothing left prepared at the broker",
                PATIENCE,
                () -> one.broker().prepared().isEmpty(),
                () -> one.broker().prepared());
    }

    @Test
    void loopIsAtWorkAtOneServerAtATime() throws SQLException {
        List<String> leases = one.books()
                .query("retailhub", "select name from ordering.drain_lease order by name", row -> row.getString(1));
        assertTrue(leases.containsAll(List.of("census", "order-mapping", "drain erp.events.order")), leases::toString);
        String sku = "LATE-" + ++serial;
        List<Expected> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Order order = Order.of(World.CHANNEL, "nodes-" + ++serial, World.sku(1), sku);
            waiting.add(Expected.document(doors.get(i % 2).place(order), order));
        }
        try (Connection connection = DriverManager.getConnection(one.jdbcUrl("retailhub", "postgres"));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select 1 from ordering.drain_lease where name = 'order-mapping' for update");
            world.erpLearns(List.of(sku));
            world.hubLearns(List.of(sku));
            Expected posted = waiting.get(0);
            assertTrue(
                    !Probe.happens(Duration.ofSeconds(4), () -> !"awaiting-mapping"
                            .equals(doors.get(1).status(posted.id()))),
                    "the lease is held, so neither server releases");
            connection.rollback();
        }
        settled(10, waiting);
        assertEquals(
                10,
                one.books()
                        .number(
                                "retailhub",
                                "select count(*) from ordering.sent_message where business_key = any(?)",
                                (Object) waiting.stream().map(Expected::id).toArray(String[]::new)),
                "each was released once");
    }

    @Test
    void keyRevokedAtOneServerIsDeadAtTheOtherWithinFiveSeconds() {
        String credentials = "/api/partner/v1/partners/shop-of-acme/credentials";
        Shop.Answer issued =
                World.require(world.operator().post(credentials, "{\"name\":\"short\",\"scopes\":[\"orders:read\"]}"));
        Shop other = new Shop(two, issued.text("key"));
        String door = Shop.ORDERS + "?limit=1";
        assertNotEquals(401, other.get(door).status());
        Shop.Answer revoked = world.operator().attempt("DELETE", credentials + "/" + issued.text("id"), null, Map.of());
        assertEquals(204, revoked.status(), revoked::toString);
        assertTrue(
                Probe.happens(Duration.ofSeconds(5), () -> other.get(door).status() == 401),
                "revoked at the other server");
    }

    @Test
    void fullDiskOfTheBrokerRefusesIntake() {
        List<String> property = List.of("system-property", "retailhub.journal.refuse-above-percent");
        Order order = order();
        two.management().execute(property, "add", Map.of("value", "-1"));
        try {
            Probe.until("503 before the transaction", PATIENCE, () -> refusedForItsDisk(order), two::lastLines);
        } finally {
            two.management().execute(property, "remove", Map.of());
        }
        String id = doors.get(1).place(order);
        settled(1, List.of(Expected.document(id, order)));
    }

    private static boolean refusedForItsDisk(Order order) {
        Shop.Answer answer = doors.get(1).attempt("POST", Shop.ORDERS, order.json(), Map.of());
        return answer != null && answer.status() == 503 && "RUN-3007".equals(answer.text("code"));
    }

    @Test
    void serverWithTheNameOfALivingOneIsRefused() throws IOException {
        Hub three = one.next("server-3", one.node());
        try {
            AssertionError refused = assertThrows(AssertionError.class, three::startServer);
            String log = Files.readString(three.log());
            assertAll(
                    () -> assertTrue(refused.getMessage().contains("started with errors"), refused::getMessage),
                    () -> assertTrue(log.contains("'retail-test' is in use by another server"), three::lastLines),
                    () -> assertTrue(one.ready() && two.ready()));
        } finally {
            three.close();
        }
    }

    /** And when the broker has the queue, the third server works with the others. */
    @Test
    @Tag("deep")
    void serverIsRefusedWhileTheBrokerLacksAQueue() throws IOException {
        Hub three = one.next("server-4", "retail-test-4");
        one.broker().destroy(UNUSED);
        try {
            AssertionError refused = assertThrows(AssertionError.class, three::startServer);
            assertTrue(refused.getMessage().contains("started with errors"), refused::getMessage);
            assertTrue(
                    Files.readString(three.log()).contains("'" + UNUSED + "' is missing at the broker"),
                    three::lastLines);
            one.broker().configure();
            Probe.until("the queue", PATIENCE, () -> one.broker().has(UNUSED), three::lastLines);
            three.management().execute(EAR, "redeploy", Map.of());
            Probe.until("the third server", PATIENCE, three::ready, three::lastLines);
            Order order = order();
            String id = new Shop(three, world.shop().key()).place(order);
            settled(1, List.of(Expected.document(id, order)));
        } finally {
            three.close();
            one.broker().configure();
        }
    }

    private static Order order() {
        int n = ++serial;
        return Order.of(World.CHANNEL, "nodes-" + n, World.sku(n), World.sku(n + 3));
    }

    private static void settled(int sent, List<Expected> expected) {
        one.books().awaitSettled(PATIENCE);
        Books.Audit audit = one.books().audit(sent, expected);
        assertTrue(audit.good(), audit::toString);
    }
}
