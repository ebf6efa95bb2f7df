package org.retailhub.erp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.retailhub.platform.kernel.Insight.Hop;
import org.retailhub.platform.kernel.Insight.Step;
import org.retailhub.platform.kernel.Insight.Story;
import org.retailhub.platform.kernel.Insight.Subject;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.sql.Database;

/** What this module tells of its postings: where each stands in which ERP, its hops and messages. */
public final class PostingInsight {
    private static final int MOST = 50;
    private static final Duration TRACES = Duration.ofHours(24);

    private final Database database;
    private final ModuleLog log;
    private final Clock clock;

    PostingInsight(Database database, ModuleLog log, Clock clock) {
        this.database = database;
        this.log = log;
        this.clock = clock;
    }

    /** A posting is known by its order, and by the ERP's document: its number and its key. */
    Story story(Set<String> names) {
        Map<String, ModuleLog.Owner> keys = log.keysOf(names, clock.instant().minus(TRACES));
        Set<String> wanted = new HashSet<>(names);
        wanted.addAll(keys.keySet());
        Map<String, Subject> subjects = new HashMap<>();
        List<Step> steps = postings(wanted, subjects);
        keys.values()
                .forEach(each -> subjects.putIfAbsent(
                        each.key(),
                        new Subject(
                                each.key(),
                                each.tenant(),
                                each.channel().isEmpty() ? null : each.channel(),
                                null,
                                Set.of(each.key()))));
        steps.addAll(log.steps(subjects.keySet()));
        return new Story(List.copyOf(subjects.values()), steps, subjects.size() < MOST);
    }

    List<Hop> hops(Instant from, Instant to, int limit) {
        return log.hops(from, to, limit, null);
    }

    Map<String, String> traceparents(Set<String> keys) {
        Map<String, String> found = new HashMap<>(log.traceparentsOfCases(keys));
        database.query(
                "select business_key, traceparent from posting where business_key = any(?)",
                row -> found.putIfAbsent(row.getString(1), row.getString(2)),
                (Object) keys.toArray(String[]::new));
        return found;
    }

    private List<Step> postings(Set<String> names, Map<String, Subject> subjects) {
        // The ERP's own key has no index here: it would cost each verdict. It is a number, so only numbers are looked
        // for.
        String[] numbers =
                names.stream().filter(name -> name.matches("\\d{1,12}")).toArray(String[]::new);
        return new ArrayList<>(database.query(
                """
                select target, business_key, tenant, channel, state, document_no, document_id, reason, message_id, traceparent,
                  coalesce(verdict_at, written_at)
                from posting where business_key = any(?)
                  or (cardinality(?) > 0 and (document_id = any(?) or document_no = any(?))) limit ?""",
                row -> {
                    Set<String> itsNames = new HashSet<>(Set.of(row.getString(2)));
                    if (row.getString(7) != null) {
                        itsNames.add(row.getString(7));
                    }
                    String key = row.getString(2);
                    subjects.put(key, new Subject(key, row.getString(3), row.getString(4), row.getString(5), itsNames));
                    return new Step(
                            row.getObject(11, OffsetDateTime.class).toInstant(),
                            key,
                            "posting-" + row.getString(5),
                            (row.getString(1) + document(row.getString(6), row.getString(7)) + " "
                                            + Objects.toString(row.getString(8), ""))
                                    .strip(),
                            row.getString(9),
                            row.getString(10),
                            null);
                },
                names.toArray(String[]::new),
                numbers,
                numbers,
                numbers,
                MOST));
    }

    private static String document(String number, String id) {
        return number == null ? "" : ", document " + number + (id == null ? "" : " (" + id + ")");
    }
}
