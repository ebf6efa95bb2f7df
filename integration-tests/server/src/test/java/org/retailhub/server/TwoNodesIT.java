package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/** The promises of one server hold for two: exactly once, order per key, one loop at a time, one answer whichever is asked. */
class TwoNodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static int serial;

    private static Nodes nodes;
    private static Hub one;
    private static Hub two;
    private static World world;
    private static List<Shop> doors;

    @BeforeAll
    static void startBoth() {
        one = Hub.ofNodes("two-nodes");
        one.broker().start();
        one.startServer();
        world = World.on(one, "acme");
        nodes = new Nodes(one, world);
        two = nodes.two;
        doors = nodes.doors;
    }

    @AfterAll
    static void end() {
        if (nodes != null) {
            nodes.close();
        } else {
            one.close();
        }
    }

    @AfterEach
    void bothRun() {
        nodes.bothRun();
    }

    /** Also the same order at both doors at once, and each order changed at the door that has not taken it. */
    @Test
    void whatIsSaidAtBothServersReachesTheErpOnceAndInItsOrder() {
        one.erp().stopped();
        List<Expected> expected = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            Shop here = doors.get(i % 2);
            Shop there = doors.get((i + 1) % 2);
            Order order = Nodes.order();
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
        nodes.settled(24, expected);
    }

    @Test
    void killedServerLosesAndDoublesNothing() {
        try (Load load = new Load(world, doors)) {
            load.await(60);
            two.kill();
            load.await(30);
            two.startServer();
            load.await(60);
            System.out.println("two servers: " + load.end().acknowledged() + " orders, each once in the ERP");
        }
        nodes.awaitNothingPreparedAtTheBroker();
    }

    @Test
    void loopIsAtWorkAtOneServerAtATime() throws SQLException {
        List<String> leases = one.books()
                .query("retailhub", "select name from ordering.drain_lease order by name", row -> row.getString(1));
        assertTrue(leases.containsAll(List.of("census", "order-mapping", "drain erp.events.order")), leases::toString);
        String sku = "LATE-" + ++serial;
        List<Expected> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            Order order = Order.of(World.CHANNEL, "late-at-nodes-" + ++serial, World.sku(1), sku);
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
        Probe.until("all released", PATIENCE, () -> sent(waiting) >= 10, one::lastLines);
        nodes.settled(10, waiting);
        assertEquals(10, sent(waiting), "each was released once");
    }

    private static int sent(List<Expected> orders) {
        return one.books()
                .number("retailhub", "select count(*) from ordering.sent_message where business_key = any(?)", (Object)
                        orders.stream().map(Expected::id).toArray(String[]::new));
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
        Order order = Nodes.order();
        two.management().execute(property, "add", Map.of("value", "-1"));
        try {
            Probe.until("503 before the transaction", PATIENCE, () -> refusedForItsDisk(order), two::lastLines);
        } finally {
            two.management().execute(property, "remove", Map.of());
        }
        String id = doors.get(1).place(order);
        nodes.settled(1, List.of(Expected.document(id, order)));
    }

    private static boolean refusedForItsDisk(Order order) {
        Shop.Answer answer = doors.get(1).attempt("POST", Shop.ORDERS, order.json(), Map.of());
        return answer != null && answer.status() == 503 && "RUN-3007".equals(answer.text("code"));
    }
}
