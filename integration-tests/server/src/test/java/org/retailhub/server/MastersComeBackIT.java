package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.simulator.erp.Masters;

/** What somebody does in the ERP's masters reaches master data by itself, and what waited for it goes on. */
class MastersComeBackIT {
    private static final Duration SECONDS = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String TENANT = "masters";
    private static final String DATA = "/api/masterdata/v1/";
    private static final String FEEDS = "/api/erp/v1/masters";
    private static final String CASES = DATA + "hospital/cases";
    private static final String MARK = Long.toString(System.nanoTime(), 36);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static World world;
    private static Shop customers;
    private static int serial;

    private Hub hub;

    @BeforeEach
    void mastersComeBack() {
        hub = World.shared().hub();
        if (world == null) {
            world = World.on(hub, TENANT);
            customers = new Shop(hub, world.issueKey("customers", List.of("customers:read")));
        }
        hub.erp().normal();
        World.require(world.operator()
                .put(
                        FEEDS,
                        "{\"tenant\":\"" + TENANT + "\",\"kinds\":[\"item\",\"customer\",\"location\",\"tax-code\"]}"));
    }

    @AfterEach
    void noLonger() {
        hub.erp().restore();
        World.require(world.operator().put(FEEDS, "{\"tenant\":\"" + TENANT + "\",\"kinds\":[]}"));
    }

    @Test
    void anItemAddedInTheErpReleasesTheOrderThatWaitsForIt() {
        String sku = name();
        String id = world.shop().place(Order.of(World.CHANNEL, "back-" + sku, sku));
        Probe.until(
                "the order waits",
                SECONDS,
                () -> "awaiting-mapping".equals(world.shop().status(id)),
                () -> world.shop().order(id));
        hub.erp()
                .masters(
                        Masters.Kind.PRODUCTS,
                        "{\"value\":\"I-" + sku + "\",\"sku\":\"" + sku + "\",\"name\":\"Came back\"}");
        Probe.until(
                "the ERP has the order",
                PATIENCE,
                () -> "posted".equals(world.shop().status(id)),
                () -> world.shop().order(id));
        assertEquals("I-" + sku, product(sku).path("erpItem").asText());
        assertEquals("Came back", product(sku).path("name").asText());
    }

    @Test
    void whatIsChangedOrTakenOutOfUseInTheErpIsSoHereWithinSeconds() {
        String key = name();
        hub.erp().masters(Masters.Kind.PRODUCTS, "{\"value\":\"" + key + "\",\"name\":\"Mug\"}");
        hub.erp().masters(Masters.Kind.PARTNERS, "{\"value\":\"" + key + "\",\"name\":\"A. Person\"}");
        hub.erp().masters(Masters.Kind.WAREHOUSES, "{\"value\":\"" + key + "\",\"name\":\"Kassel\"}");
        hub.erp().masters(Masters.Kind.TAXES, "{\"name\":\"" + key + "\",\"rate\":\"20\"}");
        becomes("products/" + key, "name", "Mug");
        becomes("customers/" + key, "erpPartner", key);
        becomes("locations/" + key, "name", "Kassel");
        becomes("tax-codes/" + key, "rate", "20.0000");
        assertTrue(
                !hub.books()
                        .query(
                                "retailhub",
                                "select body from erp.sent_message where destination = 'masterdata.commands'",
                                row -> row.getString(1))
                        .toString()
                        .contains("A. Person"),
                "nothing of a person is told");

        hub.erp()
                .masters(Masters.Kind.PRODUCTS, "{\"value\":\"" + key + "\",\"name\":\"Mug, large\",\"active\":false}");
        hub.erp().masters(Masters.Kind.PARTNERS, "{\"value\":\"" + key + "\",\"active\":false}");
        hub.erp().masters(Masters.Kind.WAREHOUSES, "{\"value\":\"" + key + "\",\"active\":false}");
        hub.erp().masters(Masters.Kind.TAXES, "{\"name\":\"" + key + "\",\"rate\":\"21.5\",\"active\":false}");
        becomes("products/" + key, "active", "false");
        assertEquals("Mug, large", product(key).path("name").asText());
        becomes("customers/" + key, "active", "false");
        becomes("locations/" + key, "active", "false");
        becomes("tax-codes/" + key, "active", "false");
        becomes("tax-codes/" + key, "rate", "21.5000");
    }

