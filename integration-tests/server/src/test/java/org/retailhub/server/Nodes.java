package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.retailhub.server.Books.Expected;

/** Two servers on one database and one stand-alone broker, with a partner that knows both doors. */
final class Nodes implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static int serial;

    final Hub one;
    final Hub two;
    final World world;
    /** One door to each server. */
    final List<Shop> doors;

    /** @param one runs already; its second server is started here */
    Nodes(Hub one, World world) {
        this.one = one;
        this.world = world;
        two = one.next("server-2", "retail-test-2");
        two.startServer();
        doors = List.of(world.shop(), new Shop(two, world.shop().key()));
    }

    static Order order() {
        int n = ++serial;
        return Order.of(World.CHANNEL, "nodes-" + n, World.sku(n), World.sku(n + 3));
    }

    void settled(int sent, List<Expected> expected) {
        settled(one, sent, expected);
    }

    static void settled(Hub hub, int sent, List<Expected> expected) {
        hub.books().awaitSettled(PATIENCE);
        Books.Audit audit = hub.books().audit(sent, expected);
        assertTrue(audit.good(), audit::toString);
    }

    void awaitNothingPreparedAtTheBroker() {
        Probe.until(
                "nothing left prepared at the broker",
                PATIENCE,
                () -> one.broker().prepared().isEmpty(),
                () -> one.broker().prepared());
    }

    void bothRun() {
        one.erp().normal();
        one.startServer();
        two.startServer();
    }

    @Override
    public void close() {
        two.close();
        one.close();
    }
}
