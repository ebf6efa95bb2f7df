package org.retailhub.architecture.bad.alpha;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Date;
import org.retailhub.architecture.Breaks;

@Breaks("timeIsInjected")
public final class Hurried {
    public Object now() {
        return new Object[] {Instant.now(), LocalDate.now(), System.currentTimeMillis(), Clock.systemUTC(), new Date()};
    }
}
