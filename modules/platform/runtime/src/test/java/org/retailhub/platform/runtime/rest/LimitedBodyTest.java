package org.retailhub.platform.runtime.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.retailhub.platform.kernel.RetailException;

class LimitedBodyTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong();

    private LimitedBody body(int bytes, long most) {
        return new LimitedBody(new ByteArrayInputStream(new byte[bytes]), most, now::get);
    }

    @Test
    void letsThroughWhatIsNotTooLargeAndNotAByteMore() throws IOException {
        assertEquals(100, body(100, 100).readAllBytes().length);
        assertEquals(
                "RUN-1005",
                assertThrows(RetailException.class, () -> body(101, 100).readAllBytes())
                        .code()
                        .code());
    }

    @Test
    void endsABodyThatComesByteByByte() throws IOException {
        LimitedBody slow = body(100, 1_000);
        for (int i = 0; i < 10; i++) {
            now.addAndGet(SECOND);
            assertEquals(0, slow.read());
        }
        now.addAndGet(SECOND);
        assertEquals(
                "RUN-1011",
                assertThrows(RetailException.class, slow::read).code().code());
    }

    @Test
    void waitsForABodyThatIsLargeAndSteady() throws IOException {
        LimitedBody steady = body(100_000, 1_000_000);
        byte[] piece = new byte[2_000];
        for (int i = 0; i < 50; i++) {
            now.addAndGet(SECOND);
            assertEquals(2_000, steady.read(piece, 0, piece.length));
        }
    }
}
