package org.retailhub.operations.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a look may take over what came in. As long as looks come to all of it within the minute in which a missing row is to be named, 0.8 s
 * of each 10 s. Where so much came in that they cannot, that minute is lost anyway: then who brings orders has the database first, and a look
 * takes 0.3 s. One thread at a time.
 */
public final class LookBudget {
    static final Duration USUAL = Duration.ofMillis(800);
    static final Duration IN_A_PEAK = Duration.ofMillis(300);
    static final Duration NAMED_WITHIN = Duration.ofSeconds(60);

    private @Nullable Instant begun;

    /** Of a look that begins now. */
    public Duration at(Instant now) {
        Instant since = begun == null ? now : begun;
        begun = since;
        return now.isBefore(since.plus(NAMED_WITHIN)) ? USUAL : IN_A_PEAK;
    }

    /** All of it was looked at; the next look begins anew. */
    public void passed() {
        begun = null;
    }
}
