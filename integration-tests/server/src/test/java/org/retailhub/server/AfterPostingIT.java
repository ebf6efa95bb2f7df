package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.server.Books.Expected;

/** What becomes of an order that is changed or cancelled after the ERP has made its document, from the partner's call to the ERP's books. */
class AfterPostingIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static int serial;

    private World world;
    private Hub hub;
    private Shop shop;
    private String tenant;

    @BeforeEach
    void openShop() {
        tenant = "after-" + ++serial;
        world = World.on(Hub.shared(), tenant);
        hub = world.hub();
        shop = world.shop();
        hub.erp().normal();
    }

    @AfterEach
    void putRight() {
        hub.erp().restore();
        hub.erp().normal();
    }

    @Test
    void aCancelledOrderIsReturnedToTheCent() {
        String id = posted(awkward("1"));
        BigDecimal sold = money(id);
        assertTrue(sold.signum() > 0, sold::toPlainString);
        World.require(shop.cancel(id));
        await(id, "cancelled");
        assertEquals(0, money(id).signum(), "in all its documents");
        JsonNode returned = documents(id + "-R2");
        assertEquals(1, returned.size(), returned::toString);
        assertEquals("Return Material", returned.at("/0/type").asText());
        assertEquals(0, sold.compareTo(returned.at("/0/totalLines").decimalValue()));
        assertEquals(id, shop.order(id).text("erpDocumentNo"));
        assertEquals("corrected by " + id + "-R2", shop.order(id).text("reason"));
        assertEquals("cancellation", shop.get("/api/erp/v1/postings/" + id).text("correction"));
        assertBalanced("cancelled");
        String trace = World.require(world.operator().get("/api/operations/v1/trace/" + id + "-R2"))
                .body()
                .toString();
        assertTrue(trace.contains("\"" + id + "\""), () -> "the order by the number of its return: " + trace);
    }

    @Test
    void eachKindOfChangeReachesTheBooks() {
        Order first = Order.of(World.CHANNEL, "1", World.sku(1), World.sku(2), World.sku(3));
        String id = posted(first);
        Order.Line one = first.lines().get(0);
        Order.Line two = first.lines().get(1);
        Order.Line three = first.lines().get(2);
        Order fewer = order(one, new Order.Line(two.sku(), 1, two.price()), three);
        change(id, first, fewer);
        Order without = order(one, three);
        change(id, first, without);
        Order dearer = order(one, new Order.Line(three.sku(), 3, new BigDecimal("12.345")));
        change(id, first, dearer);
        Order more = dearer.with(World.sku(4));
        change(id, first, more);
        World.require(shop.cancel(id));
        await(id, "cancelled");
        audit(Expected.returned(id, first));
        assertBalanced("cancelled");
    }

    @Test
    void theSameCommandTwiceIsOne() {
        Order first = Order.of(World.CHANNEL, "1", World.sku(1), World.sku(2));
        String id = posted(first);
        hub.erp().stopped();
        Order last = first.changed(2);
        World.require(shop.change(id, last));
        assertEquals("changing", shop.status(id));
        World.require(shop.change(id, last));
        hub.erp().normal();
        await(id, "posted");
        assertEquals(List.of(id, id + "-C2"), numbers(id));
        audit(Expected.changed(id, first, last));

        hub.erp().stopped();
        World.require(shop.cancel(id));
        World.require(shop.cancel(id));
        assertEquals("cancelling", shop.status(id));
        assertEquals("the posting being taken back", shop.order(id).text("waitsFor"));
        hub.erp().normal();
        await(id, "cancelled");
        World.require(shop.cancel(id));
        assertEquals(List.of(id, id + "-C2", id + "-R3"), numbers(id));
        audit(Expected.returned(id, first));
    }

    @Test
    void waitsWhileTheErpIsDown() {
        Order first = Order.of(World.CHANNEL, "1", World.sku(1));
        String id = posted(first);
        hub.erp().down();
        World.require(shop.cancel(id));
        assertEquals("cancelling", shop.status(id));
        hub.erp().restore();
        await(id, "cancelled");
        audit(Expected.returned(id, first));
        assertEquals(List.of(), hub.books().openCases(), "an outage parks nothing");
    }

    @Test
    void aRejectedReturnIsSeenAndTakenWhenTheErpIsRepaired() {
        Order first = Order.of(World.CHANNEL, "1", World.sku(1));
        String id = posted(first);
        hub.erp().reject(Map.of(id + "-R2", "Period closed"));
        World.require(shop.cancel(id));
        Probe.until(
                "the ERP's words",
                PATIENCE,
                () -> String.valueOf(shop.order(id).text("reason")).contains("Period closed"),
                () -> shop.order(id).body());
        assertEquals("cancelling", shop.status(id));
        JsonNode rejected =
                world.shop().get("/api/erp/v1/postings?state=rejected").body();
        assertTrue(rejected.toString().contains(id), rejected::toString);
        hub.erp().normal();
        await(id, "cancelled");
        audit(Expected.returned(id, first));
    }

    @Test
    void aRejectedChangeIsCuredByTheNext() {
        Order first = Order.of(World.CHANNEL, "1", World.sku(1), World.sku(2));
        String id = posted(first);
        hub.erp().reject(Map.of(id + "-C2", "No credit"));
        World.require(shop.change(id, first.changed(1)));
        await(id, "erp-rejected");
        Order last = first.changed(2);
        World.require(shop.change(id, last));
        await(id, "posted");
        assertEquals(List.of(id, id + "-C3"), numbers(id));
        audit(Expected.changed(id, first, last));
    }

    @Test
    void theComparisonKnowsFurtherDocumentsAndMissesOneThatIsLost() {
        Instant from = Instant.now().minusSeconds(1);
        String id = posted(Order.of(World.CHANNEL, "1", World.sku(1)));
        World.require(shop.cancel(id));
        await(id, "cancelled");
        JsonNode report = compare(from);
        assertTrue(!report.path("lostByErp").toString().contains(id), report::toString);
        assertTrue(!report.path("unknownToHub").toString().contains(id), report::toString);
        hub.books()
                .execute(
                        "idempiere",
                        "delete from adempiere.rh_posting where business_key = '" + id + "' and sequence = 2",
                        "delete from adempiere.i_order where documentno = '" + id + "-R2'",
                        "delete from adempiere.c_order where documentno = '" + id + "-R2'");
        assertTrue(compare(from).path("lostByErp").toString().contains(id));
        Shop.Answer again = world.operator()
                .post(
                        "/api/erp/v1/reconciliation/repost",
                        "{\"orders\":[\"" + id + "\"],\"reason\":\"the ERP was restored\"}");
        World.require(again);
        World.require(world.operator()
                .post("/api/order/v1/sent-messages/resend-missing", again.body().toString()));
        Probe.until("the return once more", PATIENCE, () -> numbers(id).contains(id + "-R2"), () -> numbers(id));
        assertEquals(0, money(id).signum());
        assertEquals("cancelled", shop.status(id));
        Probe.until(
                "nothing lost",
                PATIENCE,
                () -> !compare(from).path("lostByErp").toString().contains(id),
                () -> compare(from));
    }

    @Test
    void whatIsHeldGoesBackWhenTheErpHasTheReturnAndNothingElse() {
        World.require(world.operator()
                .put(
                        "/api/order/v1/fulfilment-policies/" + World.CHANNEL + "?tenant=" + tenant,
                        "{\"mode\":\"reserve\",\"locations\":[\"dc-1\"],\"onShortage\":\"backorder\"}"));
        String sku = World.sku(7);
        World.require(shop.post(
                "/api/inventory/v1/movements",
                "{\"feed\":\"wms\",\"document\":\"" + tenant + "\",\"kind\":\"receipt\",\"sku\":\"" + sku
                        + "\",\"location\":\"dc-1\",\"quantity\":5,\"occurredAt\":\"2026-11-23T10:00:00Z\"}"));
        String id = posted(Order.withoutShipping(World.CHANNEL, "1", new Order.Line(sku, 2, new BigDecimal("12.30"))));
        assertEquals(3, available(sku));
        hub.erp().stopped();
        World.require(shop.cancel(id));
        Probe.until(
                "the return's rows in the ERP",
                PATIENCE,
                () -> hub.erp().document(id + "-R2").path("interfaceRows").size() == 1,
                () -> shop.order(id).body());
        assertEquals(3, available(sku), "held until the ERP has it");
        hub.erp().normal();
        await(id, "cancelled");
        Probe.until("5 to be had", PATIENCE, () -> available(sku) == 5, () -> available(sku));
    }

    @Test
    void theTargetSaysWhatItCanDo() {
        JsonNode targets = world.operator().get("/api/erp/v1/targets").body();
        assertEquals("RETURN_DOCUMENT", targets.at("/0/afterPosting").asText(), targets::toString);
    }

    private void change(String id, Order first, Order last) {
        World.require(shop.change(id, last));
        await(id, "posted");
        audit(Expected.changed(id, first, last));
    }

    private static Order order(Order.Line... lines) {
        return new Order(World.CHANNEL, "1", List.of(lines), new BigDecimal("4.90"));
    }

    /** Prices that round, discounts, a shipping charge, tax. */
    private static String awkward(String number) {
        ObjectNode order = JSON.createObjectNode()
                .put("channel", World.CHANNEL)
                .put("channelOrderId", number)
                .put("placedAt", "2026-11-23T10:00:00+01:00")
                .put("currency", "EUR");
        ArrayNode lines = order.putArray("lines");
        BigDecimal goods = BigDecimal.ZERO;
        goods = goods.add(line(lines, World.sku(1), 3, "12.345", "7.03", "1.11"));
        goods = goods.add(line(lines, World.sku(2), 7, "0.005", "0.01", "0.00"));
        goods = goods.add(line(lines, World.sku(1), 1, "12.345", "2.34", "0.37"));
        BigDecimal tax = new BigDecimal("9.38");
        order.putObject("totals")
                .put("goods", goods.toPlainString())
                .put("shipping", "4.99")
                .put("tax", tax.toPlainString())
                .put("grand", goods.add(tax).add(new BigDecimal("4.99")).toPlainString());
        return order.toString();
    }

    private static BigDecimal line(
            ArrayNode lines, String sku, int quantity, String price, String tax, String discount) {
        ObjectNode line = lines.addObject()
                .put("lineId", Integer.toString(lines.size()))
                .put("sku", sku)
                .put("quantity", quantity)
                .put("unitPrice", price)
                .put("tax", tax);
        line.putArray("discounts").addObject().put("amount", discount).put("reason", "sale");
        return new BigDecimal(price)
                .multiply(BigDecimal.valueOf(quantity))
                .setScale(2, RoundingMode.HALF_UP)
                .subtract(new BigDecimal(discount));
    }

    private String posted(String json) {
        Shop.Answer answer = shop.post(Shop.ORDERS, json);
        World.require(answer);
        String id = Shop.id(answer);
        await(id, "posted");
        return id;
    }

    private String posted(Order order) {
        return posted(order.json());
    }

    private void await(String id, String status) {
        Probe.until(
                status + " of " + id,
                PATIENCE,
                () -> status.equals(shop.status(id)),
                () -> shop.order(id).body() + " " + hub.books().openCases() + "; " + hub.lastLines());
    }

    private void audit(Expected expected) {
        Books.Audit audit = hub.books().audit(1, List.of(expected));
        assertTrue(audit.good(), audit::toString);
    }

    private BigDecimal money(String id) {
        return hub.erp().ledger(id).path("byCurrency").path(0).path("lines").decimalValue();
    }

    private JsonNode documents(String number) {
        return hub.erp().document(number).path("documents");
    }

    private List<String> numbers(String id) {
        return hub.books()
                .query(
                        "idempiere",
                        "select documentno from adempiere.c_order where left(documentno, 26) = ? order by documentno",
                        row -> row.getString(1),
                        id);
    }

    private JsonNode compare(Instant from) {
        return world.operator()
                .get("/api/erp/v1/reconciliation?from=" + from + "&to="
                        + Instant.now().plusSeconds(5))
                .body();
    }

    private int available(String sku) {
        return world.warehouse()
                .get("/api/inventory/v1/availability?sku=" + sku + "&location=dc-1")
                .body()
                .path("items")
                .path(0)
                .path("available")
                .asInt();
    }

    /** The hub's own account of the tenant's one order. */
    private void assertBalanced(String term) {
        Probe.until("balanced", PATIENCE, () -> Map.of(term, 1L).equals(terms()), this::terms);
        sheets().forEach(sheet -> assertTrue(sheet.path("balanced").asBoolean(), sheet::toString));
    }

    private Map<String, Long> terms() {
        Map<String, Long> terms = new HashMap<>();
        sheets().forEach(sheet -> sheet.path("terms").fields().forEachRemaining(term -> {
            if (term.getValue().asLong() > 0) {
                terms.merge(term.getKey(), term.getValue().asLong(), Long::sum);
            }
        }));
        return terms;
    }

    private List<JsonNode> sheets() {
        List<JsonNode> mine = new ArrayList<>();
        World.require(world.operator().get("/api/operations/v1/balance"))
                .body()
                .path("sheets")
                .forEach(sheet -> {
                    if (sheet.path("tenant").asText().equals(tenant)
                            && sheet.path("kind").asText().equals("order")) {
                        mine.add(sheet);
                    }
                });
        return mine;
    }
}
