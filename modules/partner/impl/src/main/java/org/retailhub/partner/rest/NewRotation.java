package org.retailhub.partner.rest;

import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
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
        Long overlapSeconds) {
    static final long MAX_SECONDS = 90L * 24 * 60 * 60;
    private static final long DAY = 24L * 60 * 60;

    public NewRotation {
        overlapSeconds = overlapSeconds == null ? Long.valueOf(DAY) : overlapSeconds;
    }

    /** @throws RetailException {@link PartnerError#INVALID_ROTATION} */
    public void check() {
        if (overlapSeconds < 0 || overlapSeconds > MAX_SECONDS) {
            throw new RetailException(
                    PartnerError.INVALID_ROTATION,
                    "overlapSeconds: 0 to " + MAX_SECONDS,
                    List.of(new Violation("overlapSeconds", "0 to " + MAX_SECONDS)),
                    null);
        }
    }

    Duration overlap() {
        return Duration.ofSeconds(overlapSeconds);
    }
}
