package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.Allowance;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.KeyDirectory;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** The promise: nobody comes in without a key that is known and has the scope that the operation asks for. */
class ApiKeyGateTest {
    private static final String KEY = "rh_known";
    private static final String TOKEN = "head.claims.signature";
    private final ApiKeyGate gate = new ApiKeyGate();
    private final Map<String, String> headers = new HashMap<>();
    private final Map<String, Object> properties = new HashMap<>();
    private String operation = "open";
    private int asked;
    private long left = 3;

    /** Operations of a resource. */
    static final class Sample {
        @RequiresScope("orders:read")
        public void open() {}

        @RequiresScope("hub:operate")
        public void operators() {}

        public void forgotten() {}
    }

    private final class Partners implements KeyDirectory {
        @Override
        public Optional<CallContext> callerByKeyHash(byte[] hash) {
            asked++;
            return Arrays.equals(hash, sha256(KEY))
                    ? Optional.of(new CallContext("shop", "acme", Set.of("orders:read"), Set.of(), ""))
                    : Optional.empty();
        }

        @Override
        public Optional<CallContext> callerByToken(String token) {
            asked++;
            return token.equals(TOKEN)
                    ? Optional.of(new CallContext("shop", "acme", Set.of("orders:read"), Set.of(), ""))
                    : Optional.empty();
        }

        @Override
        public Allowance draw(String partner, String routeClass, long calls) {
            long granted = Math.min(calls, left);
            left -= granted;
            return new Allowance(granted, 3, Duration.ofSeconds(60), left, Duration.ofSeconds(left > 0 ? 0 : 20));
        }
    }

    @BeforeEach
    void wire() throws Exception {
        set("directory", new Partners());
        set(
                "resource",
                Proxy.newProxyInstance(
                        getClass().getClassLoader(),
                        new Class<?>[] {ResourceInfo.class},
                        (proxy, method, arguments) -> method.getName().equals("getResourceMethod")
                                ? Sample.class.getMethod(operation)
                                : Sample.class));
        gate.open();
    }

    @Test
    void letsAKnownKeyWithTheScopeInAsItsTenant() throws Exception {
        headers.put("X-API-Key", KEY);
        gate.filter(request());
        CallContext caller = (CallContext) properties.get("org.retailhub.caller");
        assertEquals("acme", caller.tenant());
        assertTrue(caller.traceparent().matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01"), caller::traceparent);
    }

    @Test
    void takesABearerTokenToo() throws Exception {
        headers.put("Authorization", "bearer " + KEY);
        gate.filter(request());
        assertTrue(properties.containsKey("org.retailhub.caller"));
    }

    @Test
    void takesATokenOfTheIssuerAsBearerAndRemembersIt() throws Exception {
        headers.put("Authorization", "Bearer " + TOKEN);
        gate.filter(request());
        gate.filter(request());
        assertTrue(properties.containsKey("org.retailhub.caller"));
        assertEquals(1, asked);
        headers.put("Authorization", "Bearer another." + TOKEN);
        assertEquals(RuntimeError.UNKNOWN_CREDENTIAL, refusal());
    }

    @Test
    void countsCallsAndRefusesTheOneTooMany() throws Exception {
        headers.put("X-API-Key", KEY);
        for (int i = 0; i < 3; i++) {
            gate.filter(request());
        }
        assertEquals(RuntimeError.QUOTA_EXCEEDED, refusal());
    }

    @Test
    void callsThatAreRefusedAnywayAreNotCounted() {
        headers.put("X-API-Key", KEY);
        operation = "operators";
        refusal();
        assertEquals(3, left);
    }

    @Test
    void refusesNoKeyAnEmptyOneAndAnEndlessOne() {
        assertEquals(RuntimeError.NO_CREDENTIAL, refusal());
        headers.put("X-API-Key", "");
        assertEquals(RuntimeError.NO_CREDENTIAL, refusal());
        headers.put("X-API-Key", "x".repeat(201));
        assertEquals(RuntimeError.NO_CREDENTIAL, refusal());
        assertEquals(0, asked, "nobody is asked about those");
    }

    @Test
    void refusesAnUnknownKeyAndRemembersItForAMoment() {
        headers.put("X-API-Key", "rh_unknown");
        assertEquals(RuntimeError.UNKNOWN_CREDENTIAL, refusal());
        assertEquals(RuntimeError.UNKNOWN_CREDENTIAL, refusal());
        assertEquals(1, asked);
    }

    @Test
    void refusesAnOperationWhoseScopeTheKeyLacksAndOneThatNamesNone() {
        headers.put("X-API-Key", KEY);
        operation = "operators";
        assertEquals(RuntimeError.MISSING_SCOPE, refusal());
        operation = "forgotten";
        assertEquals(RuntimeError.MISSING_SCOPE, refusal(), "open to nobody");
    }

    private Object refusal() {
        return assertThrows(RetailException.class, () -> gate.filter(request())).code();
    }

    private ContainerRequestContext request() {
        return (ContainerRequestContext) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ContainerRequestContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getHeaderString" -> headers.get((String) arguments[0]);
                    case "setProperty" -> properties.put((String) arguments[0], arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private void set(String field, Object value) throws ReflectiveOperationException {
        Field found = ApiKeyGate.class.getDeclaredField(field);
        found.setAccessible(true);
        found.set(gate, value);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
