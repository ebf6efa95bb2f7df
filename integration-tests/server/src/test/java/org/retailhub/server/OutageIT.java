package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/** Something that the hub needs is away for a while, under load. All drains, nothing is lost. */
class OutageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static int serial;

    private World world;
    private Hub hub;

    @BeforeEach
    void openShop() {
        world = World.shared();
        hub = world.hub();
        hub.erp().normal();
    }

    @AfterEach
    void putRight() {
        hub.faults().release();
        hub.faults().disarm();
        hub.erp().restore();
        hub.erp().normal();
        hub.management().resume(Overtaking.QUEUE);
    }

    @Test
    void ordersAreTakenWhileTheErpIsDownForAMinute() {
        try (Load load = new Load(world)) {
            load.await(20);
            hub.erp().down();
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (System.nanoTime() - end < 0) {
                load.await(20);
            }
            hub.erp().restore();
            Books.Audit audit = load.end();
            assertEquals(List.of(), hub.books().openCases(), "an outage parks nothing");
            System.out.println("ERP down 60 s: " + audit.acknowledged() + " orders taken, all in the ERP");
        }
    }

    @Test
    void databaseRestartsUnderLoad() {
        try (Load load = new Load(world)) {
            load.await(50);
            hub.restartPostgres();
            load.await(50);
            load.end();
        }
    }

    @Test
    void backendTerminatedBetweenPrepareAndCommitIsFinishedByRecovery() {
        try (Load load = new Load(world)) {
            load.await(20);
            hub.faults().hold(KillMatrix.postings("erp | before commit"));
            Probe.until("a drain between prepare and commit", PATIENCE, hub.faults()::fired, () -> hub.faults()
                    .points());
            int ended = hub.books()
                    .number(
                            "postgres",
                            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                    + " where usename in ('erp_app', 'retailhub_if')");
            assertTrue(ended > 0, "no backend to terminate");
            hub.faults().release();
            load.await(50);
            load.end();
        }
    }

    @Test
    void pausedQueueHoldsBackNothingButItself() {
        try (Load load = new Load(world)) {
            load.await(10);
            hub.management().pause(Overtaking.QUEUE);
            load.await(50);
            assertTrue(hub.management().depth(Overtaking.QUEUE) > 0, "the queue fills");
            hub.management().resume(Overtaking.QUEUE);
            load.end();
        }
    }

    @Test
    void messageMovedByAnAdministratorIsWaitedFor() {
        Books.Audit audit = Overtaking.in(world, "moved-" + ++serial, PATIENCE);
        assertTrue(audit.good(), audit::toString);
        assertFalse(audit.documents() == 0);
    }

    @Test
    void removedMessageIsNamedAndSentAgainByOneCall() {
        hub.erp().stopped();
        hub.management().pause(Overtaking.QUEUE);
        Order order = Order.of(World.CHANNEL, "removed-" + ++serial, World.sku(1), World.sku(2));
        String id = world.shop().place(order);
        assertTrue(world.shop().change(id, order.changed(2)).ok());
        removeAndSendAgain(id, order.changed(2));
    }

    /** No later message of its key waits for it. */
    @Test
    void onlyMessageOfAnOrderThatIsRemovedIsNamedAndSentAgainByOneCall() {
        hub.erp().stopped();
        hub.management().pause(Overtaking.QUEUE);
        Order order = Order.of(World.CHANNEL, "removed-" + ++serial, World.sku(1), World.sku(2));
        removeAndSendAgain(world.shop().place(order), order);
    }

    private void removeAndSendAgain(String id, Order wanted) {
        hub.management().remove(Overtaking.QUEUE, Overtaking.messageId(hub, Overtaking.QUEUE, id, 1));
        hub.management().resume(Overtaking.QUEUE);
        Probe.until(
                "the missing number named",
                Duration.ofSeconds(60),
                () -> missing().contains(id + " #1"),
                () -> missing() + "; " + hub.books().openCases());
        Shop.Answer again =
                world.operator().post("/api/order/v1/sent-messages/" + Overtaking.QUEUE + "/" + id + "/1/resend", "");
        assertTrue(again.ok(), again::toString);
        hub.books().awaitHandled(PATIENCE);
        assertEquals(List.of(), missing());
        hub.erp().normal();
        Probe.until("posted", PATIENCE, () -> "posted".equals(world.shop().status(id)), hub::lastLines);
        Books.Audit audit = hub.books().audit(1, List.of(Expected.document(id, wanted)));
        assertTrue(audit.good(), audit::toString);
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        world.operator()
                .get("/api/erp/v1/hospital/missing?olderThanSeconds=0")
                .body()
                .forEach(each -> missing.add(each.path("businessKey").asText() + " #"
                        + each.path("sequence").asLong()));
        return missing;
    }

    /** The threshold is lowered below what the disk has: as full as a full disk, to the hub. */
    @Test
    void fullJournalRefusesBeforeTheTransactionAndLosesNothing() {
        List<String> property = List.of("system-property", "retailhub.journal.refuse-above-percent");
        Order order = Order.of(World.CHANNEL, "full-" + ++serial, World.sku(1));
        try (Load load = new Load(world)) {
            load.await(20);
            hub.management().execute(property, "add", Map.of("value", "-1"));
            try {
                Probe.until(
                        "503 before the transaction",
                        PATIENCE,
                        () -> {
                            Shop.Answer answer = world.shop().attempt("POST", Shop.ORDERS, order.json(), Map.of());
                            return answer != null && answer.status() == 503 && answer.retryAfter() != null;
                        },
                        load::taken);
            } finally {
                hub.management().execute(property, "remove", Map.of());
            }
            load.await(20);
            load.end();
        }
    }
}
