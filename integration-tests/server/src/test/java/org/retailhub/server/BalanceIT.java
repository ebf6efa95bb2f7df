package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Everything received is accounted for; a row or a message that somebody takes away by hand is named within a minute. */
class BalanceIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(60);
    private static final String BALANCE = "/api/operations/v1/balance";
    private static int serial;

    private World world;
    private String tenant;

    @BeforeEach
    void world() {
        tenant = "balance-" + ++serial;
        world = World.on(Hub.shared(), tenant);
        world.hub().erp().normal();
    }

    @AfterEach
    void normal() {
        world.hub().erp().normal();
    }

    @Test
    void anOrderThatWaitsForStockIsCountedAsWaiting() {
        World.require(world.operator()
                .put(
                        "/api/order/v1/fulfilment-policies/" + World.CHANNEL + "?tenant=" + tenant,
                        "{\"mode\":\"reserve\"}"));
        String backordered = place("1", World.sku(1));
        Probe.until(
                "backordered",
                PATIENCE,
                () -> "backordered".equals(world.shop().status(backordered)),
                () -> world.shop().status(backordered));
        assertEquals(Map.of("waiting-stock", 1L), terms("order"));
        World.require(world.operator()
                .put(
                        "/api/order/v1/fulfilment-policies/" + World.CHANNEL + "?tenant=" + tenant,
                        "{\"mode\":\"reserve\",\"onShortage\":\"cancel\"}"));
        String refused = place("2", World.sku(2));
        Probe.until("refused", PATIENCE, () -> "refused".equals(world.shop().status(refused)), () -> world.shop()
                .status(refused));
        Probe.until(
                "the other one too, by what holds now",
                PATIENCE,
                () -> Map.of("refused", 2L).equals(terms("order")),
                () -> terms("order"));
        assertEquals(2, received("order"));
        for (JsonNode sheet : sheets()) {
            assertTrue(sheet.path("balanced").asBoolean(), sheet::toString);
        }
    }

    @Test
    void eachTermIsCountedAndHasItsList() {
        place("1", World.sku(1));
        WebhookShop shop = world.webhookShop();
        shop.shop().place(WebhookShop.line(1, 1, "12.30"));
        shop.shop().deliver();
        world.hub().books().awaitSettled(PATIENCE);
        place("2", "NOBODY-KNOWS-" + serial);
        String cancelled = place("3", "NOBODY-KNOWS-" + serial);
        World.require(world.shop().post(Shop.ORDERS + "/" + cancelled + "/cancellations", "{\"reason\":\"test\"}"));
        World.require(world.shop()
                .post(
                        Shop.ORDERS,
                        Order.of(World.CHANNEL, "4", World.sku(1)).json().replaceFirst("\\{", "{\"test\":true,")));
        String onlyHubKnows = "BALANCE-SKU-" + serial;
        world.hubLearns(List.of(onlyHubKnows));
        place("5", onlyHubKnows);
        Map<String, Long> wanted =
                Map.of("posted", 2L, "waiting-mapping", 1L, "cancelled", 1L, "not-for-erp", 1L, "waiting-parked", 1L);
        Probe.until("all terms", PATIENCE, () -> wanted.equals(terms("order")), () -> terms("order"));
        assertEquals(6, received("order"));
        assertEquals(Map.of("told", 1L), terms("payload"));
        for (JsonNode sheet : sheets()) {
            assertTrue(sheet.path("balanced").asBoolean(), sheet::toString);
        }
        world.erpLearns(List.of(onlyHubKnows));
        World.require(world.operator()
                .post(
                        "/api/erp/v1/hospital/release",
                        "{\"reason\":\"item added\",\"fingerprint\":\"" + fingerprint(onlyHubKnows) + "\"}"));
        world.hub().books().awaitSettled(PATIENCE);
        JsonNode listed = list("order", "cancelled");
        assertEquals(1, listed.path("entries").size(), listed::toString);
        assertEquals(cancelled, listed.at("/entries/0/key").asText());

        world.hub().erp().stopped();
        place("6", World.sku(2));
        Probe.until(
                "one is in flight",
                PATIENCE,
                () -> Long.valueOf(1).equals(terms("order").get("in-flight")),
                () -> terms("order"));
        world.hub().erp().normal();
        world.hub().books().awaitSettled(PATIENCE);
        assertEquals(403, world.shop().get(BALANCE).status(), "for operators only");
    }

    @Test
    void aRowTakenAwayByHandIsNamedWithinAMinute() {
        Map<String, String> deletions = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.add(place("r" + i, World.sku(i)));
        }
        WebhookShop shop = world.webhookShop();
        shop.shop().place(WebhookShop.line(1, 1, "12.30"));
        shop.shop().place(WebhookShop.line(2, 1, "12.30"));
        shop.shop().deliver();
        world.hub().books().awaitSettled(PATIENCE);
        Probe.until(
                "all posted",
                PATIENCE,
                () -> Long.valueOf(9).equals(terms("order").get("posted")),
                () -> terms("order") + "; " + world.hub().books().openCases());
        List<String> payloads = world.hub()
                .books()
                .query(
                        "retailhub",
                        "select payload_id from channel.payload where tenant = ? order by 1",
                        row -> row.getString(1),
                        tenant);
        deletions.put(
                "order " + ids.get(0),
                "delete from ordering.order_revision where order_id = '%1$s'; delete from ordering.orders where order_id = '%1$s'"
                        .formatted(ids.get(0)));
        deletions.put("order " + ids.get(1), "delete from erp.posting where business_key = '" + ids.get(1) + "'");
        deletions.put("order " + ids.get(2), "delete from erp.inbox where business_key = '" + ids.get(2) + "'");
        deletions.put(
                "order " + ids.get(3), "delete from ordering.sent_message where business_key = '" + ids.get(3) + "'");
        deletions.put("order " + ids.get(4), "delete from erp.sent_message where business_key = '" + ids.get(4) + "'");
        deletions.put(
                "order " + ids.get(5), "delete from ordering.order_revision where order_id = '" + ids.get(5) + "'");
        deletions.put(
                "payload " + payloads.get(0),
                "delete from channel.payload_fate where payload_id = '" + payloads.get(0) + "'");
        deletions.put(
                "payload " + payloads.get(1),
                "delete from channel.payload_fate where payload_id = '%1$s'; delete from channel.payload where payload_id = '%1$s'"
                        .formatted(payloads.get(1)));
        assertEquals(List.of(), named());
        deletions.values().forEach(each -> world.hub().books().execute("retailhub", each));
        try {
            Probe.until(
                    "all are named",
                    NAMED_WITHIN,
                    () -> named().containsAll(deletions.keySet()),
                    () -> named() + " of " + deletions.keySet() + "; "
                            + world.hub().lastLines());
            // The count of what was sent may miss the message too of which the inbox knows nothing any more.
            java.util.Set<String> named = new java.util.HashSet<>(named());
            named.remove("erp.postings.idempiere " + ids.get(2) + " #1");
            assertEquals(deletions.keySet(), named, "these and no others");
            JsonNode faulty = World.require(world.operator()
                            .get(BALANCE + "/entries?kind=order&faulty=true&limit=1000&tenant=" + tenant))
                    .body();
            assertEquals(6, faulty.path("entries").size(), faulty::toString);
        } finally {
            forget();
        }
        Probe.until("nothing is named any more", NAMED_WITHIN, () -> named().isEmpty(), () -> named().toString());
    }

    @Test
    void aMarkTakenOutOfTheErpIsNamed() {
        String id = place("m1", World.sku(1));
        world.hub().books().awaitSettled(PATIENCE);
        world.hub().books().execute("idempiere", "delete from adempiere.rh_posting where business_key = '" + id + "'");
        try {
            // A mark may be late by the time that recovery takes; then a minute begins.
            Probe.until(
                    "it is named",
                    NAMED_WITHIN.plusSeconds(60),
                    () -> named().contains("order " + id),
                    () -> named().toString());
        } finally {
            forget();
        }
        Probe.until("nothing is named any more", NAMED_WITHIN, () -> named().isEmpty(), () -> named().toString());
    }

    @Test
    void aMessageTakenOffItsQueueIsNamedWithinAMinute() {
        world.hub().management().pause("erp.postings.idempiere");
        String id;
        try {
            id = place("q1", World.sku(1));
            Probe.until("it waits", PATIENCE, () -> message(id) != null, () -> world.hub()
                    .management()
                    .messages("erp.postings.idempiere"));
            world.hub().management().remove("erp.postings.idempiere", message(id));
        } finally {
            world.hub().management().resume("erp.postings.idempiere");
        }
        String subject = "erp.postings.idempiere " + id + " #1";
        Probe.until("it is named", NAMED_WITHIN, () -> named().contains(subject), () -> named().toString());
        World.require(
                world.operator().post("/api/order/v1/sent-messages/erp.postings.idempiere/" + id + "/1/resend", null));
        world.hub().books().awaitSettled(PATIENCE);
        Probe.until("it is over", NAMED_WITHIN, () -> !named().contains(subject), () -> named().toString());
    }

    private String fingerprint(String sku) {
        for (JsonNode each : world.operator()
                .get("/api/erp/v1/hospital/cases?state=parked&limit=1000")
                .body()) {
            if (each.path("detail").asText().contains(sku)) {
                return each.path("fingerprint").asText();
            }
        }
        throw new AssertionError("no case of " + sku);
    }

    /** Its JMS id, null if it is not there. */
    private String message(String orderId) {
        return world.hub().management().messages("erp.postings.idempiere").stream()
                .filter(each -> each.toString().contains(orderId))
                .map(each -> each.path("JMSMessageID").asText())
                .findFirst()
                .orElse(null);
    }

    /** Takes away all that is left of this tenant's orders, so that other tests find their hub whole. */
    private void forget() {
        List<String> keys = world.hub().books().query("retailhub", """
                        select distinct business_key from (select business_key, tenant from ordering.trace_hop
                          union select business_key, tenant from channel.trace_hop) t where tenant = ?""", row -> row.getString(1), tenant);
        String in = " in ('" + String.join("','", keys) + "')";
        world.hub()
                .books()
                .execute(
                        "retailhub",
                        "delete from ordering.order_revision where order_id" + in,
                        "delete from ordering.orders where order_id" + in,
                        "delete from channel.payload_fate where payload_id" + in,
                        "delete from channel.payload where payload_id" + in,
                        "delete from erp.posting where business_key" + in);
        for (String schema : List.of("ordering", "erp", "channel")) {
            for (String table : List.of("sent_message", "inbox", "trace_hop", "overdue_message")) {
                world.hub()
                        .books()
                        .execute("retailhub", "delete from " + schema + "." + table + " where business_key" + in);
            }
        }
    }

    private String place(String number, String sku) {
        return World.require(world.shop()
                        .post(Shop.ORDERS, Order.of(World.CHANNEL, number, sku).json()))
                .text("orderId");
    }

    private List<JsonNode> sheets() {
        List<JsonNode> mine = new ArrayList<>();
        World.require(world.operator().get(BALANCE)).body().path("sheets").forEach(sheet -> {
            if (sheet.path("tenant").asText().equals(tenant)) {
                mine.add(sheet);
            }
        });
        return mine;
    }

    /** Over the hour's end, if the test meets one. */
    private Map<String, Long> terms(String kind) {
        Map<String, Long> terms = new HashMap<>();
        sheets().stream()
                .filter(sheet -> sheet.path("kind").asText().equals(kind))
                .forEach(sheet -> sheet.path("terms")
                        .fields()
                        .forEachRemaining(term ->
                                terms.merge(term.getKey(), term.getValue().asLong(), Long::sum)));
        return terms;
    }

    private long received(String kind) {
        return sheets().stream()
                .filter(sheet -> sheet.path("kind").asText().equals(kind))
                .mapToLong(sheet -> sheet.path("received").asLong())
                .sum();
    }

    private JsonNode list(String kind, String term) {
        return World.require(
                        world.operator().get(BALANCE + "/entries?kind=" + kind + "&term=" + term + "&tenant=" + tenant))
                .body();
    }

    private List<String> named() {
        List<String> named = new ArrayList<>();
        World.require(world.operator().get(BALANCE))
                .body()
                .path("named")
                .forEach(each -> named.add(each.path("subject").asText()));
        return named;
    }
}
