package org.retailhub.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.Delivery;
import org.retailhub.channel.domain.Fate;
import org.retailhub.platform.runtime.sql.Database;

/** What came in, as it came, and what became of it. Joins the caller's transaction; arrays for rows, whatever the size. */
public final class Payloads {
    /** What was decided about one. */
    public record Decided(
            String payloadId,
            Fate fate,
            String document,
            @Nullable Instant version,
            String detail) {}

    /** As operators see it; fate is absent while it waits or is parked. */
    @Schema(name = "Payload")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(
            String payloadId,
            String connection,
            String origin,
            String deliveryId,
            String topic,
            Instant receivedAt,
            int deliveries,
            @Nullable String fate,
            @Nullable String document,
            @Nullable String detail) {}

    /** @param since when the oldest of the counted ones may have come; @param terms how many, by what became of them */
    public record Balance(Instant since, Map<String, Long> terms) {}

    private record Counted(String fate, long payloads, long again, Instant oldest, long foundByAsking) {}

    private static final String ENTRY = """
            select p.payload_id, p.connection, p.origin, p.delivery_id, p.topic, p.received_at, p.deliveries, f.fate, f.document, f.detail
            from payload p left join payload_fate f using (payload_id)
            """;

    private final Database database;

    Payloads(Database database) {
        this.database = database;
    }

    /** @return which are locked by somebody whose outcome is open, and have to come again later */
    Set<String> inDoubt(List<RawPayload> batch) {
        Set<String> inDoubt = new HashSet<>();
        List<Boolean> got = database.query(
                "select pg_try_advisory_xact_lock(k) from unnest(?) with ordinality as t(k, n) order by n",
                row -> row.getBoolean(1),
                (Object) batch.stream().map(Payloads::lock).toArray(Long[]::new));
        for (int i = 0; i < batch.size(); i++) {
            if (!got.get(i)) {
                inDoubt.add(batch.get(i).payloadId());
            }
        }
        return inDoubt;
    }

