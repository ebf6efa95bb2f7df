package org.retailhub.platform.runtime.insight;

import java.time.Duration;
import java.util.List;
import org.retailhub.platform.kernel.Insight.Missing;
import org.retailhub.platform.runtime.hospital.HospitalDesk;

/** Message numbers that a module waits for, told to the operations module. */
public final class MissingMessages {
    /** A predecessor that is only late comes within seconds. */
    private static final Duration LATE = Duration.ofSeconds(30);

    private MissingMessages() {}

    public static List<Missing> of(HospitalDesk desk) {
        return desk.missing(LATE).stream()
                .map(each -> new Missing(each.queue(), each.businessKey(), each.sequence(), each.since()))
                .toList();
    }
}