    @Test
    void aPartnerCannotSayOtherwiseThanTheErp() {
        String sku = name();
        hub.erp().masters(Masters.Kind.PRODUCTS, "{\"value\":\"" + sku + "\",\"name\":\"Mug\"}");
        becomes("products/" + sku, "name", "Mug");
        Shop.Answer one = world.shop().put(DATA + "products/" + sku, "{\"erpItem\":\"" + sku + "\",\"name\":\"Cup\"}");
        assertEquals("422 MAS-2002 name", one.status() + " " + one.text("code") + " " + one.text("field"));
        JsonNode verdicts = World.require(world.shop()
                        .put(
                                DATA + "products",
                                "[{\"sku\":\"" + sku + "\",\"erpItem\":\"OTHER\",\"name\":\"Mug\"},{\"sku\":\"" + sku
                                        + "-2\",\"erpItem\":\"" + sku + "\",\"name\":\"Mug for the web\"}]"))
                .body();
        assertEquals("{\"created\":1,\"refused\":1}", verdicts.path("counts").toString());
        assertEquals(
                200,
                world.shop()
                        .put(
                                DATA + "products/" + sku,
                                "{\"erpItem\":\"" + sku
                                        + "\",\"name\":\"Mug\",\"gtins\":[\"4006381333931\"],\"active\":false}")
                        .status(),
                "GTINs are the seller's own, and not to sell it here");
    }

    @Test
    void aRowThatCannotBeTakenOverIsNamedAndKeepsNoOtherAway() {
        String bad = name();
        String good = name();
        hub.erp()
                .masters(
                        Masters.Kind.PRODUCTS,
                        "[{\"value\":\"" + bad + "\",\"name\":\" \"},{\"value\":\"" + good + "\",\"name\":\"Good\"}]");
        becomes("products/" + good, "name", "Good");
        Probe.until("the case", SECONDS, () -> caseOf(bad) != null, () -> cases("parked"));
        JsonNode parked = caseOf(bad);
        assertEquals("MAS-1021", parked.path("code").asText(), parked::toString);
        assertTrue(parked.toString().contains("name: 1 to 255"), parked::toString);

        hub.erp().masters(Masters.Kind.PRODUCTS, "{\"value\":\"" + bad + "\",\"name\":\"Corrected\"}");
        Probe.until(
                "the next state waits behind it",
                SECONDS,
                () -> cases("waiting")
                        .findValuesAsText("businessKey")
                        .contains(parked.path("businessKey").asText()),
                () -> cases("waiting"));
        World.require(world.operator()
                .post(CASES + "/" + parked.path("caseId").asText() + "/discard", "{\"reason\":\"corrected there\"}"));
        becomes("products/" + bad, "name", "Corrected");
    }

    @Test
    void whatHappensWhileTheErpIsDownForTheHubComesAfterwards() {
        String sku = name();
        hub.erp().masters(Masters.Kind.PRODUCTS, "{\"value\":\"" + sku + "\",\"name\":\"Before\"}");
        becomes("products/" + sku, "name", "Before");
        hub.erp().down();
        hub.books()
                .execute(
                        "idempiere",
                        "update adempiere.m_product set name = 'Meanwhile', updated = localtimestamp"
                                + " where value = '" + sku + "'");
        Probe.until(
                "the hub notices",
                SECONDS,
                () -> World.require(world.operator().get("/api/erp/v1/targets"))
                        .body()
                        .toString()
                        .contains("\"open\""),
                () -> world.operator().get("/api/erp/v1/targets"));
        assertEquals("Before", product(sku).path("name").asText());
        hub.erp().restore();
        becomes("products/" + sku, "name", "Meanwhile");
    }

