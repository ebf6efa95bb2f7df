package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tokens of a real Keycloak at the doors of a hub that was told of it. */
@Tag("deep")
class KeycloakIT {
    private static final Duration LONGER_THAN_A_GATE_REMEMBERS = Duration.ofSeconds(5);
    private static final String ORDERS = "/api/order/v1/orders?limit=1";

    @Test
    void tokensOfARealIssuerOpenTheirPartnersDoorsAndNoOthers() {
        try (Keycloak keycloak = Keycloak.start(realm());
                Hub hub = Hub.start(new Hub.Variant("keycloak", text -> text, ""))) {
            hub.environment("RETAIL_OIDC_ISSUER", keycloak.issuer());
            hub.environment("RETAIL_OIDC_JWKS_URL", keycloak.keys());
            hub.environment("RETAIL_OIDC_AUDIENCE", "retail-hub");
            hub.environment("RETAIL_OIDC_PARTNERS", "shop-client=shop-of-keycloak, bare-client=shop-of-keycloak");
            String token = keycloak.token("shop-client", "shop-secret");
            Doors doors = new Doors(hub);
            assertEquals(401, get(doors, ORDERS, token).statusCode(), "off, before it is configured");
            hub.stopServer();
            hub.startServer();
            World world = World.on(hub, "keycloak");
            String order = world.shop().place(Order.of(World.CHANNEL, "keycloak-1", World.sku(1)));

            HttpResponse<String> seen = get(doors, "/api/order/v1/orders/" + order, token);
            assertEquals(200, seen.statusCode(), seen::body);
            assertEquals(
                    "\"orders:read\";q=1000000;w=10",
                    seen.headers().firstValue("RateLimit-Policy").orElse("none"),
                    "the partner's own quota");
            assertRefused(403, "RUN-2003", get(doors, "/api/erp/v1/postings?limit=1", token));
            assertRefused(403, "RUN-2003", get(doors, "/api/partner/v1/partners", token));
            assertRefused(401, "RUN-2002", get(doors, ORDERS, changed(token)));
            assertRefused(401, "RUN-2002", get(doors, ORDERS, keycloak.token("bare-client", "bare-secret")));
            assertRefused(401, "RUN-2002", get(doors, ORDERS, keycloak.token("unknown-client", "unknown-secret")));

            World rival = World.on(hub, "rival");
            String theirs = rival.shop().place(Order.of(World.CHANNEL, "keycloak-1", World.sku(1)));
            assertRefused(404, null, get(doors, "/api/order/v1/orders/" + theirs, token));

            keycloak.close();
            long end = System.nanoTime() + LONGER_THAN_A_GATE_REMEMBERS.toNanos();
            while (System.nanoTime() - end < 0) {
                assertEquals(200, get(doors, ORDERS, token).statusCode(), "the issuer is away, its keys are known");
            }
            assertEquals(200, world.shop().get(ORDERS).status(), "API keys have nothing to do with it");
        }
    }

    private static void assertRefused(int status, String code, HttpResponse<String> answer) {
        assertEquals(status, answer.statusCode(), answer::body);
        if (code != null) {
            assertEquals(code, Doors.code(answer));
        }
    }

    /** Another signature of the same length. */
    private static String changed(String token) {
        int at = token.lastIndexOf('.') + 20;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

    private static HttpResponse<String> get(Doors doors, String path, String token) {
        return doors.send("GET", path, null, Map.of("Authorization", "Bearer " + token));
    }

    private static String realm() {
        try (var file = KeycloakIT.class.getResourceAsStream("/keycloak-realm.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
