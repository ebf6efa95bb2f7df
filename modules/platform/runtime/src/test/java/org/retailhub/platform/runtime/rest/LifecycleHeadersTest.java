package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.runtime.openapi.Lifecycle;

class LifecycleHeadersTest {
    @Test
    void saysSinceWhenUntilWhenAndWhatInstead() {
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        LifecycleHeaders.announce(
                new Lifecycle.End(LocalDate.of(2027, 1, 15), LocalDate.of(2027, 9, 1), "/docs/"), headers);
        assertEquals("@1799971200", headers.getFirst("Deprecation"));
        assertEquals("Wed, 01 Sep 2027 00:00:00 GMT", headers.getFirst("Sunset"));
        assertEquals("</docs/>; rel=\"successor-version\"", headers.getFirst("Link"));
    }
}
