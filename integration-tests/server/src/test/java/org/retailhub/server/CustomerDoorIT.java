package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Customers over HTTP: asked while a buyer waits, shown to those who may read them, erased. */
class CustomerDoorIT {
    private static final String CUSTOMERS = "/api/masterdata/v1/customers";
    private static final String ABEL =
            "{\"erpPartner\":\"BP-1\",\"personal\":{\"name\":\"Abel Buyer\",\"email\":\"abel@example.org\"}}";
    private static int serial;

    private World world;
    private String tenant;
    private Shop shop;
    private Shop reader;

    @BeforeEach
    void registerAPartner() {
        world = World.shared();
        tenant = "customers-" + ++serial;
        World.require(world.operator()
                .post(
                        "/api/partner/v1/partners",
                        "{\"code\":\"" + tenant + "\",\"tenant\":\"" + tenant + "\",\"name\":\"Customers\"}"));
        shop = keyed("shop", "\"customers:read\",\"customers:write\"");
        reader = keyed("desk", "\"customers:read\",\"personal:read\"");
    }

    private Shop keyed(String name, String scopes) {
        Shop.Answer issued = World.require(world.operator()
                .post(
                        "/api/partner/v1/partners/" + tenant + "/credentials",
                        "{\"name\":\"" + name + "\",\"scopes\":[" + scopes + "]}"));
        return new Shop(world.hub(), issued.text("key"));
    }

    @Test
    void tellsWhetherSomebodyMayBuyAndWhyNot() {
        assertEquals(201, shop.put(CUSTOMERS + "/C-1", ABEL).status());
        World.require(shop.put(CUSTOMERS, "[{\"id\":\"C-2\",\"block\":\"credit-stop\"},{\"id\":\"\"}]"));

        assertTrue(validate("id=C-1").body().path("mayBuy").asBoolean());
        assertTrue(validate("email=ABEL@example.org").body().path("mayBuy").asBoolean());
        assertEquals(
                "[\"credit-stop\"]", validate("id=C-2").body().path("reasons").toString());
        assertEquals("[\"unknown\"]", validate("id=C-9").body().path("reasons").toString());
        assertEquals("MAS-1017", validate("id=C-1&email=a@example.org").text("code"));
    }

    @Test
    void showsThePersonToThoseOnlyWhoMayRead() {
        World.require(shop.put(CUSTOMERS + "/C-1", ABEL));

        Shop.Answer masked = shop.get(CUSTOMERS + "/C-1");
        assertEquals("masked", masked.text("personalData"));
        assertFalse(masked.body().toString().contains("Abel"));
        assertEquals(
                "Abel Buyer",
                reader.get(CUSTOMERS + "/C-1").body().at("/personal/name").asText());
    }

    @Test
    void erasedCustomerIsNobodyAndDoesNotComeBack() {
        World.require(shop.put(CUSTOMERS + "/C-1", ABEL));

        Shop.Answer erased = shop.attempt("DELETE", CUSTOMERS + "/C-1?reason=request%207", null, Map.of());
        Shop.Answer again = shop.attempt("DELETE", CUSTOMERS + "/C-1?reason=other", null, Map.of());

        assertEquals(200, erased.status(), erased::toString);
        assertEquals(erased.body(), again.body());
        Shop.Answer left = reader.get(CUSTOMERS + "/C-1");
        assertEquals("erased", left.text("personalData"));
        assertEquals("BP-1", left.text("erpPartner"));
        assertFalse(left.body().toString().contains("Abel"));
        assertEquals("MAS-2001", shop.put(CUSTOMERS + "/C-1", ABEL).text("code"));
        assertEquals(
                "[\"unknown\"]",
                validate("email=abel@example.org").body().path("reasons").toString());
    }

    @Test
    void silentTenantKeepsHashesAndFindsByThem() {
        World.require(shop.put(CUSTOMERS + "/C-1", ABEL));
        World.require(world.operator()
                .put("/api/masterdata/v1/tenants/" + tenant + "/personal-data", "{\"mode\":\"hash-only\"}"));

        assertEquals("hashed", reader.get(CUSTOMERS + "/C-1").text("personalData"));
        assertTrue(validate("email=abel@example.org").body().path("mayBuy").asBoolean());
    }

    private Shop.Answer validate(String question) {
        return shop.get(CUSTOMERS + ":validate?" + question);
    }
}