    private static Long lock(RawPayload payload) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256")
                            .digest(key(payload).getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same delivery with the same content is the same payload. */
    static String key(RawPayload payload) {
        return payload.connection()
                + '\n'
                + payload.delivery().id()
                + '\n'
                + java.util.HexFormat.of().formatHex(payload.sha256());
    }

    /** Stores those that are new and counts those that are not. @return ids of the new ones */
    Set<String> store(List<RawPayload> batch) {
        if (batch.isEmpty()) {
            return Set.of();
        }
        int n = batch.size();
        String[][] texts = new String[8][n];
        Instant[] triggeredAt = new Instant[n];
        Instant[] receivedAt = new Instant[n];
        byte[][] bodies = new byte[n][];
        byte[][] hashes = new byte[n][];
        List<RawPayload> sorted = new ArrayList<>(batch);
        sorted.sort((a, b) -> key(a).compareTo(key(b)));
        for (int i = 0; i < n; i++) {
            RawPayload payload = sorted.get(i);
            Delivery delivery = payload.delivery();
            texts[0][i] = payload.payloadId();
            texts[1][i] = payload.connection();
            texts[2][i] = payload.tenant();
            texts[3][i] = delivery.id();
            texts[4][i] = payload.origin();
            texts[5][i] = delivery.topic();
            texts[6][i] = delivery.account();
            texts[7][i] = payload.traceparent();
            triggeredAt[i] = delivery.triggeredAt();
            receivedAt[i] = payload.receivedAt();
            bodies[i] = payload.body();
            hashes[i] = payload.sha256();
        }
        Set<String> ours = new HashSet<>(List.of(texts[0]));
        Set<String> fresh = new HashSet<>(database.query(
                """
                insert into payload as p (deliveries, payload_id, connection, tenant, delivery_id, origin, topic, account, traceparent,
                  triggered_at, received_at, last_delivery_at, body, body_sha256)
                select 1, t.a, t.b, t.c, t.d, t.e, t.f, t.g, t.h, t.i, t.j, t.j, t.k, t.l
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as t(a, b, c, d, e, f, g, h, i, j, k, l)
                on conflict (connection, delivery_id, body_sha256) do update
                set deliveries = p.deliveries + 1, last_delivery_at = excluded.received_at
                returning payload_id""",
                row -> row.getString(1),
                texts[0],
                texts[1],
                texts[2],
                texts[3],
                texts[4],
                texts[5],
                texts[6],
                texts[7],
                triggeredAt,
                receivedAt,
                bodies,
                hashes));
        fresh.retainAll(ours);
        return fresh;
    }

    /** Their messages are sent when the broker answers again. */
    void leaveUnannounced(Collection<String> payloadIds) {
        if (!payloadIds.isEmpty()) {
            database.update("insert into unannounced (payload_id) select unnest(?)", (Object)
                    payloadIds.stream().sorted().toArray(String[]::new));
        }
    }

    /** Takes those off the list that have waited longest, and nobody else has in hand; without their bodies. */
    List<RawPayload> takeUnannounced(int limit) {
        return database.query("""
                with taken as (
                  delete from unannounced where payload_id in (
                    select payload_id from unannounced order by payload_id limit ? for update skip locked)
                  returning payload_id)
                select p.payload_id, connection, tenant, origin, delivery_id, topic, account, triggered_at, ''::bytea, body_sha256,
                  received_at, traceparent from payload p join taken using (payload_id) order by 1""", Payloads::payload, limit);
    }

    public Map<String, RawPayload> byIds(Collection<String> payloadIds) {
        Map<String, RawPayload> found = new HashMap<>();
        database.query(
                """
                select payload_id, connection, tenant, origin, delivery_id, topic, account, triggered_at, body, body_sha256, received_at,
                  traceparent from payload where payload_id = any(?)""", row -> found.put(row.getString(1), payload(row)), (Object) payloadIds.toArray(String[]::new));
        return found;
    }

    /** When its body was removed; empty while it is there. */
    public Optional<Instant> removedAt(String payloadId) {
        return database.queryOne(
                "select removed_at from payload where payload_id = ? and removed_at is not null",
                row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                payloadId);
    }

    public void settle(List<Decided> decided, Instant now) {
        if (decided.isEmpty()) {
            return;
        }
        database.update(
                """
                insert into payload_fate (decided_at, payload_id, fate, document, source_version, detail)
                select ?, * from unnest(?, ?, ?, ?, ?)
                on conflict (payload_id) do update set fate = excluded.fate, document = excluded.document,
                  source_version = excluded.source_version, detail = excluded.detail, decided_at = excluded.decided_at""",
                now,
                decided.stream().map(Decided::payloadId).toArray(String[]::new),
                decided.stream().map(each -> each.fate().wire()).toArray(String[]::new),
                decided.stream().map(Decided::document).toArray(String[]::new),
                decided.stream().map(Decided::version).toArray(Instant[]::new),
                decided.stream().map(Decided::detail).toArray(String[]::new));
    }

    public Optional<Entry> entry(String payloadId) {
        return database.queryOne(ENTRY + "where p.payload_id = ?", Payloads::entry, payloadId);
    }

    /** Newest first; document may be null for any; {@code before} is a payload id. */
    public List<Entry> page(String connection, @Nullable String document, @Nullable String before, int limit) {
        return database.query(
                ENTRY + """
                        where p.connection = ? and (?::text is null or f.document = ?) and p.payload_id < ?
                        order by p.payload_id desc limit ?""", Payloads::entry, connection, document, document, before == null ? "a" : before, limit);
    }

    /**
     * How many came and what became of them, each counted from its rows; a repeated delivery counts as such. Those found by asking are
     * among the told ones: nobody had sent them.
     *
     * @param from when they came
     * @param most so many of the newest, whatever came since
     */
    public Balance balance(String connection, Instant from, int most) {
        List<Counted> counted = database.query(
                """
                select coalesce(f.fate, 'open'), count(*), sum(p.deliveries - 1), min(p.received_at),
                  count(*) filter (where p.origin = 'asked' and f.fate = 'told')
                from (select payload_id, deliveries, received_at, origin from payload where connection = ? and received_at >= ?
                  order by received_at desc limit ?) p left join payload_fate f using (payload_id) group by 1""",
                row -> new Counted(
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getLong(5)),
                connection,
                from,
                most);
        Map<String, Long> terms = new TreeMap<>();
        for (Counted each : counted) {
            terms.put(each.fate(), each.payloads());
            terms.merge("delivered-again", each.again(), Long::sum);
        }
        terms.put("received", terms.values().stream().mapToLong(Long::longValue).sum());
        terms.put(
                "found-by-asking",
                counted.stream().mapToLong(Counted::foundByAsking).sum());
        boolean all = counted.stream().mapToLong(Counted::payloads).sum() < most;
        Instant oldest =
                counted.stream().map(Counted::oldest).min(Instant::compareTo).orElse(from);
        return new Balance(all ? from : oldest, terms);
    }

    private static RawPayload payload(ResultSet row) throws SQLException {
        OffsetDateTime triggered = row.getObject(8, OffsetDateTime.class);
        return new RawPayload(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                new Delivery(
                        row.getString(5),
                        row.getString(6),
                        row.getString(7),
                        triggered == null ? null : triggered.toInstant()),
                row.getBytes(9),
                row.getBytes(10),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                row.getString(12));
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getInt(7),
                row.getString(8),
                row.getString(9),
                row.getString(10));
    }
}
