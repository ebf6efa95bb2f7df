package org.retailhub.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.retailhub.server.Books.Expected;

/**
 * A small piece of trade that goes through every flow: orders, changes and cancellations before posting, orders that wait for a
 * mapping, orders that are parked with a change behind them and released, an order and its change by webhook, an order that only
 * a sweep finds. Returns when the ERP has everything.
 *
 * <p>The ERP imports nothing until all has been said, so that what its documents must be is certain.
 */
final class Burst {
    private static final int PARTNERS_THREADS = 8;

    private final World world;
    private final Hub hub;
    private final String name;
    private final int size;
    private final Map<String, Expected> expected = new ConcurrentHashMap<>();
    private final Map<String, String> sick = new ConcurrentHashMap<>();
    private final Duration patience;
    private int sent;

    /** @param size number of orders; 16 has each kind twice */
    Burst(World world, String name, int size) {
        this(world, name, size, Duration.ofSeconds(90));
    }

    /** @param patience how long each step may take */
    Burst(World world, String name, int size, Duration patience) {
        this.patience = patience;
        this.world = world;
        this.hub = world.hub();
        this.name = name;
        this.size = size;
    }

    /** What was sent and acknowledged; complete after {@link #run}. */
    List<Expected> expected() {
        return List.copyOf(expected.values());
    }

    int sent() {
        return sent;
    }

    void run() {
        hub.erp().stopped();
        world.hubLearns(sickSkus());
        WebhookShop webhooks = world.webhookShop();
        ExecutorService partners = Executors.newFixedThreadPool(PARTNERS_THREADS);
        List<Future<?>> tasks = new ArrayList<>();
        try {
            // Alone first: a batch of orders that all wait for a mapping sends nothing, and is the one that commits in
            // one phase.
            for (int i = 0; i < size; i++) {
                if (i % 8 == 6) {
                    sent++;
                    trade(i);
                }
            }
            sent += 2;
            tasks.add(partners.submit(() -> {
                expected.put(name + "-webhook", webhooks.sell(patience));
                expected.put(name + "-unheard", webhooks.sellUnheard(patience));
            }));
            for (int i = 0; i < size; i++) {
                int n = i;
                if (n % 8 != 6) {
                    sent++;
                    tasks.add(partners.submit(() -> trade(n)));
                }
            }
            await(tasks);
        } finally {
            partners.shutdownNow();
        }
        world.erpLearns(unknownSkus());
        world.hubLearns(unknownSkus());
        cure();
        awaitNotMapping();
        hub.books().awaitHandled(patience, expected.values());
        hub.erp().normal();
        awaitFinal();
        hub.books().awaitHandled(patience, expected.values());
    }

    private void trade(int n) {
        String number = name + "-" + n;
        switch (n % 8) {
            case 3, 4 -> {
                Order order = Order.of(World.CHANNEL, number, World.sku(n), World.sku(n + 1));
                String id = world.shop().place(order);
                Order last = order;
                for (int change = 1; change <= n % 8 - 2; change++) {
                    last = order.changed(change);
                    require(world.shop().change(id, last), "the change of " + number);
                }
                expected.put(number, Expected.document(id, last));
            }
            case 5 -> {
                String id = world.shop().place(Order.of(World.CHANNEL, number, World.sku(n)));
                require(world.shop().cancel(id), "the cancellation of " + number);
                expected.put(number, Expected.nothing(id));
            }
            case 6 -> {
                Order order = Order.of(World.CHANNEL, number, World.sku(n), unknownSku(n));
                expected.put(number, Expected.document(world.shop().place(order), order));
            }
            case 7 -> {
                Order order = Order.of(World.CHANNEL, number, sickSku(n), World.sku(n));
                String id = world.shop().place(order);
                Order last = order.changed(1);
                require(world.shop().change(id, last), "the change of " + number);
                sick.put(number, id);
                expected.put(number, Expected.document(id, last));
            }
            default -> {
                Order order = Order.of(World.CHANNEL, number, World.sku(n), World.sku(n + 3), World.sku(n + 5));
                expected.put(number, Expected.document(world.shop().place(order), order));
            }
        }
    }

    private static void require(Shop.Answer answer, String what) {
        if (!answer.ok()) {
            throw new AssertionError(what + " was answered " + answer);
        }
    }

    private String unknownSku(int n) {
        return "NEW-" + name + "-" + n;
    }

    private List<String> unknownSkus() {
        List<String> skus = new ArrayList<>();
        for (int i = 6; i < size; i += 8) {
            skus.add(unknownSku(i));
        }
        return skus;
    }

    /** Known to master data, its item not yet to the ERP. */
    private String sickSku(int n) {
        return "SICK-" + name + "-" + n;
    }

    private List<String> sickSkus() {
        List<String> skus = new ArrayList<>();
        for (int i = 7; i < size; i += 8) {
            skus.add(sickSku(i));
        }
        return skus;
    }

    /** The ERP learns the items, the operator releases the parked messages. */
    private void cure() {
        if (sick.isEmpty()) {
            return;
        }
        sick.forEach((number, id) -> Probe.until(
                number + " parked",
                patience,
                () -> world.hospital().parkedCase(id) != null,
                () -> hub.books().openCases() + "; " + hub.lastLines()));
        world.erpLearns(sickSkus());
        sick.values().forEach(id -> world.hospital().releaseUntilGone(id, patience));
    }

    private void awaitNotMapping() {
        for (Expected order : expected.values()) {
            Probe.until(
                    order.id() + " mapped",
                    patience,
                    () -> !world.shop().status(order.id()).equals("awaiting-mapping"),
                    () -> world.shop().order(order.id()) + "; " + hub.lastLines());
        }
    }

    private void awaitFinal() {
        for (Expected order : expected.values()) {
            String wanted = order.isCancelled() ? "cancelled" : "posted";
            Probe.until(
                    order.id() + " " + wanted,
                    patience,
                    () -> wanted.equals(world.shop().status(order.id())),
                    () -> world.shop().order(order.id()) + "; prepared "
                            + hub.books().preparedNames() + "; cases "
                            + hub.books().openCases() + "; " + hub.lastLines());
        }
    }

    private static void await(List<Future<?>> tasks) {
        for (Future<?> task : tasks) {
            try {
                task.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof AssertionError error ? error : new AssertionError(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
