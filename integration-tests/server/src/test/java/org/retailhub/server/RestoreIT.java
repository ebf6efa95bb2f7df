package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.retailhub.server.Books.Expected;

/**
 * Each store alone is set back to before the last hundred orders. The fence holds the drains until {@code ./retail fence sweep} has
 * compared; then every order is in the ERP once, or the sweep says whom to ask for it.
 */
class RestoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LAST = 100;
    private static int serial;

    private final World world = World.shared();
    private final Hub hub = world.hub();
    private final String name = "restore-" + ++serial;

    /** Orders as they were sent, to be sent again. */
    private record Sold(Order order, String id) {
        Expected expected() {
            return Expected.document(id, order);
        }
    }

    @BeforeEach
    void open() {
        hub.erp().normal();
    }

    @AfterEach
    void unfence() {
        hub.faults().disarm();
        hub.fence(false);
        if (!hub.serverRuns()) {
            hub.startServer();
        }
    }

    @Test
    void erpPostsAgainWhatItLost() {
        List<Sold> before = sell("before", 20);
        settle(before);
        hub.erp().snapshot();
        Instant cut = Instant.now();
        List<Sold> after = sell("after", LAST);
        settle(after);
        hub.fence(true);
        hub.erp().setBack();

        String said = hub.sweep("sweep", cut);
        assertTrue(said.contains("lost by the ERP: " + LAST + " orders"), said);
        assertEquals(0, documents(after), "the fence holds");
        hub.fence(false);
        settle(after);
        agrees(cut, before, after);
    }

    /** The hub cannot know what it has forgotten: it names the orders, and a partner that sends them again doubles nothing. */
    @Test
    void hubNamesTheOrdersItForgotAndDoublesNoneThatComesAgain() {
        List<Sold> before = sell("before", 20);
        settle(before);
        hub.stopServer();
        hub.books().execute("postgres", "create database retailhub_then template retailhub");
        hub.startServer();
        Instant cut = Instant.now();
        List<Sold> after = sell("after", LAST);
        settle(after);
        hub.stopServer();
        hub.books().execute("postgres", "drop database retailhub", "alter database retailhub_then rename to retailhub");
        hub.migrate();
        hub.fence(true);
        hub.startServer();

        String said = hub.sweep("sweep", cut);
        assertTrue(said.contains("marks of messages that the hub has forgotten"), said);
        assertEquals(
                after.stream().map(Sold::id).collect(Collectors.toCollection(TreeSet::new)),
                unknownToHub(cut),
                "exactly those after the restore point");
        hub.fence(false);
        for (Sold one : after) {
            assertEquals(one.id(), world.shop().place(one.order()), "the same order keeps its id");
        }
        List<Sold> fresh = sell("fresh", 10);
        settle(after);
        settle(fresh);
        agrees(cut, before, after, fresh);
    }

    /** Messages that were handled come again, messages that were waiting are gone. */
    @Test
    void brokerDropsWhatWasHandledAndGetsWhatItLost() {
        hub.management().pause(Overtaking.QUEUE);
        List<Sold> before = sell("before", 20);
        hub.stopServer();
        hub.keepCopy("activemq");
        hub.startServer();
        Instant cut = Instant.now();
        settle(before);
        hub.management().pause(Overtaking.QUEUE);
        List<Sold> after = sell("after", LAST);
        hub.stopServer();
        hub.setBack("activemq");
        hub.fence(true);
        hub.startServer();

        String said = hub.sweep("sweep", cut.minusSeconds(60));
        assertTrue(said.contains("sent again by order: "), said);
        assertEquals(0, documents(after), "the fence holds");
        hub.fence(false);
        settle(after);
        agrees(cut, before, after);
    }

    /**
     * The server dies between two commits of one transaction, and the log that says so is lost: the branches that were left are rolled
     * back, and the other side's effect is missing.
     */
    @Tag("deep")
    @ParameterizedTest
    @CsvSource({"drain-erp.postings.idempiere | erp | before commit", "intake-order | broker | before commit"})
    void lostTransactionLogLosesNoOrder(String point) {
        List<Sold> before = sell("before", 20);
        settle(before);
        hub.stopServer();
        hub.keepCopy("tx-object-store");
        hub.startServer();
        Instant cut = Instant.now();
        List<Sold> after = new ArrayList<>(sell("after", LAST / 2));
        hub.faults().halt(point, 1);
        CompletableFuture<List<Sold>> rest = CompletableFuture.supplyAsync(() -> sell("rest", LAST / 2));
        Probe.until("the server killed", PATIENCE, () -> !hub.serverRuns(), hub::lastLines);
        hub.faults().disarm();
        hub.setBack("tx-object-store");
        hub.fence(true);
        hub.startServer();
        hub.books().awaitNothingPrepared(Duration.ofSeconds(40));

        hub.sweep("sweep", cut.minusSeconds(60));
        hub.fence(false);
        after.addAll(rest.join());
        settle(after);
        agrees(cut, before, after);
    }

    private List<Sold> sell(String part, int orders) {
        return IntStream.range(0, orders)
                .mapToObj(i -> {
                    Order order = Order.of(World.CHANNEL, name + "-" + part + "-" + i, World.sku(i), World.sku(i + 1));
                    return new Sold(order, world.shop().place(order));
                })
                .toList();
    }

    private void settle(List<Sold> sold) {
        Probe.until("all posted", PATIENCE, () -> documents(sold) == sold.size(), () -> hub.books()
                .audit(sold.size(), expected(sold)));
        Set<String> open = sold.stream().map(Sold::id).collect(Collectors.toSet());
        Probe.until(
                "each order knows",
                PATIENCE,
                () -> {
                    open.removeIf(id -> "posted".equals(world.shop().status(id)));
                    return open.isEmpty();
                },
                () -> open + " " + hub.lastLines());
        hub.books().awaitHandled(PATIENCE, expected(sold));
    }

    private Set<String> unknownToHub(Instant since) {
        Set<String> orders = new TreeSet<>();
        World.require(world.operator().get("/api/erp/v1/reconciliation?from=" + since + "&to=" + Instant.now()))
                .body()
                .path("unknownToHub")
                .forEach(each -> orders.add(each.path("orderId").asText()));
        return orders;
    }

    private int documents(List<Sold> sold) {
        return hub.books().audit(sold.size(), expected(sold)).documents();
    }

    @SafeVarargs
    private void agrees(Instant since, List<Sold>... parts) {
        List<Expected> all = new ArrayList<>();
        for (List<Sold> part : parts) {
            all.addAll(expected(part));
        }
        Books.Audit audit = hub.books().audit(all.size(), all);
        assertTrue(audit.good(), audit::toString);
        String said = hub.sweep("check", since);
        assertTrue(said.contains("The stores agree."), said);
    }

    private static List<Expected> expected(List<Sold> sold) {
        return sold.stream().map(Sold::expected).toList();
    }
}
