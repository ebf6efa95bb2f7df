package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** While the database is away a read is answered as last time, with its age, and to nobody else. */
class LastAnswersTest {
    private static final CallContext ACME = caller("acme", Set.of());
    private long now = 5;
    private final LastAnswers answers = new LastAnswers(() -> now);
    private String operation = "old";

    /** Operations of a resource. */
    static final class Sample {
        @MayBeOld(seconds = 60)
        public void old() {}

        public void fresh() {}
    }

    /** An answer as it left. */
    private record Sent(int status, String body, MultivaluedMap<String, Object> headers) {}

    @BeforeEach
    void wire() throws Exception {
        var field = LastAnswers.class.getDeclaredField("resource");
        field.setAccessible(true);
        field.set(
                answers,
                fake(ResourceInfo.class, (proxy, method, arguments) -> Sample.class.getDeclaredMethod(operation)));
    }

    @Test
    void answersAsLastTimeWithItsAgeWhileTheDatabaseIsAway() throws IOException {
        ok(ACME, "/orders/1", "{\"v\":1}");
        forward(42);
        Sent sent = away(ACME, "/orders/1");
        assertEquals(200, sent.status());
        assertEquals("{\"v\":1}", sent.body());
        assertEquals("42", sent.headers().getFirst("Age"));
        assertEquals(
                "retail-hub; hit; ttl=-42; detail=\"RUN-3001\"", sent.headers().getFirst("Cache-Status"));
        assertEquals("\"7\"", sent.headers().getFirst("ETag"));
        assertNull(sent.headers().getFirst("Retry-After"));
    }

    @Test
    void newAnswerIsNotMarkedAndTakesTheOldOnesPlace() throws IOException {
        ok(ACME, "/orders/1", "{\"v\":1}");
        forward(10);
        assertNull(ok(ACME, "/orders/1", "{\"v\":2}").headers().getFirst("Age"));
        forward(1);
        Sent sent = away(ACME, "/orders/1");
        assertEquals("{\"v\":2}", sent.body());
        assertEquals("1", sent.headers().getFirst("Age"));
    }

    @Test
    void tooOldIsNoAnswer() throws IOException {
        ok(ACME, "/orders/1", "{}");
        forward(60);
        assertEquals(200, away(ACME, "/orders/1").status());
        forward(1);
        assertEquals(503, away(ACME, "/orders/1").status());
    }

    @Test
    void isForTheSameTenantAndChannelsAndAddressOnly() throws IOException {
        ok(ACME, "/orders/1?a=1", "{}");
        assertEquals(503, away(caller("rival", Set.of()), "/orders/1?a=1").status());
        assertEquals(
                503, away(caller("acme", Set.of("shop-eu")), "/orders/1?a=1").status());
        assertEquals(503, away(ACME, "/orders/1?a=2").status());
        assertEquals(503, away(null, "/orders/1?a=1").status(), "the gate let nobody in");
        assertEquals(200, away(ACME, "/orders/1?a=1").status());
    }

    @Test
    void whatIsGoneIsForgotten() throws IOException {
        ok(ACME, "/orders/1", "{}");
        answer(ACME, "/orders/1", RuntimeError.NO_SUCH_RESOURCE);
        assertEquals(503, away(ACME, "/orders/1").status());
    }

    @Test
    void otherFailuresAreNotHiddenAndOtherReadsNotKept() throws IOException {
        ok(ACME, "/orders/1", "{}");
        assertEquals(500, answer(ACME, "/orders/1", RuntimeError.BUG).status());
        operation = "fresh";
        ok(ACME, "/orders/2", "{}");
        assertEquals(503, away(ACME, "/orders/2").status());
    }

    @Test
    void keepsNeitherLargeAnswersNorMoreThanItsNumber() throws IOException {
        ok(ACME, "/large", "x".repeat(LastAnswers.MOST_BYTES + 1));
        assertEquals(503, away(ACME, "/large").status());
        for (int i = 0; i <= LastAnswers.MOST_KEPT; i++) {
            ok(ACME, "/orders/" + i, "{}");
        }
        assertEquals(503, away(ACME, "/orders/0").status());
        assertEquals(200, away(ACME, "/orders/1").status());
    }

    private Sent ok(CallContext caller, String address, String body) throws IOException {
        return send(caller, address, 200, body);
    }

    private Sent away(CallContext caller, String address) throws IOException {
        return answer(caller, address, RuntimeError.DATABASE_DOWN);
    }

    private Sent answer(CallContext caller, String address, RuntimeError error) throws IOException {
        return send(caller, address, error.kind().httpStatus(), Problem.of(new RetailException(error, "no"), null));
    }

    /** Through the filter and the interceptor, as the server does it. */
    private Sent send(CallContext caller, String address, int status, Object entity) throws IOException {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ApiKeyGate.CALLER, caller);
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        headers.putSingle("Retry-After", "2");
        if (status == 200) {
            headers.putSingle("ETag", "\"7\"");
        }
        Object[] state = {status, entity};
        UriInfo uri = fake(UriInfo.class, (proxy, method, arguments) -> URI.create("http://hub" + address));
        answers.filter(
                fake(ContainerRequestContext.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> properties.get(arguments[0]);
                    case "setProperty" -> properties.put((String) arguments[0], arguments[1]);
                    default -> uri;
                }),
                fake(ContainerResponseContext.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getStatus" -> state[0];
                    case "setStatus" -> state[0] = arguments[0];
                    case "getEntity" -> state[1];
                    case "setEntity" -> state[1] = arguments[0];
                    case "getMediaType" -> MediaType.APPLICATION_JSON_TYPE;
                    default -> headers;
                }));
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        OutputStream[] out = {wire};
        byte[] body = state[1] instanceof byte[] bytes
                ? bytes
                : String.valueOf(state[1]).getBytes(StandardCharsets.UTF_8);
        answers.aroundWriteTo(
                fake(WriterInterceptorContext.class, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getProperty" -> properties.get(arguments[0]);
                    case "getOutputStream" -> out[0];
                    case "setOutputStream" -> out[0] = (OutputStream) arguments[0];
                    default -> {
                        out[0].write(body);
                        yield null;
                    }
                }));
        assertArrayEquals(body, wire.toByteArray());
        return new Sent((int) state[0], wire.toString(StandardCharsets.UTF_8), headers);
    }

    private static CallContext caller(String tenant, Set<String> channels) {
        return new CallContext("shop", tenant, Set.of(), channels, "");
    }

    private void forward(long seconds) {
        now += Duration.ofSeconds(seconds).toNanos();
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(LastAnswersTest.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
