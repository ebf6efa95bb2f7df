package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.retailhub.server.Books.Expected;

/**
 * Orders one after the other by several partners, until closed; each sends again what was not answered, to the next server if there
 * are several.
 */
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int PARTNERS = 4;
    private static int serial;

    private final World world;
    private final List<Shop> doors;
    private final ConcurrentLinkedQueue<Expected> taken = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean done = new AtomicBoolean();
    private final List<CompletableFuture<Integer>> partners = new ArrayList<>();

    Load(World world) {
        this(world, List.of(world.shop()));
    }

    /** @param doors one to each server of the hub */
    Load(World world, List<Shop> doors) {
        this.world = world;
        this.doors = doors;
        String name = "load-" + ++serial;
        for (int i = 0; i < PARTNERS; i++) {
            String partner = name + "-" + i;
            CompletableFuture<Integer> task = new CompletableFuture<>();
            partners.add(task);
            new Thread(() -> trade(partner, task), partner).start();
        }
    }

    private void trade(String name, CompletableFuture<Integer> task) {
        int n = 0;
        try {
            while (!done.get()) {
                Order order = Order.of(World.CHANNEL, name + "-" + n++, World.sku(n), World.sku(n + 2));
                taken.add(Expected.document(place(order, n), order));
            }
            task.complete(n);
        } catch (RuntimeException | AssertionError e) {
            task.completeExceptionally(e);
        }
    }

    private String place(Order order, int n) {
        if (doors.size() == 1) {
            return doors.get(0).place(order);
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (int attempt = n; System.nanoTime() - end < 0; attempt++) {
            Shop.Answer answer = doors.get(attempt % doors.size()).attempt("POST", Shop.ORDERS, order.json(), Map.of());
            if (answer != null && answer.ok()) {
                return Shop.id(answer);
            }
            if (answer != null && answer.status() != 503 && !Shop.isBooting(answer)) {
                throw new AssertionError(order.number() + " was answered " + answer);
            }
            Probe.pause();
        }
        throw new AssertionError(order.number() + ": no server takes it in " + PATIENCE.toSeconds() + " s");
    }

    int taken() {
        return taken.size();
    }

    void await(int more) {
        int goal = taken.size() + more;
        Probe.until(more + " more orders", PATIENCE, () -> taken.size() >= goal, world.hub()::lastLines);
    }

    /** Waits until all is settled, and requires that each order taken is in the ERP once. */
    Books.Audit end() {
        done.set(true);
        int sent = partners.stream().mapToInt(CompletableFuture::join).sum();
        world.hub().books().awaitSettled(PATIENCE);
        Books.Audit audit = world.hub().books().audit(sent, taken);
        assertTrue(audit.good(), audit::toString);
        return audit;
    }

    @Override
    public void close() {
        done.set(true);
        partners.forEach(each -> each.handle((n, e) -> n).join());
    }
}
