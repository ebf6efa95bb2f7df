package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/** After a crash, orders whose fate is open answer 503 and then the same as before; others do not wait for them. */
@Tag("deep")
class InDoubtIT {
    private static final int ORDERS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void newOrdersDoNotWaitForThoseInDoubt() throws Exception {
        // Recovery as seldom as in production, so that the doubt lasts.
        try (Hub hub = Hub.start(new Hub.Variant("in-doubt", InDoubtIT::recoveryOfProduction, ""))) {
            World world = World.on(hub, "acme");
            List<Order> old = orders("old");
            List<Order> fresh = orders("new");
            Map<String, Expected> taken = new ConcurrentHashMap<>();
            hub.faults().halt(KillMatrix.intake("order | after prepare"), 2);
            each(old, order -> record(taken, order, once(world, order)));
            assertTrue(hub.faults().fired(), () -> "not killed: " + hub.faults().points());
            List<Order> open =
                    old.stream().filter(o -> !taken.containsKey(o.number())).toList();
            assertTrue(!open.isEmpty(), "orders without an answer");
            hub.startServer();

            Map<String, Long> millis = new ConcurrentHashMap<>();
            Map<String, Integer> firstAnswer = new ConcurrentHashMap<>();
            List<Order> both = new ArrayList<>(fresh);
            IntStream.range(0, open.size()).forEach(i -> both.add(Math.min(both.size(), 2 * i), open.get(i)));
            each(both, order -> {
                long begin = System.nanoTime();
                Shop.Answer answer = once(world, order);
                millis.put(order.number(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
                firstAnswer.put(order.number(), answer == null ? 0 : answer.status());
                if (answer != null && answer.status() == 503) {
                    assertTrue(answer.retryAfter() != null, "a 503 says when to come again");
                }
                return record(taken, order, answer);
            });
            long[] waited = fresh.stream()
                    .mapToLong(o -> millis.get(o.number()))
                    .sorted()
                    .toArray();
            long slowest = waited[waited.length - 1];
            assertTrue(
                    fresh.stream().allMatch(o -> firstAnswer.get(o.number()) == 202),
                    "each new order is taken at once");
            assertTrue(slowest < 2_500, "every new order within " + slowest + " ms, less than the doubt's 3 s");
            long doubtful = open.stream()
                    .filter(o -> firstAnswer.get(o.number()) == 503)
                    .count();
            assertTrue(doubtful > 0, "orders in doubt answer 503: " + firstAnswer);

            each(old, order -> record(taken, order, world.shop().post(Shop.ORDERS, order.json())));
            hub.erp().normal();
            hub.books().awaitSettled(PATIENCE);
            Books.Audit audit = hub.books().audit(2 * ORDERS, taken.values());
            assertTrue(audit.good(), audit::toString);
        }
    }

    private static String recoveryOfProduction(String xml) {
        return xml.replaceFirst("(periodicRecoveryPeriod\" value=\")\\d+", "$110")
                .replaceFirst("(recoveryBackoffPeriod\" value=\")\\d+", "$12")
                .replaceFirst("(orphanSafetyInterval\" value=\")\\d+", "$110000");
    }

    private static List<Order> orders(String name) {
        return IntStream.range(0, ORDERS)
                .mapToObj(i -> Order.of(World.CHANNEL, name + "-" + i, World.sku(i), World.sku(i + 1)))
                .toList();
    }

    private static Shop.Answer once(World world, Order order) {
        return world.shop().attempt("POST", Shop.ORDERS, order.json(), Map.of());
    }

    private static boolean record(Map<String, Expected> taken, Order order, Shop.Answer answer) {
        if (answer != null && answer.ok()) {
            taken.put(order.number(), Expected.document(Shop.id(answer), order));
        }
        return answer != null;
    }

    private static void each(List<Order> orders, Predicate<Order> action) throws Exception {
        ExecutorService partners = Executors.newFixedThreadPool(32);
        try {
            List<Future<?>> tasks = new ArrayList<>();
            for (Order order : orders) {
                tasks.add(partners.submit(() -> action.test(order)));
            }
            for (Future<?> task : tasks) {
                task.get();
            }
        } finally {
            partners.shutdownNow();
        }
    }
}