    /** All of them bear one date: they are written in one transaction. */
    @Test
    void fiveThousandItemsComeOnceThoughTheServerIsKilledAmongThem() {
        String mark = name();
        ArrayNode items = JSON.createArrayNode();
        for (int i = 0; i < 5_000; i++) {
            items.addObject().put("value", mark + "-" + i).put("name", "Many");
        }
        hub.erp().masters(Masters.Kind.PRODUCTS, items.toString());
        Probe.until("some have come", SECONDS, () -> known(mark) > 0, () -> known(mark));
        hub.kill();
        int before = known(mark);
        hub.startServer();
        assertTrue(before < 5_000, "the kill came too late: " + before);
        Probe.until("all have come", PATIENCE, () -> known(mark) == 5_000, () -> known(mark));
        assertEquals(
                0,
                hub.books()
                        .number(
                                "retailhub",
                                "select count(*) from masterdata.product where tenant = ? and sku like ? and version <> 1",
                                TENANT,
                                mark + "-%"));
        assertEquals(
                5_000,
                hub.books()
                        .number(
                                "retailhub",
                                "select count(*) from erp.sent_message where destination = 'masterdata.commands' and body like ?",
                                "%\"value\":\"" + mark + "-%"),
                "each is told once");
        Probe.until("nothing is left prepared", SECONDS, () -> hub.books().preparedLeft() == 0, hub::lastLines);
    }

    @Test
    void allAreReadAgainOnDemandAndWhatIsTheSameStaysAsItIs() {
        String sku = name();
        hub.erp().masters(Masters.Kind.PRODUCTS, "{\"value\":\"" + sku + "\",\"name\":\"Mug\"}");
        becomes("products/" + sku, "name", "Mug");
        World.require(world.operator().post(FEEDS + "/again", "{\"kinds\":[\"item\"]}"));
        Probe.until("it is told again", PATIENCE, () -> handled(sku) == 2, () -> handled(sku));
        assertEquals("\"1\"", world.shop().get(DATA + "products/" + sku).etag());
        assertEquals(
                400,
                world.operator()
                        .post(FEEDS + "/again", "{\"kinds\":[\"gift\"]}")
                        .status());
    }

    private static String name() {
        return "M" + MARK.toUpperCase(java.util.Locale.ROOT) + "-" + ++serial;
    }

    private int known(String mark) {
        return hub.books()
                .number(
                        "retailhub",
                        "select count(*) from masterdata.product where tenant = ? and sku like ?",
                        TENANT,
                        mark + "-%");
    }

    /** The number of the last message about the item that master data has handled. */
    private int handled(String sku) {
        return hub.books()
                .number(
                        "retailhub",
                        "select coalesce(max(sequence), 0) from masterdata.erp_master where tenant = ? and kind = 'item' and value = ?",
                        TENANT,
                        sku);
    }

    private static JsonNode product(String sku) {
        return world.shop().get(DATA + "products/" + sku).body();
    }

    private static JsonNode cases(String state) {
        return world.operator().get(CASES + "?state=" + state + "&limit=1000").body();
    }

    /** Parked of the item, or null. */
    private JsonNode caseOf(String value) {
        List<String> keys = hub.books()
                .query(
                        "retailhub",
                        "select business_key from erp.sent_message where destination = 'masterdata.commands' and body like ?",
                        row -> row.getString(1),
                        "%\"value\":\"" + value + "\"%");
        for (JsonNode each : cases("parked")) {
            if (keys.contains(each.path("businessKey").asText())) {
                return each;
            }
        }
        return null;
    }

    private static void becomes(String path, String field, String value) {
        Shop reader = path.startsWith("customers") ? customers : world.shop();
        Probe.until(
                path + " has " + field + " " + value,
                SECONDS,
                () -> value.equals(reader.get(DATA + path).body().path(field).asText()),
                () -> reader.get(DATA + path) + " "
                        + world.operator().get(FEEDS).body() + " " + cases("parked"));
    }
}
