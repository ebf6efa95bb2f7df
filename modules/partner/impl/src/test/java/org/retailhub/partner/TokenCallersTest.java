package org.retailhub.partner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.partner.api.Scopes;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.testkit.Hands;

/** Tokens good and bad, against a small issuer that publishes its keys. Each bad one differs from the good one in one thing. */
class TokenCallersTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ISSUER = "https://login.example.org/realms/shops";
    private static final Map<String, String> TENANTS = Map.of("acme-web", "acme");

    private final AtomicInteger fetches = new AtomicInteger();
    private HttpServer server;
    private RsaJsonWebKey key;
    private volatile String published;

    @BeforeEach
    void publishAKey() throws IOException, JoseException {
        key = rsaKey("first");
        published = new JsonWebKeySet(key).toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            fetches.incrementAndGet();
            if (published == null) {
                exchange.sendResponseHeaders(503, -1);
                exchange.close();
                return;
            }
            byte[] body = published.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void goodTokenIsItsPartnerWithItsScopes() throws JoseException {
        assertEquals(
                Optional.of(new CallContext(
                        "acme-web", "acme", Set.of(Scopes.ORDERS_READ, Scopes.ORDERS_WRITE), Set.of(), "")),
                callers().callerOf(signed(claims(), key)));
    }

    @Test
    void refusesExpired() throws JoseException {
        JwtClaims claims = claims();
        claims.setExpirationTime(at(-31));
        refused(signed(claims, key));
        claims.setExpirationTime(at(-29));
        assertTrue(callers().callerOf(signed(claims, key)).isPresent(), "clocks differ by up to 30 s");
    }

    @Test
    void refusesWithoutEnd() throws JoseException {
        JwtClaims claims = claims();
        claims.unsetClaim("exp");
        refused(signed(claims, key));
    }

    @Test
    void refusesNotYetValid() throws JoseException {
        JwtClaims claims = claims();
        claims.setNotBefore(at(31));
        refused(signed(claims, key));
    }

    @Test
    void refusesWrongIssuer() throws JoseException {
        JwtClaims claims = claims();
        claims.setIssuer(ISSUER + "/");
        refused(signed(claims, key));
        claims.unsetClaim("iss");
        refused(signed(claims, key));
    }

    @Test
    void refusesWrongAudience() throws JoseException {
        JwtClaims claims = claims();
        claims.setAudience("another-api");
        refused(signed(claims, key));
        claims.unsetClaim("aud");
        refused(signed(claims, key));
    }

    @Test
    void refusesAlgorithmNone() throws JoseException {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims().toJson());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.NONE);
        token.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
        token.setKeyIdHeaderValue("first");
        refused(token.getCompactSerialization());
    }

    /** The public key is known to all: as the secret of an HMAC it would let anybody sign. */
    @Test
    void refusesHmacWithThePublicKey() throws JoseException {
        for (byte[] secret : List.of(
                key.getPublicKey().getEncoded(),
                key.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY).getBytes(StandardCharsets.UTF_8))) {
            JsonWebSignature token = new JsonWebSignature();
            token.setPayload(claims().toJson());
            token.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
            token.setKeyIdHeaderValue("first");
            token.setKey(new HmacKey(secret));
            refused(token.getCompactSerialization());
        }
    }

    @Test
    void refusesUnknownKidWithoutFetchingByEach() throws JoseException {
        TokenCallers callers = callers();
        assertTrue(callers.callerOf(signed(claims(), key)).isPresent());
        for (int i = 0; i < 20; i++) {
            assertEquals(Optional.empty(), callers.callerOf(signed(claims(), rsaKey("stranger-" + i))));
        }
        assertTrue(fetches.get() <= 2, fetches + " fetches");
    }

    @Test
    void refusesAnothersSignatureUnderAKnownKid() throws JoseException {
        refused(signed(claims(), rsaKey("first")));
        String good = signed(claims(), key);
        refused(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA");
        refused("a.b.c");
    }

    @Test
    void tokenNamesARegisteredPartnerAndNeverAnOperator() throws JoseException {
        JwtClaims claims = claims();
        claims.setStringClaim("azp", "nobody-we-know");
        refused(signed(claims, key));
        claims.unsetClaim("azp");
        refused(signed(claims, key));

        JwtClaims greedy = claims();
        greedy.setStringClaim("scope", "hub:operate orders:read");
        CallContext caller = callers().callerOf(signed(greedy, key)).orElseThrow();
        assertEquals(Set.of(Scopes.ORDERS_READ), caller.scopes());
        assertTrue(!caller.isOperator());
    }

    @Test
    void mapsTheIssuersNamesAndHoldsTheTenantToTheToken() throws JoseException {
        OidcSettings mapped = settings(Map.of(
                "RETAIL_OIDC_PARTNER_CLAIM", "client",
                "RETAIL_OIDC_PARTNERS", "4711=acme-web, 4712=other",
                "RETAIL_OIDC_TENANT_CLAIM", "org",
                "RETAIL_OIDC_SCOPES_CLAIM", "roles",
                "RETAIL_OIDC_SCOPE_PREFIX", "hub/"));
        TokenCallers callers = callers(mapped);
        JwtClaims claims = claims();
        claims.setStringClaim("client", "4711");
        claims.setStringClaim("org", "acme");
        claims.setStringListClaim("roles", "hub/postings:read", "orders:write", "hub/nonsense");
        assertEquals(
                Optional.of(new CallContext("acme-web", "acme", Set.of(Scopes.POSTINGS_READ), Set.of(), "")),
                callers.callerOf(signed(claims, key)));

        claims.setStringClaim("org", "rival");
        assertEquals(Optional.empty(), callers.callerOf(signed(claims, key)));
        claims.unsetClaim("org");
        assertEquals(Optional.empty(), callers.callerOf(signed(claims, key)));
    }

    @Test
    void issuerThatIsAwayIsNoReasonToBelieveNorToRefuse() throws JoseException {
        TokenCallers fresh = callers();
        TokenCallers knows = callers();
        String token = signed(claims(), key);
        knows.callerOf(token);
        server.stop(0);
        assertEquals(
                RuntimeError.ISSUER_DOWN,
                assertThrows(RetailException.class, () -> fresh.callerOf(token)).code());
        assertTrue(knows.callerOf(token).isPresent(), "with the keys it has");
    }

    @Test
    void issuerThatFailsIsLeftAloneAndAskedAgainLater() throws JoseException {
        Hands clock = new Hands(NOW);
        TokenCallers callers =
                new TokenCallers(settings(Map.of()), code -> Optional.ofNullable(TENANTS.get(code)), clock);
        String token = signed(claims(), key);
        String good = published;
        published = null;
        for (int i = 0; i < 50; i++) {
            assertThrows(RetailException.class, () -> callers.callerOf(token));
        }
        assertEquals(3, fetches.get(), "then its circuit is open");
        published = good;
        clock.forward(Duration.ofSeconds(1));
        assertTrue(callers.callerOf(token).isPresent());
        assertEquals(4, fetches.get());
    }

    @Test
    void isOffUnlessAnIssuerIsSetAndThenWholeOrNotAtAll() {
        assertEquals(Optional.empty(), OidcSettings.of(name -> null));
        for (Map<String, String> half : List.of(
                Map.of("RETAIL_OIDC_ISSUER", ISSUER),
                Map.of("RETAIL_OIDC_ISSUER", ISSUER, "RETAIL_OIDC_JWKS_URL", "https://login.example.org/keys"),
                Map.of(
                        "RETAIL_OIDC_ISSUER", ISSUER,
                        "RETAIL_OIDC_JWKS_URL", "http://192.0.2.1/keys",
                        "RETAIL_OIDC_AUDIENCE", "retail-hub"))) {
            assertEquals(
                    RuntimeError.SERVER_NOT_FIT,
                    assertThrows(RetailException.class, () -> OidcSettings.of(half::get))
                            .code());
        }
    }

    private void refused(String token) {
        assertEquals(Optional.empty(), callers().callerOf(token));
    }

    private TokenCallers callers() {
        return callers(settings(Map.of()));
    }

    private static TokenCallers callers(OidcSettings settings) {
        return new TokenCallers(
                settings, code -> Optional.ofNullable(TENANTS.get(code)), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private OidcSettings settings(Map<String, String> more) {
        Map<String, String> basic = Map.of(
                "RETAIL_OIDC_ISSUER",
                ISSUER,
                "RETAIL_OIDC_JWKS_URL",
                "http://127.0.0.1:" + server.getAddress().getPort() + "/keys",
                "RETAIL_OIDC_AUDIENCE",
                "retail-hub");
        return OidcSettings.of(name -> more.getOrDefault(name, basic.get(name))).orElseThrow();
    }

    private static JwtClaims claims() {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(ISSUER);
        claims.setAudience("account", "retail-hub");
        claims.setExpirationTime(at(300));
        claims.setIssuedAt(at(-300));
        claims.setStringClaim("azp", "acme-web");
        claims.setStringClaim("scope", "openid orders:read orders:write");
        return claims;
    }

    private static NumericDate at(int seconds) {
        return NumericDate.fromSeconds(NOW.getEpochSecond() + seconds);
    }

    private static String signed(JwtClaims claims, RsaJsonWebKey key) throws JoseException {
        JsonWebSignature token = new JsonWebSignature();
        token.setPayload(claims.toJson());
        token.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        token.setKeyIdHeaderValue(key.getKeyId());
        token.setKey(key.getPrivateKey());
        return token.getCompactSerialization();
    }

    private static RsaJsonWebKey rsaKey(String id) throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
        key.setKeyId(id);
        return key;
    }
}
