package org.retailhub.platform.runtime.hospital;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Envelope;

/**
 * A case that is not closed yet.
 *
 * @param dueAt null unless {@link CaseState#DUE}
 * @param deadline until when it is tried by itself; null if it is not, or for ever
 */
public record OpenCase(
        String caseId,
        CaseState state,
        @Nullable Instant dueAt,
        @Nullable Instant deadline,
        int attempts,
        Instant parkedAt,
        Envelope message) {

    public boolean isDue(Instant now) {
        return state == CaseState.DUE && dueAt != null && !dueAt.isAfter(now);
    }
}
