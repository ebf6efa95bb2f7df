package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/** The ERP's database alone is set back to before the last hundred orders. */
class RestoreIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final World world = World.shared();
    private final Hub hub = world.hub();

    @AfterEach
    void unfence() {
        hub.fence(false);
    }

    @Test
    void ordersThatTheErpLostAreNamedAndPostedAgainOnce() {
        hub.erp().normal();
        List<Expected> before = trade("before", 20);
        hub.erp().snapshot();
        Instant cut = Instant.now();
        List<Expected> after = trade("after", 100);
        hub.fence(true);
        hub.erp().setBack();

        JsonNode report = World.require(world.operator()
                        .get("/api/erp/v1/reconciliation?from=" + cut.minusSeconds(3600) + "&to=" + Instant.now()))
                .body();
        List<String> lost = new ArrayList<>();
        report.path("lostByErp").forEach(each -> lost.add(each.path("orderId").asText()));
        assertEquals(
                new TreeSet<>(after.stream().map(Expected::id).toList()),
                new TreeSet<>(lost),
                () -> "exactly the orders after the restore point: " + report);
        hub.fence(false);
        ObjectNode repost = JSON.createObjectNode().put("reason", "ERP restored");
        ArrayNode orders = repost.putArray("orders");
        lost.forEach(orders::add);
        JsonNode messages = World.require(world.operator().post("/api/erp/v1/reconciliation/repost", repost.toString()))
                .body();
        World.require(world.operator().post("/api/order/v1/sent-messages/resend-missing", messages.toString()));
        hub.books().awaitHandled(PATIENCE, after);
        List<Expected> all = new ArrayList<>(before);
        all.addAll(after);
        Probe.until(
                "every order in the books again",
                PATIENCE,
                () -> hub.books().audit(all.size(), all).documents() == all.size(),
                () -> hub.books().audit(all.size(), all));
        Books.Audit audit = hub.books().audit(all.size(), all);
        assertTrue(audit.good(), audit::toString);
    }

    private List<Expected> trade(String name, int orders) {
        List<Expected> taken = IntStream.range(0, orders)
                .mapToObj(i -> {
                    Order order = Order.of(World.CHANNEL, "restore-" + name + "-" + i, World.sku(i), World.sku(i + 1));
                    return Expected.document(world.shop().place(order), order);
                })
                .toList();
        Probe.until(
                "all posted", PATIENCE, () -> hub.books().audit(orders, taken).documents() == orders, () -> hub.books()
                        .audit(orders, taken));
        hub.books().awaitHandled(PATIENCE, taken);
        return taken;
    }
}
