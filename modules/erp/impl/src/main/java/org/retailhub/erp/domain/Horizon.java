package org.retailhub.erp.domain;

import java.time.Duration;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.retailhub.erp.domain.MasterReader.Moment;

/**
 * From when on an ERP's changes have to be looked at again. It dates a change when it is made and shows it when it is committed: what is dated
 * before a moment may still come as long as a transaction runs that had begun to write by then. So a moment is settled when a later look finds
 * that all of these have ended. Before it writes for the first time a transaction has no number; the margin is for that, and for clocks of the
 * ERP's servers that differ.
 *
 * @param settledAt no change dated before, but for the margin, is still to come
 * @param number what has to end before {@code at} is settled
 */
public record Horizon(LocalDateTime settledAt, LocalDateTime at, long number) {
    private static final Duration MARGIN = Duration.ofMinutes(10);
    /** All are looked at as often as this: a transaction that stays open for longer is caught by that. */
    private static final Duration LONGEST = Duration.ofDays(1);

    public LocalDateTime lookFrom() {
        return settledAt.minus(MARGIN);
    }

    /**
     * After a look that began at {@code now} has ended.
     *
     * @param before null if it was the first, which was at all
     */
    public static Horizon after(@Nullable Horizon before, Moment now) {
        LocalDateTime earliest = now.at().minus(LONGEST);
        // Numbers that go back are those of another database, such as one restored.
        if (before == null || before.number > now.next()) {
            return new Horizon(earliest, now.at(), now.next());
        }
        if (now.oldestRunning() >= before.number) {
            return new Horizon(before.at, now.at(), now.next());
        }
        return new Horizon(before.settledAt.isBefore(earliest) ? earliest : before.settledAt, before.at, before.number);
    }

    /** Whether it knows nothing of the database that is there now. */
    public boolean isOfAnother(Moment now) {
        return number > now.next();
    }
}
