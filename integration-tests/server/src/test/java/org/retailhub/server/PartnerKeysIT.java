package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key's life, seen at the doors of all modules. */
class PartnerKeysIT {
    private static final Duration PROMISED = Duration.ofSeconds(5);
    /** A door of each module that the partner's key opens; partner itself has none. */
    private static final List<String> DOORS = List.of(
            "/api/order/v1/orders?limit=1", "/api/masterdata/v1/sales-accounts/none", "/api/erp/v1/postings?limit=1");

    private static int serial;

    private World world;
    private String credentials;

    @BeforeEach
    void registerAPartner() {
        world = World.shared();
        String code = "keys-" + ++serial;
        credentials = "/api/partner/v1/partners/" + code + "/credentials";
        World.require(world.operator()
                .post(
                        "/api/partner/v1/partners",
                        "{\"code\":\"" + code + "\",\"tenant\":\"" + code + "\",\"name\":\"Keys\"}"));
    }

    @Test
    void revokedKeyIsDeadAtEachModuleWithinFiveSeconds() {
        Shop.Answer issued = issue();
        Shop shop = new Shop(world.hub(), issued.text("key"));
        DOORS.forEach(door -> assertNotEquals(401, status(shop, door), door));

        Shop.Answer revoked = world.operator().attempt("DELETE", credentials + "/" + issued.text("id"), null, Map.of());
        assertEquals(204, revoked.status(), revoked::toString);

        assertTrue(
                Probe.happens(PROMISED, () -> DOORS.stream().allMatch(door -> status(shop, door) == 401)),
                () -> DOORS.stream()
                        .map(door -> door + " " + status(shop, door))
                        .toList()
                        .toString());
    }

    @Test
    void rotatedKeyAndItsSuccessorWorkSideBySideUntilTheStatedTime() {
        Shop.Answer issued = issue();
        Shop old = new Shop(world.hub(), issued.text("key"));
        Shop.Answer day = rotate(issued, 86_400);
        Shop fresh = new Shop(world.hub(), day.text("key"));
        DOORS.forEach(door -> {
            assertNotEquals(401, status(old, door), door);
            assertNotEquals(401, status(fresh, door), door);
        });

        Shop.Answer atOnce = rotate(day, 0);
        Shop last = new Shop(world.hub(), atOnce.text("key"));
        assertTrue(Probe.happens(PROMISED, () -> DOORS.stream().allMatch(door -> status(fresh, door) == 401)));
        DOORS.forEach(door -> {
            assertNotEquals(401, status(old, door), "its end is tomorrow");
            assertNotEquals(401, status(last, door), door);
        });
        assertEquals(409, rotateAnswer(day, 0).status());
    }

    @Test
    void listShowsNoSecret() {
        Shop.Answer issued = issue();
        Shop.Answer rotated = rotate(issued, 60);
        Shop.Answer list = world.operator().get(credentials);

        String text = list.body().toString();
        assertFalse(text.contains("rh_") || text.contains("key") || text.contains("sha256"), text);
        JsonNode items = list.body().path("items");
        assertEquals(2, items.size());
        assertTrue(items.get(0).hasNonNull("endsAt"));
        assertEquals(rotated.text("id"), items.get(1).path("id").asText());
        assertEquals(issued.text("id"), items.get(1).path("replaces").asText());
        assertEquals(
                List.of("key-rotated", "key-issued", "partner-registered"),
                world.operator()
                        .get(credentials.replace("/credentials", "/audit"))
                        .body()
                        .path("items")
                        .findValuesAsText("action"));
    }

    private Shop.Answer issue() {
        return World.require(world.operator()
                .post(
                        credentials,
                        "{\"name\":\"main\",\"scopes\":[\"orders:read\",\"masterdata:read\",\"postings:read\"]}"));
    }

    private Shop.Answer rotate(Shop.Answer credential, int overlapSeconds) {
        Shop.Answer answer = rotateAnswer(credential, overlapSeconds);
        assertEquals(201, answer.status(), answer::toString);
        return answer;
    }

    private Shop.Answer rotateAnswer(Shop.Answer credential, int overlapSeconds) {
        return world.operator()
                .post(
                        credentials + "/" + credential.text("id") + "/rotations",
                        "{\"overlapSeconds\":" + overlapSeconds + "}");
    }

    private static int status(Shop shop, String door) {
        return shop.get(door).status();
    }
}
