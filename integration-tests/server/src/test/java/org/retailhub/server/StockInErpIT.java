package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.retailhub.simulator.erp.Masters;

/**
 * Movements of stock on their way into the ERP's books: each once, whatever is killed on the way, and inventory hears of it. What the ERP has is
 * counted in its own tables.
 */
class StockInErpIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String STOCK = "/api/inventory/v1/";
    private static final String LOCATION = "erp-dc";
    private static final String WAREHOUSE = "W-DC";
    private static final String MARK = Long.toString(System.nanoTime(), 36);
    private static int serial;

    private World world;
    private Hub hub;

    @BeforeEach
    void theErpBooksTheLocation() {
        world = World.shared();
        hub = world.hub();
        hub.erp().normal();
        hub.erp().masters(Masters.Kind.WAREHOUSES, "{\"value\":\"" + WAREHOUSE + "\",\"name\":\"DC\"}");
        World.require(world.shop()
                .put(
                        "/api/masterdata/v1/locations",
                        "[{\"id\":\"" + LOCATION
                                + "\",\"kind\":\"distribution-centre\",\"name\":\"DC\",\"erpWarehouse\":\"" + WAREHOUSE
                                + "\"}]"));
        World.require(
                world.operator()
                        .put(
                                STOCK + "erp-movements?tenant=acme",
                                "{\"location\":\"" + LOCATION
                                        + "\",\"kinds\":[\"sale\",\"return\",\"receipt\",\"adjustment\",\"count-correction\"]}"));
    }

    @Test
    void theErpHasOnHandWhatTheHubHasAndKnowsWhatWasSold() {
        String sku = newSku();
        tell(sku, "receipt", 10, "");
        tell(sku, "sale", -3, "");
        tell(sku, "return", 1, "");
        tell(sku, "adjustment", -1, "");
        tell(sku, "receipt", 100, ",\"erpKnows\":true");
        await("all are booked", () -> onHand(sku).equals("7"), () -> onHand(sku));
        await("nothing is unknown", () -> unknown(sku).equals("0"), () -> unknown(sku));
        assertEquals(0, hub.erp().stock("").path("counts").path("doubled").asInt());
    }

    @Test
    void aSaleOfAnOrderIsKnownWhenTheErpHasTheOrderAndIsNotBookedTwice() {
        String sku = newSku();
        tell(sku, "receipt", 10, "");
        await("the receipt is booked", () -> onHand(sku).equals("10"), () -> onHand(sku));
        hub.erp().stopped();
        String order = world.shop().place(Order.of(World.CHANNEL, "stock-" + MARK + ++serial, sku));
        reserveAndConsume(order, sku, 2);
        await("it is unknown while the ERP has no document", () -> unknown(sku).equals("2"), () -> unknown(sku));
        hub.erp().normal();
        await("nothing is unknown", () -> unknown(sku).equals("0"), () -> unknown(sku));
        assertEquals("10", onHand(sku), "the order's document takes it away, when it is shipped there");
    }

    @TestFactory
    @Tag("deep")
    Stream<DynamicTest> eachMovementIsBookedOnceAfterAKillAt() {
        hub.faults().forget();
        Set<String> known = new TreeSet<>();
        boolean more = true;
        while (more) {
            assertBooked(burst());
            more = known.addAll(points());
        }
        List<String> points = KillMatrix.choose(known, System.getProperty("retail.kill"));
        assertTrue(points.size() >= 1, "no points to kill at");
        return points.stream().map(point -> DynamicTest.dynamicTest(point, () -> kill(point)));
    }

    private Collection<String> points() {
        return hub.faults().points().stream()
                .filter(point -> point.startsWith("drain-inventory.events.erp |")
                        || point.startsWith("erp-stock-verdicts-idempiere |"))
                .toList();
    }

    @SuppressWarnings("try")
    private void kill(String point) {
        List<String> skus = new ArrayList<>();
        try (Hub.Keeper keeper = hub.keepRunning()) {
            hub.faults().halt(point, 1);
            for (int i = 0; i < 3 && !hub.faults().fired(); i++) {
                skus.addAll(burst());
                assertBooked(skus);
            }
            assertTrue(hub.faults().fired(), "not reached");
            hub.faults().disarm();
            Probe.happens(Duration.ofSeconds(30), () -> hub.books().preparedLeft() == 0);
        }
        assertBooked(skus);
        assertEquals(0, hub.books().preparedLeft());
    }

    /** @return SKUs of which ten came and four were sold */
    private List<String> burst() {
        List<String> skus = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String sku = newSku();
            tell(sku, "receipt", 10, "");
            tell(sku, "sale", -4, "");
            skus.add(sku);
        }
        return skus;
    }

    private void assertBooked(List<String> skus) {
        for (String sku : skus) {
            await(sku + " is booked", () -> onHand(sku).equals("6"), () -> onHand(sku));
            await(sku + " is known", () -> unknown(sku).equals("0"), () -> unknown(sku));
        }
        JsonNode counts = hub.erp().stock("").path("counts");
        assertEquals(0, counts.path("doubled").asInt(), counts::toString);
    }

    private String newSku() {
        String sku = "STOCK-" + MARK + "-" + ++serial;
        world.erpLearns(List.of(sku));
        world.hubLearns(List.of(sku));
        return sku;
    }

    private void tell(String sku, String kind, int quantity, String more) {
        String body = "{\"feed\":\"wms-erp\",\"document\":\"" + MARK + "-" + ++serial + "\",\"kind\":\"" + kind
                + "\",\"sku\":\"" + sku + "\",\"location\":\"" + LOCATION + "\",\"quantity\":" + quantity
                + ",\"occurredAt\":\"2026-11-23T10:00:00Z\"" + more + "}";
        World.require(world.warehouse().post(STOCK + "movements", body));
    }

    private void reserveAndConsume(String order, String sku, int quantity) {
        String reservation = World.require(world.warehouse()
                        .post(
                                STOCK + "reservations",
                                "{\"reference\":\"" + order + "\",\"lines\":[{\"lineId\":\"1\",\"sku\":\"" + sku
                                        + "\",\"location\":\"" + LOCATION + "\",\"quantity\":" + quantity + "}]}"))
                .text("reservationId");
        World.require(world.warehouse()
                .post(
                        STOCK + "reservations/" + reservation + "/consumptions",
                        "{\"document\":\"SHIP-" + order + "\"}"));
    }

    private String onHand(String sku) {
        JsonNode found = hub.erp().stock(ErpItems.of(sku)).path("onHand").path(0);
        return found.isMissingNode()
                ? "none"
                : found.path("quantity").decimalValue().stripTrailingZeros().toPlainString();
    }

    private String unknown(String sku) {
        return world.warehouse()
                .get(STOCK + "availability?sku=" + sku + "&location=" + LOCATION)
                .body()
                .path("items")
                .path(0)
                .path("unknownToErp")
                .asText();
    }

    private static void await(String what, BooleanSupplier condition, java.util.function.Supplier<?> state) {
        Probe.until(what, PATIENCE, condition, state);
    }
}
