package org.retailhub.operations.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.Insight.Hop;

class SpansTest {
    private static final String TRACE = "0123456789abcdef0123456789abcdef";
    private static final String CALLERS = "00-" + TRACE + "-1111111111111111-01";
    private static final String OURS = "00-" + TRACE + "-0123456789abcdef-01";

    private static Hop hop(String what, boolean door) {
        return new Hop(Instant.parse("2026-11-25T12:00:00.000001Z"), "O1", "acme", what, "by 'Erika'", "M1", door);
    }

    @Test
    void theDoorIsTheParentOfAllThatFollows() {
        Spans.Span door = Spans.of("channel", hop("received", true), CALLERS).orElseThrow();
        Spans.Span posted = Spans.of("order", hop("posted", false), CALLERS).orElseThrow();
        assertEquals(TRACE, door.traceId());
        assertEquals(TRACE, posted.traceId());
        assertEquals("1111111111111111", door.parentSpanId(), "the caller's span");
        assertEquals(door.spanId(), posted.parentSpanId());
        assertEquals(
                "",
                Spans.of("channel", hop("received", true), OURS).orElseThrow().parentSpanId(),
                "begun here");
    }

    @Test
    void theSameRowIsTheSameSpan() {
        assertEquals(Spans.of("erp", hop("parked", false), CALLERS), Spans.of("erp", hop("parked", false), CALLERS));
        assertFalse(
                Spans.of("erp", hop("parked", false), CALLERS).equals(Spans.of("erp", hop("handled", false), CALLERS)));
    }

    @Test
    void whatIsNotToBeRecordedIsNot() {
        assertEquals(Optional.empty(), Spans.of("erp", hop("handled", false), "00-" + TRACE + "-1111111111111111-00"));
        assertEquals(Optional.empty(), Spans.of("erp", hop("handled", false), ""));
        assertEquals(Optional.empty(), Spans.of("erp", hop("handled", false), null));
    }

    @Test
    void isWrittenAsOtlp() throws IOException {
        Spans.Span door = Spans.of("order", hop("accepted", true), CALLERS).orElseThrow();
        Spans.Span parked = Spans.of("erp", hop("parked", false), CALLERS).orElseThrow();
        JsonNode request = new ObjectMapper().readTree(Spans.request(List.of(door, parked), "retail-1"));
        assertEquals(
                "retail-hub",
                request.at("/resourceSpans/0/resource/attributes/0/value/stringValue")
                        .asText());
        JsonNode first = request.at("/resourceSpans/0/scopeSpans/0/spans/0");
        assertEquals(TRACE, first.path("traceId").asText());
        assertEquals(16, first.path("spanId").asText().length());
        assertEquals("order accepted", first.path("name").asText());
        assertEquals("1795608000000001000", first.path("startTimeUnixNano").asText());
        assertEquals(
                2,
                request.at("/resourceSpans/0/scopeSpans/1/spans/0/status/code").asInt());
        assertTrue(!request.toString().contains("Erika"), "quoted values are people's");
    }
}
