package org.retailhub.platform.runtime.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.Insight.Hop;
import org.retailhub.platform.kernel.Insight.Payload;
import org.retailhub.platform.kernel.Insight.Step;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sent.SentMessages;
import org.retailhub.platform.runtime.sql.Database;

/** The part of a key's story that lies in the runtime's tables: hops, messages sent, cases with what was done to them. */
public final class ModuleLog {
    private static final String JSON = "application/json";
    private static final int MOST_KEYS = 50;
    private static final int MOST_STEPS = 2_000;
    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-f]{32}");
    private static final int TIME_CHARACTERS = 10;
    private static final Duration BEFORE = Duration.ofSeconds(10);
    private static final Duration AFTER = Duration.ofHours(1);

    /** Whose a key is, as far as its messages say. */
    public record Owner(String key, String tenant, String channel) {}

    private final Database database;
    private final Bodies bodies;

    /** @param bodies makes those bodies again that the sent log does not keep */
    public ModuleLog(Database database, Bodies bodies) {
        this.database = database;
        this.bodies = bodies;
    }

    /**
     * Keys that have steps here, by the key itself, by the id of a message or a case. An id of a message leads to rows of its time:
     * there is no index of ids, since the intake would pay for it. A trace is looked for among the messages sent since {@code since}.
     */
    public Map<String, Owner> keysOf(Set<String> names, Instant since) {
        Map<String, Owner> found = new HashMap<>();
        String[] texts = names.toArray(String[]::new);
        // The sent log knows the channel; a hop knows the tenant at least.
        ask(found, """
                select distinct on (business_key) business_key, tenant, '' from trace_hop where business_key = any(?)
                order by business_key""", (Object) texts);
        ask(
                found,
                "select business_key, tenant, channel from hospital_case where case_id = any(?) or business_key = any(?) limit "
                        + MOST_KEYS,
                texts,
                texts);
        for (String name : names) {
            if (Ulid.isValid(name)) {
                byMessage(found, name);
            } else if (TRACE_ID.matcher(name).matches()) {
                ask(
                        found,
                        "select distinct business_key, tenant, channel from sent_message where sent_at >= ? and traceparent like ? limit "
                                + MOST_KEYS,
                        since,
                        "00-" + name + "-%");
            }
        }
        return found;
    }

    /** Its time is that of its key, or of what it tells about. */
    private void byMessage(Map<String, Owner> found, String messageId) {
        String time = messageId.substring(0, TIME_CHARACTERS);
        ask(found, """
                select distinct business_key, tenant, '' from trace_hop
                where business_key >= ? and business_key < ? and message_id = ?""", time, time + '~', messageId);
        Instant at = Ulid.timeOf(messageId);
        ask(found, """
                select distinct business_key, tenant, channel from sent_message
                where message_id = ? and sent_at >= ? and sent_at < ?""", messageId, at.minus(BEFORE), at.plus(AFTER));
    }

    private void ask(Map<String, Owner> found, String sql, @Nullable Object... arguments) {
        database.query(
                sql,
                row -> found.merge(
                        row.getString(1),
                        new Owner(row.getString(1), row.getString(2), row.getString(3)),
                        (a, b) -> b.channel().isEmpty() ? a : b),
                arguments);
    }

    /** Hops of a time, oldest first. @param door the hop by which a key comes into the hub here; null if there is none */
    public List<Hop> hops(Instant from, Instant to, int limit, @Nullable String door) {
        return database.query(
                """
                select hopped_at, business_key, tenant, hop, detail, message_id from trace_hop
                where hopped_at >= ? and hopped_at < ? order by hopped_at limit ?""",
                row -> new Hop(
                        time(row, 1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(4).equals(door)),
                from,
                to,
                limit);
    }

    /** The contexts of the cases of these keys, the earliest of each. */
    public Map<String, String> traceparentsOfCases(Collection<String> keys) {
        Map<String, String> found = new HashMap<>();
        database.query("""
                select distinct on (business_key) business_key, traceparent from hospital_case where business_key = any(?)
                order by business_key, sequence""", row -> found.put(row.getString(1), row.getString(2)), (Object) keys.toArray(String[]::new));
        return found;
    }

    /** In no order. */
    public List<Step> steps(Collection<String> keys) {
        List<Step> steps = new ArrayList<>();
        if (keys.isEmpty()) {
            return steps;
        }
        String[] texts = new TreeSet<>(keys).toArray(String[]::new);
        steps.addAll(database.query(
                "select hopped_at, business_key, hop, detail, message_id from trace_hop where business_key = any(?) limit "
                        + MOST_STEPS,
                row -> new Step(
                        time(row, 1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        null,
                        null),
                (Object) texts));
        steps.addAll(sent(texts));
        steps.addAll(cases(texts));
        steps.addAll(database.query(
                "select noticed_at, business_key, queue, sequence from overdue_message where business_key = any(?)",
                row -> new Step(
                        time(row, 1),
                        row.getString(2),
                        "missing",
                        "number " + row.getLong(4) + " was sent to " + row.getString(3) + " and has not come",
                        "",
                        null,
                        null),
                (Object) texts));
        return steps;
    }

    private record Sent(
            SentMessages.Key key, Step step, @Nullable String body) {}

    private List<Step> sent(String[] keys) {
        // With each destination named, the log's own key is the way in.
        List<String> destinations = database.query("""
                with recursive d(destination) as (
                  (select destination from sent_message order by destination limit 1)
                  union all
                  select (select s.destination from sent_message s where s.destination > d.destination
                    order by s.destination limit 1) from d where d.destination is not null)
                select destination from d where destination is not null""", row -> row.getString(1));
        List<Sent> sent = database.query("""
                select destination, business_key, sequence, sent_at, type, message_id, traceparent, body from sent_message
                where destination = any(?) and business_key = any(?) limit ?""", ModuleLog::sent, destinations.toArray(String[]::new), keys, MOST_STEPS);
        Map<SentMessages.Key, String> made = bodies.of(
                sent.stream().filter(each -> each.body() == null).map(Sent::key).toList());
        return sent.stream()
                .map(each -> withBody(each.step(), each.body() == null ? made.get(each.key()) : each.body()))
                .toList();
    }

    private static Sent sent(ResultSet row) throws SQLException {
        SentMessages.Key key = new SentMessages.Key(row.getString(1), row.getString(2), row.getLong(3));
        Step step = new Step(
                time(row, 4),
                key.businessKey(),
                "sent",
                row.getString(5) + " #" + key.sequence() + " to " + key.destination(),
                row.getString(6),
                row.getString(7),
                null);
        return new Sent(key, step, row.getString(8));
    }

    private static Step withBody(Step step, @Nullable String body) {
        return new Step(
                step.at(),
                step.key(),
                step.what(),
                step.detail(),
                step.messageId(),
                step.traceparent(),
                body == null ? null : new Payload(JSON, body));
    }

    private List<Step> cases(String[] keys) {
        List<Step> steps = new ArrayList<>(database.query(
                """
                select parked_at, business_key, case_id, state, coalesce(code, ''), coalesce(detail, ''), message_id, traceparent, body,
                  queue, state_since
                from hospital_case where business_key = any(?) limit 200""",
                row -> new Step(
                        time(row, 1),
                        row.getString(2),
                        "case",
                        (row.getString(3) + " " + row.getString(10) + ", " + row.getString(4) + " since "
                                        + time(row, 11) + " " + row.getString(5) + " " + row.getString(6))
                                .strip(),
                        row.getString(7),
                        row.getString(8),
                        new Payload(JSON, row.getString(9))),
                (Object) keys));
        steps.addAll(database.query(
                """
                select a.acted_at, c.business_key, a.action, c.case_id, a.actor, a.reason, c.message_id, c.traceparent, a.body_before
                from hospital_case c join hospital_action a using (case_id) where c.business_key = any(?) limit 200""",
                row -> new Step(
                        time(row, 1),
                        row.getString(2),
                        "case-" + row.getString(3),
                        row.getString(4) + " by " + row.getString(5) + ": " + row.getString(6),
                        row.getString(7),
                        row.getString(8),
                        row.getString(9) == null ? null : new Payload(JSON, row.getString(9))),
                (Object) keys));
        return steps;
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
