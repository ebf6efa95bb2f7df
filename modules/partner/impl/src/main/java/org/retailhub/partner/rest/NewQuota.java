package org.retailhub.partner.rest;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.partner.api.PartnerError;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** A quota as it is sent. */
@Schema(description = "How many calls in how many seconds; as many may come at once after a silence")
public record NewQuota(
        @Schema(description = "0 shuts the route", minimum = "0", maximum = "100000000", required = true) @Nullable
        Long requests,

        @Schema(minimum = "1", maximum = "86400", required = true) @Nullable
        Integer windowSeconds) {
    private static final long MOST = 100_000_000;
    private static final int LONGEST = 86_400;

    /** One without fault. */
    record Checked(long requests, int windowSeconds) {}

    /** @throws RetailException {@link PartnerError#INVALID_QUOTA} naming every faulty field */
    Checked checked() {
        List<Violation> violations = new ArrayList<>();
        if (requests == null || requests < 0 || requests > MOST) {
            violations.add(new Violation("requests", "0 to " + MOST));
        }
        if (windowSeconds == null || windowSeconds < 1 || windowSeconds > LONGEST) {
            violations.add(new Violation("windowSeconds", "1 to " + LONGEST));
        }
        if (requests == null || windowSeconds == null || !violations.isEmpty()) {
            throw new RetailException(
                    PartnerError.INVALID_QUOTA, violations.size() + " faulty field(s)", violations, null);
        }
        return new Checked(requests, windowSeconds);
    }
}
