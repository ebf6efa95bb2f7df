package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/** {@code kill -9} now and then under full load, with partners that send again what was not answered. */
@Tag("deep")
class RandomKillsIT {
    private static final int PARTNERS = 8;
    private static final Duration DRAIN = Duration.ofSeconds(180);

    @Test
    void nothingIsLostOrDoubledInAShortTime() throws Exception {
        killsFor(Duration.ofSeconds(30), "short");
    }

    @Test
    void nothingIsLostOrDoubledInFiveMinutes() throws Exception {
        killsFor(Duration.ofMinutes(5), "long");
    }

    @SuppressWarnings("try")
    private static void killsFor(Duration time, String name) throws Exception {
        World world = World.shared();
        Hub hub = world.hub();
        hub.erp().normal();
        Queue<Expected> expected = new ConcurrentLinkedQueue<>();
        ExecutorService partners = Executors.newFixedThreadPool(PARTNERS);
        Random random = new Random(20261123);
        long end = System.nanoTime() + time.toNanos();
        int kills = 0;
        int sent = 0;
        try (Hub.Keeper keeper = hub.keepRunning()) {
            List<Future<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < PARTNERS; i++) {
                int partner = i;
                tasks.add(partners.submit(() -> trade(world, "random-" + name + "-" + partner, end, expected)));
            }
            while (true) {
                long next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(10_000 + random.nextInt(10_000));
                if (next - end >= 0) {
                    break;
                }
                while (System.nanoTime() - next < 0) {
                    Probe.pause();
                }
                hub.kill();
                kills++;
            }
            for (Future<Integer> task : tasks) {
                sent += task.get();
            }
            hub.books().awaitSettled(DRAIN);
        } finally {
            partners.shutdownNow();
        }
        Books.Audit audit = hub.books().audit(sent, expected);
        System.out.println("random kills: " + kills + " kills, " + audit.acknowledged() + " orders, "
                + audit.documents() + " documents");
        assertTrue(audit.good(), () -> kinds(audit));
        assertTrue(kills > 0, "no kill");
    }

    private static String kinds(Books.Audit audit) {
        return audit.faults().size() + " faults, such as "
                + audit.faults().subList(0, Math.min(10, audit.faults().size()));
    }

    /** One order after the other; one in ten is changed at once, before or after the ERP has made its document. */
    private static int trade(World world, String name, long end, Queue<Expected> expected) {
        int n = 0;
        while (System.nanoTime() - end < 0) {
            Order order = Order.of(World.CHANNEL, name + "-" + n, World.sku(n), World.sku(n + 1));
            n++;
            String id = world.shop().place(order);
            boolean changed =
                    n % 10 == 0 && world.shop().change(id, order.changed(1)).ok();
            expected.add(changed ? Expected.changed(id, order, order.changed(1)) : Expected.document(id, order));
        }
        return n;
    }
}
