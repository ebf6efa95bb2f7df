package org.retailhub.operations;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.operations.api.Alarm;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sql.Database;

/** What is wrong now, for all nodes to see. Methods join the caller's transaction. */
public final class Alarms {
    private static final Logger LOG = Logger.getLogger(Alarms.class);
    private static final int MOST_OF_A_CODE = 500;

    /** Something is wrong with a subject. */
    public record Raised(Alarm alarm, String subject, String detail) {
        String key() {
            return alarm.code() + '\n' + subject;
        }
    }

    /** One that is kept; {@code clearedAt} is null while it is open. */
    public record Kept(
            String code,
            String subject,
            String detail,
            Instant raisedAt,
            Instant seenAt,
            @Nullable Instant clearedAt) {}

    private final Database database;
    private final Ulid ids;
    private final Clock clock;

    public Alarms(Database database, Ulid ids, Clock clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** Open ones first, then the newest closed ones. */
    public List<Kept> list(int closed) {
        return database.query("""
                (select * from alarm where cleared_at is null order by raised_at desc)
                union all (select * from alarm where cleared_at is not null order by raised_at desc limit ?)""", Alarms::kept, closed);
    }

    public List<Kept> open() {
        return database.query("select * from alarm where cleared_at is null order by raised_at", Alarms::kept);
    }

    private static Kept kept(ResultSet row) throws SQLException {
        OffsetDateTime cleared = row.getObject("cleared_at", OffsetDateTime.class);
        return new Kept(
                row.getString("code"),
                row.getString("subject"),
                row.getString("detail"),
                row.getObject("raised_at", OffsetDateTime.class).toInstant(),
                row.getObject("seen_at", OffsetDateTime.class).toInstant(),
                cleared == null ? null : cleared.toInstant());
    }

    /** Raises what is new, once in the log. */
    public void raise(List<Raised> now) {
        Map<String, Kept> open = new HashMap<>();
        Map<String, Integer> ofCode = new HashMap<>();
        for (Kept each : open()) {
            open.put(each.code() + '\n' + each.subject(), each);
            ofCode.merge(each.code(), 1, Integer::sum);
        }
        Instant time = clock.instant();
        for (Raised each : now) {
            if (open.containsKey(each.key())) {
                database.update(
                        "update alarm set seen_at = ?, detail = ? where code = ? and subject = ? and cleared_at is null",
                        time,
                        each.detail(),
                        each.alarm().code(),
                        each.subject());
            } else if (ofCode.merge(each.alarm().code(), 1, Integer::sum) <= MOST_OF_A_CODE) {
                database.update(
                        "insert into alarm (alarm_id, code, subject, detail, raised_at, seen_at) values (?, ?, ?, ?, ?, ?)",
                        ids.next(),
                        each.alarm().code(),
                        each.subject(),
                        each.detail(),
                        time,
                        time);
                LOG.warnf("%s %s: %s", each.alarm().code(), each.subject(), each.detail());
            }
        }
    }

    /** Closes those of these alarms that are not among the ones that are still there. */
    public void clearOthers(Set<Alarm> alarms, List<Raised> still) {
        Set<String> there = new HashSet<>();
        still.forEach(each -> there.add(each.key()));
        Set<String> codes = new HashSet<>();
        alarms.forEach(each -> codes.add(each.code()));
        List<Kept> gone = new ArrayList<>(open());
        gone.removeIf(each -> !codes.contains(each.code()) || there.contains(each.code() + '\n' + each.subject()));
        for (Kept each : gone) {
            clear(each.code(), each.subject());
        }
    }

    public void clear(String code, String subject) {
        int cleared = database.update(
                "update alarm set cleared_at = ? where code = ? and subject = ? and cleared_at is null",
                clock.instant(),
                code,
                subject);
        if (cleared > 0) {
            LOG.infof("%s %s: it is over", code, subject);
        }
    }
}
