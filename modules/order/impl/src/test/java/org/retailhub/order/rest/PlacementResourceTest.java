package org.retailhub.order.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.order.api.OrderError;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** What a batch of orders may be. */
class PlacementResourceTest {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private static List<byte[]> batch(String text) {
        return PlacementResource.batch(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static ErrorCode refusal(String text) {
        return assertThrows(RetailException.class, () -> batch(text)).code();
    }

    @Test
    void takesAThousandLinesAndNotOneMore() {
        assertEquals(1_000, batch("{}\n".repeat(1_000)).size());
        assertEquals(OrderError.TOO_MANY_ORDERS, refusal("{}\n".repeat(1_001)));
    }

    @Test
    void takesSixteenMebibytesAndNotAByteMore() {
        assertEquals(MOST_BYTES, batch("x".repeat(MOST_BYTES)).get(0).length);
        assertEquals(RuntimeError.BODY_TOO_LARGE, refusal("x".repeat(MOST_BYTES + 1)));
    }

    @Test
    void countsNoEmptyLines() {
        assertEquals(2, batch("\n\r\n{}\r\n\n{}").size());
        assertEquals(1_000, batch("{}\n\n".repeat(1_000)).size());
        assertEquals(RuntimeError.MALFORMED_JSON, refusal("\n\r\n"));
    }
}
