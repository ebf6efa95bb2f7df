package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.StockTelling.Call;
import org.retailhub.channel.domain.StockTelling.Level;
import org.retailhub.channel.domain.StockTelling.Shown;
import org.retailhub.channel.domain.StockTelling.Told;

class InventoryLevelsTest {
    private static final Connection SHOP = new Connection(
            "shop", "acme", "shopify", "shop-eu", "acme.myshopify.com", "https://acme.myshopify.com/", true);
    private static final Level LEVEL = new Level("820982911946154508", "655441491");

    private final InventoryLevels levels = new InventoryLevels();

    private Told read(int status, String body) {
        return levels.read(LEVEL, new BigDecimal(7), status, name -> null, body.getBytes(StandardCharsets.UTF_8));
    }

    private Shown shown(int status, String body) {
        return levels.readLevels(
                status, name -> name.equals("Retry-After") ? "4.0" : null, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void setsAnAbsoluteValueWithIdsAsTheyAre() {
        Call call = levels.set(SHOP, LEVEL, new BigDecimal("7"));
        assertEquals(
                "https://acme.myshopify.com/admin/api/2026-07/inventory_levels/set.json",
                call.uri().toString());
        assertEquals("X-Shopify-Access-Token", call.secretHeader());
        assertEquals(
                "{\"location_id\":655441491,\"inventory_item_id\":820982911946154508,\"available\":7}",
                new String(call.body(), StandardCharsets.UTF_8));
        assertThrows(
                IllegalArgumentException.class,
                () -> levels.set(SHOP, new Level("1,\"available\":99", "2"), BigDecimal.ONE));
    }

    @Test
    void showsWholePiecesAndNeverMoreThanThereIs() {
        assertEquals("7", levels.showable(new BigDecimal("7.999")).toString());
        assertEquals("0", levels.showable(new BigDecimal("-3")).toString());
        assertEquals("1000000000", levels.showable(new BigDecimal("1e15")).toPlainString());
    }

    @Test
    void believesOnlyTheAnswerThatItSent() {
        String good =
                "{\"inventory_level\":{\"inventory_item_id\":820982911946154508,\"location_id\":655441491,\"available\":7,"
                        + "\"updated_at\":\"2026-11-28T21:00:00Z\"}}";
        assertInstanceOf(Told.Taken.class, read(200, good));
        assertInstanceOf(Told.Unclear.class, read(200, good.replace("\"available\":7", "\"available\":8")));
        assertInstanceOf(Told.Unclear.class, read(200, good.replace("655441491", "655441492")));
        assertInstanceOf(Told.Unclear.class, read(200, good.replace("154508", "154509")));
        assertInstanceOf(Told.Unclear.class, read(200, good.replace(":7,", ":1e999999,")));
        assertInstanceOf(Told.Unclear.class, read(200, "<html>sign in</html>"));
        assertInstanceOf(Told.Unclear.class, read(200, ""));
        assertInstanceOf(Told.Unclear.class, read(200, "null"));
    }

    @Test
    void tellsWhoHasToAct() {
        assertEquals(new Told.Refused("answered 404: Not Found"), read(404, "{\"errors\":\"Not Found\"}"));
        assertEquals(
                new Told.Refused("answered 422: [\"Inventory item does not have inventory tracking enabled\"]"),
                read(422, "{\"errors\":[\"Inventory item does not have inventory tracking enabled\"]}"));
        assertInstanceOf(Told.Failed.class, read(401, "{}"));
        assertInstanceOf(Told.Failed.class, read(403, "{}"));
        assertEquals(new Told.Busy(Duration.ofSeconds(2)), read(429, "{}"));
        for (int status : List.of(500, 502, 503, 504, 408, 302)) {
            assertInstanceOf(Told.Unclear.class, read(status, "{}"), "status " + status);
        }
    }

    @Test
    void asksForManyLevelsAtOnce() {
        assertEquals(
                "https://acme.myshopify.com/admin/api/2026-07/inventory_levels.json?limit=250&inventory_item_ids=1,2&location_ids=9",
                levels.levels(SHOP, List.of(new Level("1", "9"), new Level("2", "9")))
                        .uri()
                        .toString());
        assertTrue(levels.mostLevels() * levels.mostLevels() <= 250, "one page, whatever the places");
        assertEquals(
                new Shown.Levels(Map.of(new Level("1", "9"), new BigDecimal("5"))),
                shown(
                        200,
                        "{\"inventory_levels\":[{\"inventory_item_id\":1,\"location_id\":9,\"available\":5},"
                                + "{\"inventory_item_id\":2,\"location_id\":9,\"available\":null}]}"));
        assertEquals(new Shown.Busy(Duration.ofSeconds(4)), shown(429, ""));
        assertInstanceOf(Shown.Failed.class, shown(500, ""));
        assertInstanceOf(Shown.Failed.class, shown(200, "{\"inventory_levels\":{}}"));
    }

    @Test
    void readsHowManyCallsAreLeft() {
        assertEquals(OptionalInt.of(8), levels.callsLeft(name -> "32/40"));
        assertEquals(OptionalInt.of(0), levels.callsLeft(name -> "41/40"));
        assertEquals(OptionalInt.empty(), levels.callsLeft(name -> null));
        assertEquals(OptionalInt.empty(), levels.callsLeft(name -> "many"));
    }

    @Test
    void idsAreNumbers() {
        assertTrue(levels.isItem("808950810"));
        for (String no : List.of("", "0", "-1", "gid://shopify/InventoryItem/1", "1 ", "12345678901234567890")) {
            assertFalse(levels.isItem(no), no);
            assertFalse(levels.isLocation(no), no);
        }
    }
}
