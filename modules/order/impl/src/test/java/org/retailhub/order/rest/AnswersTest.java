package org.retailhub.order.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.retailhub.order.api.OrderError;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.domain.Placed;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.rest.StrictJson;

class AnswersTest {
    private static final String TRACE = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";

    @Test
    void writesOneLineForEachOutcome() {
        JsonNode accepted = line(new Placed.Accepted("O1", OrderStatus.POSTING, true), null);
        assertEquals(7, accepted.get("line").intValue());
        assertEquals(202, accepted.get("status").intValue());
        assertEquals("O1", accepted.get("orderId").textValue());
        assertEquals("posting", accepted.get("orderStatus").textValue());
        assertEquals("/api/order/v1/orders/O1", accepted.at("/links/self").textValue());

        JsonNode differs = line(new Placed.Differs("O1", List.of("lines[0].sku")), null);
        assertEquals(409, differs.get("status").intValue());
        assertEquals("lines[0].sku", differs.at("/problem/field").textValue());

        JsonNode reused = line(new Placed.KeyReused("O1"), null);
        assertEquals("ORD-2002", reused.at("/problem/code").textValue());

        JsonNode invalid = line(null, new RetailException(OrderError.INVALID_ORDER, "say \"why\""));
        assertEquals("say \"why\"", invalid.at("/problem/detail").textValue());
    }

    @Test
    void doesNotTellStrangersWhatBroke() {
        JsonNode bug = line(null, new CompletionException(new IllegalStateException("select * from secrets")));

        assertEquals("RUN-9999", bug.at("/problem/code").textValue());
        assertFalse(bug.toString().contains("secrets"));
        JsonNode down = line(null, new RetailException(RuntimeError.DATABASE_DOWN, "10.0.0.1 refused"));
        assertEquals(503, down.get("status").intValue());
        assertFalse(down.toString().contains("10.0.0.1"));
    }

    @Test
    void readsEntityTags() {
        assertEquals(OptionalInt.empty(), EntityTags.version(null));
        assertEquals(OptionalInt.of(12), EntityTags.version(" \"12\" "));
        for (String other : List.of("*", "\"x\"", "W/\"1\"", "\"1\", \"2\"", "\"99999999999\"")) {
            assertEquals(
                    OrderError.VERSION_DIFFERS,
                    assertThrows(RetailException.class, () -> EntityTags.version(other))
                            .code());
        }
    }

    /** Each line is one valid JSON object without a field twice. */
    private static JsonNode line(Placed placed, Throwable failure) {
        String line = Answers.line(7, placed, failure, TRACE);
        assertFalse(line.contains("\n"));
        return StrictJson.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }
}
