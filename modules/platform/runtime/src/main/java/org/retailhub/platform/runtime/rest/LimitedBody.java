package org.retailhub.platform.runtime.rest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongSupplier;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * A body that may not say how long it is, and may come drop by drop: a thread waits for it. The listener ends a pause; this ends what
 * never pauses and never gets anywhere.
 */
final class LimitedBody extends FilterInputStream {
    private static final long GRACE_NANOS = 10_000_000_000L;
    private static final long LEAST_BYTES_PER_SECOND = 1_024;

    private final long most;
    private final LongSupplier nanoTime;
    private final long begin;
    private long come;

    LimitedBody(InputStream in, long most, LongSupplier nanoTime) {
        super(in);
        this.most = most;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        int read = super.read(into, at, length);
        count(read);
        return read;
    }

    private void count(int read) {
        if (read <= 0) {
            return;
        }
        come += read;
        if (come > most) {
            throw new RetailException(RuntimeError.BODY_TOO_LARGE, "more than " + most + " bytes");
        }
        long late = nanoTime.getAsLong() - begin - GRACE_NANOS;
        if (late > 0 && come < late / 1_000_000_000.0 * LEAST_BYTES_PER_SECOND) {
            throw new RetailException(
                    RuntimeError.BODY_TOO_SLOW, "less than " + LEAST_BYTES_PER_SECOND + " bytes a second");
        }
    }
}
