package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireGateTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/json; charset=utf-8",
                "application/json;charset=\"utf-8\"",
                "text/xml",
                "multipart/form-data; boundary=x",
                "*/*"
            })
    void readsTypes(String type) {
        assertTrue(WireGate.isContentType(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "nonsense", "/", "a/", "/b", "a;b=c", "a/b;c", "a/b;c=", "a/b;c=\"", "a/b/c", "\u0001"})
    void refusesWhatIsNoType(String type) {
        assertFalse(WireGate.isContentType(type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/*",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "application/json, */*;q=0.5",
                "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2",
                "application/json;v=\"1,2\";q=1.000"
            })
    void readsWhatClientsAccept(String accept) {
        assertTrue(WireGate.isAccept(accept));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", ";;;", "a/b;q=x", "a/b;q=1.5", "a/b;q=", "a/b,", ",a/b", "a/b;q=0.1234"})
    void refusesAnAcceptThatIsNone(String accept) {
        assertFalse(WireGate.isAccept(accept));
    }

    @Test
    void readsLanguages() {
        assertTrue(WireGate.isAcceptLanguage("de-CH, de;q=0.9, en;q=0.8, *;q=0.5"));
        assertFalse(WireGate.isAcceptLanguage(";;q=x"));
        assertFalse(WireGate.isAcceptLanguage("de;q=x"));
    }

    @Test
    void refusesAnAddressThatIsNone() {
        assertTrue(WireGate.isAddress("/api/order/v1/orders/%2e", "limit=1&a=%00"));
        assertFalse(WireGate.isAddress("/api/order/v1/orders/[", null));
        assertFalse(WireGate.isAddress("/api/order/v1/orders", "a=^"));
    }

    /** Each pattern looks at each character once. */
    @Test
    void isNotHeldUpByALongHeader() {
        String type = "a/b" + ";c=d".repeat(4_000);
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            assertFalse(WireGate.isContentType(type + ";"));
            assertFalse(WireGate.isAccept((type + ",").repeat(4)));
            assertFalse(WireGate.isAccept("a/b;c=\"" + "\\\\".repeat(8_000)));
            assertFalse(WireGate.isAcceptLanguage("a-".repeat(8_000)));
        });
    }
}
