package org.retailhub.channel;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.platform.kernel.Insight.Hop;
import org.retailhub.platform.kernel.Insight.Payload;
import org.retailhub.platform.kernel.Insight.Step;
import org.retailhub.platform.kernel.Insight.Story;
import org.retailhub.platform.kernel.Insight.Subject;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What this module tells of its payloads: each as it came, what became of it, and what was told about its document. And of orders what their channels were
 * told of them, under the order's id.
 */
public final class PayloadInsight {
    private static final int MOST = 50;
    private static final Duration TRACES = Duration.ofHours(24);
    private static final Duration SAME_TRANSACTION = Duration.ofSeconds(30);

    private record Row(
            String payloadId,
            String tenant,
            String channel,
            String connection,
            Instant receivedAt,
            String topic,
            int deliveries,
            String traceparent,
            byte @Nullable [] body,
            @Nullable String fate,
            @Nullable String document,
            @Nullable Instant decidedAt) {}

    private final Database database;
    private final ModuleLog log;
    private final ShipmentTellings tellings;
    private final Clock clock;

    PayloadInsight(Database database, ModuleLog log, ShipmentTellings tellings, Clock clock) {
        this.database = database;
        this.log = log;
        this.tellings = tellings;
        this.clock = clock;
    }

    /** A payload is known by its id, the channel's delivery, its document; a key of commands leads to all payloads of its document. */
    Story story(Set<String> names) {
        Map<String, ModuleLog.Owner> keys = log.keysOf(names, clock.instant().minus(TRACES));
        Set<String> wanted = new HashSet<>(names);
        wanted.addAll(keys.keySet());
        wanted.addAll(causes(wanted));
        Map<String, Row> payloads = new LinkedHashMap<>(payloads(wanted));
        payloads.putAll(ofSameDocuments(payloads));
        Map<String, Subject> subjects = new HashMap<>();
        List<Step> steps = new ArrayList<>();
        for (Row each : payloads.values()) {
            Set<String> told = told(each);
            Set<String> itsNames = new HashSet<>(told);
            itsNames.add(each.payloadId());
            subjects.put(
                    each.payloadId(),
                    new Subject(each.payloadId(), each.tenant(), each.channel(), each.fate(), itsNames));
            told.forEach(key -> subjects.put(key, new Subject(key, each.tenant(), each.channel(), null, Set.of(key))));
            steps.add(step(each));
        }
        keys.values()
                .forEach(each -> subjects.putIfAbsent(
                        each.key(),
                        new Subject(
                                each.key(),
                                each.tenant(),
                                each.channel().isEmpty() || payloads.containsKey(each.key()) ? null : each.channel(),
                                null,
                                Set.of(each.key()))));
        tellings.cases(Set.copyOf(subjects.keySet()))
                .forEach((key, orderId) -> subjects.computeIfPresent(orderId, (same, order) -> withCase(order, key)));
        steps.addAll(log.steps(subjects.keySet()));
        return new Story(List.copyOf(subjects.values()), steps, payloads.size() < MOST);
    }

    /** The case about a shipment belongs to the story of its order. */
    private static Subject withCase(Subject order, String key) {
        Set<String> names = new HashSet<>(order.names());
        names.add(key);
        return new Subject(order.key(), order.tenant(), order.channel(), order.state(), names);
    }

    List<Hop> hops(Instant from, Instant to, int limit) {
        return log.hops(from, to, limit, "received");
    }

    /** Of payloads by their ids, and of what was told by its key: the first telling's. */
    Map<String, String> traceparents(Set<String> keys) {
        Map<String, String> found = new HashMap<>();
        database.query(
                """
                select payload_id, traceparent from payload where payload_id = any(?)
                union all
                select business_key, traceparent from sent_message where destination = ? and business_key = any(?) and sequence = 1""",
                row -> found.put(row.getString(1), row.getString(2)),
                keys.toArray(String[]::new),
                OrderQueues.COMMANDS,
                keys.toArray(String[]::new));
        return found;
    }

    /** The payloads that led to commands under these keys. */
    private List<String> causes(Set<String> keys) {
        return database.query(
                "select caused_by from sent_message where destination = ? and business_key = any(?) limit ?",
                row -> row.getString(1),
                OrderQueues.COMMANDS,
                keys.toArray(String[]::new),
                MOST);
    }

    private static final String PAYLOAD = """
            select p.payload_id, p.tenant, c.channel, p.connection, p.received_at, p.topic, p.deliveries, p.traceparent,
              case when p.removed_at is null then p.body end,
              f.fate, f.document, f.decided_at
            from payload p join connection c on c.code = p.connection left join payload_fate f using (payload_id)
            """;

    private Map<String, Row> payloads(Set<String> names) {
        String[] texts = names.toArray(String[]::new);
        Map<String, Row> found = rows(PAYLOAD + "where p.payload_id = any(?) limit ?", texts, MOST);
        found.putAll(rows(
                PAYLOAD
                        + "where p.connection = any(array(select code from connection)) and p.delivery_id = any(?) limit ?",
                texts,
                MOST));
        found.putAll(rows(
                PAYLOAD + "where p.payload_id in (select payload_id from payload_fate where document = any(?)) limit ?",
                texts,
                MOST));
        return found;
    }

    private Map<String, Row> ofSameDocuments(Map<String, Row> payloads) {
        List<Row> decided = payloads.values().stream()
                .filter(each -> each.document() != null && !each.document().isEmpty())
                .toList();
        return decided.isEmpty()
                ? Map.of()
                : rows(
                        PAYLOAD + """
                                join unnest(?, ?) as k(connection, document) on k.connection = p.connection and k.document = f.document
                                limit ?""",
                        decided.stream().map(Row::connection).toArray(String[]::new),
                        decided.stream().map(Row::document).toArray(String[]::new),
                        MOST);
    }

    private Map<String, Row> rows(String sql, Object... arguments) {
        Map<String, Row> found = new LinkedHashMap<>();
        database.query(
                sql,
                row -> {
                    Row read = row(row);
                    return found.put(read.payloadId(), read);
                },
                arguments);
        return found;
    }

    private static Row row(ResultSet row) throws SQLException {
        OffsetDateTime decided = row.getObject(12, OffsetDateTime.class);
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getObject(5, OffsetDateTime.class).toInstant(),
                row.getString(6),
                row.getInt(7),
                row.getString(8),
                row.getBytes(9),
                row.getString(10),
                row.getString(11),
                decided == null ? null : decided.toInstant());
    }

    /** Keys of what was told because of it, found by the time: told in the transaction that decided. */
    private Set<String> told(Row payload) {
        Instant decided = payload.decidedAt();
        return decided == null
                ? Set.of()
                : new HashSet<>(database.query(
                        "select business_key from sent_message where sent_at >= ? and sent_at < ? and caused_by = ?",
                        row -> row.getString(1),
                        decided.minus(SAME_TRANSACTION),
                        decided.plus(SAME_TRANSACTION),
                        payload.payloadId()));
    }

    private static Step step(Row each) {
        return new Step(
                each.receivedAt(),
                each.payloadId(),
                "payload",
                each.connection() + " " + each.topic() + ", came " + each.deliveries() + "×, "
                        + Objects.toString(each.fate(), "not decided") + " "
                        + Objects.toString(each.document(), ""),
                "",
                each.traceparent(),
                content(each.body()));
    }

    /** None once it was removed. */
    private static @Nullable Payload content(byte @Nullable [] body) {
        return body == null ? null : new Payload("application/json", new String(body, StandardCharsets.UTF_8));
    }
}
