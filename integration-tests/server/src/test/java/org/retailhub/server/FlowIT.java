package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One order's way from the partner's call to the ERP's document, and its turns. */
class FlowIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static int serial;

    private World world;
    private Shop shop;

    @BeforeEach
    void openShop() {
        world = World.shared();
        shop = world.shop();
        world.hub().erp().normal();
    }

    @AfterEach
    void letTheErpWork() {
        world.hub().erp().normal();
    }

    @Test
    void orderBecomesOneDocumentWithItsLines() {
        Order order = order(World.sku(1), World.sku(2));
        String id = shop.place(order);
        assertEquals(26, id.length(), id);
        awaitStatus(id, "posted");
        assertBooked(id, order);
        assertEquals(id, shop.order(id).text("erpDocumentNo"), "the ERP's number is the order's id");
        assertTrue(shop.get(Shop.ORDERS + "/" + id + "/timeline").ok());
    }

    @Test
    void sameOrderAgainIsTheSameOrder() {
        Order order = order(World.sku(1));
        String id = shop.place(order);
        assertEquals(id, shop.place(order));
        Shop.Answer other = shop.post(Shop.ORDERS, order.changed(1).json());
        assertEquals(409, other.status(), other::toString);
        assertEquals("ORD-2001", other.text("code"));
        assertTrue(other.body().path("errors").toString().contains("lines[0].quantity"), other::toString);
        awaitStatus(id, "posted");
        assertBooked(id, order);
    }

    @Test
    void faultyOrderIsRefusedWithEachFieldNamed() {
        String body = order(World.sku(1))
                .json()
                .replace("\"quantity\":1", "\"quantity\":-1")
                .replace("EUR", "EUX");
        Shop.Answer answer = shop.post(Shop.ORDERS, body);
        assertEquals(400, answer.status(), answer::toString);
        assertEquals("ORD-1001", answer.text("code"));
        String errors = answer.body().path("errors").toString();
        assertAll(
                () -> assertTrue(errors.contains("lines[0].quantity"), errors),
                () -> assertTrue(errors.contains("currency"), errors));
    }

    @Test
    void unknownSkuWaitsUntilItIsMapped() {
        String sku = "LATE-" + ++serial;
        Order order = order(World.sku(1), sku);
        String id = shop.place(order);
        assertEquals("awaiting-mapping", shop.status(id));
        world.erpLearns(List.of(sku));
        world.hubLearns(List.of(sku));
        awaitStatus(id, "posted");
        assertBooked(id, order);
    }

    @Test
    void changeBeforeTheDocumentReplacesThePosting() {
        world.hub().erp().stopped();
        Order order = order(World.sku(1), World.sku(2));
        String id = shop.place(order);
        assertTrue(shop.change(id, order.changed(1)).ok());
        Shop.Answer second = shop.change(id, order.changed(4));
        assertTrue(second.ok(), second::toString);
        world.hub().books().awaitHandled(PATIENCE);
        world.hub().erp().normal();
        awaitStatus(id, "posted");
        assertBooked(id, order.changed(4));
    }

    @Test
    void cancellationBeforeTheDocumentLeavesNone() {
        world.hub().erp().stopped();
        String id = shop.place(order(World.sku(1)));
        assertTrue(shop.cancel(id).ok());
        awaitStatus(id, "cancelled");
        world.hub().erp().normal();
        world.hub().erp().importNow();
        assertEquals(0, documents(id).size());
    }

    @Test
    void changeAfterTheDocumentFollowsItByAFurtherOne() {
        Order order = order(World.sku(1));
        String id = shop.place(order);
        awaitStatus(id, "posted");
        Shop.Answer late = shop.change(id, order.changed(1));
        assertEquals(202, late.status(), late::toString);
        awaitStatus(id, "posted");
        Books.Audit audit = world.hub().books().audit(1, List.of(Books.Expected.changed(id, order, order.changed(1))));
        assertTrue(audit.good(), audit::toString);
    }

    @Test
    void rejectionTellsTheErpsOwnWords() {
        Order order = order(World.sku(9));
        world.hub().erp().reject(Map.of(ErpItems.of(World.sku(9)), "Invalid Product, said the ERP"));
        String id = shop.place(order);
        awaitStatus(id, "erp-rejected");
        assertTrue(shop.order(id).body().toString().contains("said the ERP"), () -> shop.order(id)
                .toString());
    }

    @Test
    void parkedMessageIsEditedAndReleasedAndItsFollowersStayBehindIt() {
        String sick = "SICK-" + ++serial;
        world.hubLearns(List.of(sick));
        world.hub().erp().stopped();
        Order order = order(sick, World.sku(2));
        String id = shop.place(order);
        Probe.until("parked", PATIENCE, () -> world.hospital().parkedCase(id) != null, world.hub()::lastLines);
        Order followUp = new Order(
                order.channel(),
                order.number(),
                List.of(new Order.Line(World.sku(5), 7, order.lines().get(0).price())),
                order.shipping());
        assertTrue(shop.change(id, followUp).ok());
        Probe.until("the change waits behind", PATIENCE, () -> world.hospital().open(id) == 2, () -> world.hub()
                .books()
                .openCases());
        JsonNode parked = world.hospital().parkedCase(id);
        String caseId = parked.path("caseId").asText();
        JsonNode found = world.hospital().find(caseId);
        Shop.Answer edited =
                world.hospital().edit(caseId, found.path("body").asText().replace(sick, World.sku(3)));
        assertTrue(edited.ok(), edited::toString);
        Shop.Answer released = world.hospital().release(caseId);
        assertTrue(released.ok(), released::toString);
        world.hub().books().awaitHandled(PATIENCE);
        assertEquals(0, world.hospital().open(id));
        world.hub().erp().normal();
        awaitStatus(id, "posted");
        assertBooked(id, followUp);
    }

    @Test
    void partnerSeesOnlyItsOwn() {
        World other = World.on(world.hub(), "rival");
        Order order = order(World.sku(1));
        String id = shop.place(order);
        String theirs = other.shop().place(order);
        assertAll(
                () -> assertTrue(!theirs.equals(id), "the same number in another tenant is another order"),
                () -> assertEquals(404, other.shop().order(id).status()),
                () -> assertEquals(
                        404,
                        other.shop().get(Shop.ORDERS + "/" + id + "/timeline").status()),
                () -> assertTrue(!other.shop()
                        .get(Shop.ORDERS + "?limit=100")
                        .body()
                        .toString()
                        .contains(id)),
                () -> assertEquals(
                        403, shop.get("/api/erp/v1/hospital/cases").status(), "the hospital is for operators"));
        awaitStatus(id, "posted");
        assertBooked(id, order);
    }

    private static Order order(String... skus) {
        return Order.of(World.CHANNEL, "flow-" + ++serial, skus);
    }

    private void awaitStatus(String id, String status) {
        Probe.until(
                id + " " + status,
                PATIENCE,
                () -> status.equals(shop.status(id)),
                () -> shop.order(id) + "; " + world.hub().books().openCases() + "; "
                        + world.hub().lastLines());
    }

    private JsonNode documents(String id) {
        return world.hub().erp().document(id).path("documents");
    }

    private void assertBooked(String id, Order order) {
        Books.Audit audit = world.hub().books().audit(1, List.of(Books.Expected.document(id, order)));
        assertTrue(audit.good(), audit::toString);
    }
}
