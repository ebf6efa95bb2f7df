package org.retailhub.platform.runtime;

import java.time.Duration;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException;

/** A refusal that knows when the same call may pass; its problem says so in {@code Retry-After}. */
public final class TryLater extends RetailException {
    private static final long serialVersionUID = 1L;

    private final long seconds;

    public TryLater(ErrorCode code, String detail, Duration after) {
        super(code, detail);
        this.seconds = Math.max(1, after.plusMillis(999).toSeconds());
    }

    /** Whole seconds, 1 at least. */
    public long seconds() {
        return seconds;
    }
}
