package org.retailhub.partner.rest;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** A rotation as it is sent. */
@Schema(description = "How long the old key stays good beside the new one")
public record NewRotation(
        @Schema(
                description = "Seconds from now; 0 ends the old key at once",
                minimum = "0",
                maximum = "7776000",
                defaultValue = "86400",
                examples = "86400")
        @Nullable
        Long overlapSeconds) {
    static final long MAX_SECONDS = 90L * 24 * 60 * 60;
    private static final long DAY = 24L * 60 * 60;

    /** @throws RetailException {@link PartnerError#INVALID_ROTATION} */
    Duration checked() {
        long seconds = overlapSeconds == null ? DAY : overlapSeconds;
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw new RetailException(
                    PartnerError.INVALID_ROTATION,
                    "overlapSeconds: 0 to " + MAX_SECONDS,
                    List.of(new Violation("overlapSeconds", "0 to " + MAX_SECONDS)),
                    null);
        }
        return Duration.ofSeconds(seconds);
    }
}
