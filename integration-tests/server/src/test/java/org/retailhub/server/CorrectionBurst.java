package org.retailhub.server;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.retailhub.server.Books.Expected;

/**
 * A small piece of trade after posting: orders that the ERP has made its documents of, every second changed in each way at once, the others
 * cancelled. What is said when the documents are there is a step of its own, so that a kill can be armed before it.
 */
final class CorrectionBurst {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final World world;
    private final Hub hub;
    private final List<Order> orders = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    CorrectionBurst(World world, String name, int size) {
        this.world = world;
        this.hub = world.hub();
        for (int i = 0; i < size; i++) {
            orders.add(Order.of(World.CHANNEL, name + "-" + i, World.sku(i), World.sku(i + 1), World.sku(i + 2)));
        }
    }

    /** Returns when the ERP has a document of each. */
    void sell() {
        hub.erp().normal();
        orders.forEach(order -> ids.add(world.shop().place(order)));
        for (String id : ids) {
            await(id, "posted");
        }
        hub.books().awaitHandled(PATIENCE, expected(false));
    }

    /** Returns when the ERP has all that follows. */
    void correct() {
        for (int i = 0; i < ids.size(); i++) {
            Shop.Answer answer = i % 2 == 0
                    ? world.shop().change(ids.get(i), otherwise(orders.get(i), i))
                    : world.shop().cancel(ids.get(i));
            World.require(answer);
        }
        hub.books().awaitHandled(PATIENCE, expected(true));
        for (int i = 0; i < ids.size(); i++) {
            await(ids.get(i), i % 2 == 0 ? "posted" : "cancelled");
        }
        hub.books().awaitHandled(PATIENCE, expected(true));
    }

    Books.Audit audit() {
        return hub.books().audit(ids.size(), expected(true));
    }

    private List<Expected> expected(boolean corrected) {
        List<Expected> expected = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            Order first = orders.get(i);
            expected.add(
                    !corrected
                            ? Expected.document(ids.get(i), first)
                            : i % 2 == 0
                                    ? new Expected(ids.get(i), List.of(first), otherwise(first, i), false)
                                    : Expected.returned(ids.get(i), first));
        }
        return expected;
    }

    /** A line less, one smaller, one of another price, and one more. */
    private static Order otherwise(Order first, int n) {
        Order.Line second = first.lines().get(1);
        Order.Line third = first.lines().get(2);
        return new Order(
                        first.channel(),
                        first.number(),
                        List.of(
                                new Order.Line(second.sku(), second.quantity() - 1, second.price()),
                                new Order.Line(third.sku(), third.quantity(), new BigDecimal("11.35"))),
                        first.shipping())
                .with(World.sku(n + 7));
    }

    private void await(String id, String status) {
        Probe.until(
                id + " " + status,
                PATIENCE,
                () -> status.equals(world.shop().status(id)),
                () -> world.shop().order(id) + "; prepared " + hub.books().preparedNames() + "; cases "
                        + hub.books().openCases() + "; " + hub.lastLines());
    }
}
