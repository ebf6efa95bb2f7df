package org.retailhub.order.domain;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Placing in batches: a fixed number of statements whatever the size, each with arrays for rows. Joins the caller's transaction;
 * the first statement locks the keys, so that everything after it sees what the one before us committed.
 */
public final class Placements {
    /** A placed order as a repeated placement finds it. */
    public record Known(String orderId, OrderStatus status, byte[] contentHash, Instant placedAt) {}

    /** What was placed with a caller's own key. */
    public record UnderKey(String orderId, byte[] contentHash) {}

    /** An order to be stored. {@code awaiting} are the SKUs that master data does not know; {@code reason} may be null. */
    public record Fresh(
            String orderId,
            Placement placement,
            OrderStatus status,
            Set<String> awaiting,
            @Nullable String reason) {
        /** Number of the message that goes with it; 0 for none. */
        public long postingSequence() {
            return status == OrderStatus.POSTING ? 1 : 0;
        }
    }

    private final Database database;

    public Placements(Database database) {
        this.database = database;
    }

    /**
     * Takes each placement's keys until the transaction ends, also a prepared one; waits for none.
     *
     * @return per placement whether it got them; those of the others are held by somebody whose outcome is open
     */
    public List<Boolean> lock(List<Placement> batch) {
        List<Long> keys = new ArrayList<>(batch.size());
        List<Integer> owners = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            for (long key : batch.get(i).locks()) {
                keys.add(key);
                owners.add(i);
            }
        }
        List<Boolean> got = database.query(
                "select pg_try_advisory_xact_lock(k) from unnest(?) with ordinality as t(k, n) order by n",
                row -> row.getBoolean(1),
                (Object) keys.toArray(Long[]::new));
        List<Boolean> result = new ArrayList<>(batch.stream().map(p -> true).toList());
        for (int i = 0; i < got.size(); i++) {
            if (!got.get(i)) {
                result.set(owners.get(i), false);
            }
        }
        return result;
    }

    /** What lies under the natural keys already, by {@link Placement#naturalKey}. */
    public Map<String, Known> known(List<Placement> batch) {
        Map<String, Known> known = new HashMap<>();
        database.query(
                """
                select o.tenant, o.channel, o.channel_order_id, o.order_id, o.status, o.content_hash, o.placed_at
                from unnest(?, ?, ?) as k(tenant, channel, channel_order_id) join orders o using (tenant, channel, channel_order_id)""",
                row -> known.put(
                        row.getString(1) + '\n' + row.getString(2) + '\n' + row.getString(3),
                        new Known(
                                row.getString(4),
                                OrderStatus.of(row.getString(5)),
                                row.getBytes(6),
                                row.getObject(7, OffsetDateTime.class).toInstant())),
                batch.stream().map(Placement::tenant).toArray(String[]::new),
                batch.stream().map(p -> p.document().channel()).toArray(String[]::new),
                batch.stream().map(p -> p.document().channelOrderId()).toArray(String[]::new));
        return known;
    }

    /** What the callers' own keys stand for, by tenant, line feed, key. */
    public Map<String, UnderKey> knownKeys(List<Placement> batch) {
        List<Placement> withKey =
                batch.stream().filter(p -> p.idempotencyKey().isPresent()).toList();
        Map<String, UnderKey> known = new HashMap<>();
        if (!withKey.isEmpty()) {
            database.query(
                    """
                    select i.tenant, i.key, i.order_id, i.content_hash
                    from unnest(?, ?) as k(tenant, key) join idempotency_key i using (tenant, key)""",
                    row -> known.put(
                            row.getString(1) + '\n' + row.getString(2),
                            new UnderKey(row.getString(3), row.getBytes(4))),
                    withKey.stream().map(Placement::tenant).toArray(String[]::new),
                    withKey.stream().map(p -> p.idempotencyKey().orElseThrow()).toArray(String[]::new));
        }
        return known;
    }

    /** The documents as they were first placed, for telling what differs. */
    public Map<String, String> firstDocuments(Set<String> orderIds) {
        Map<String, String> documents = new HashMap<>();
        if (!orderIds.isEmpty()) {
            database.query(
                    "select order_id, document from order_revision where order_id = any(?) and revision = 1",
                    row -> documents.put(row.getString(1), row.getString(2)),
                    (Object) orderIds.toArray(String[]::new));
        }
        return documents;
    }

    /** Stores orders, their first revisions and what they wait for. */
    public void insert(List<Fresh> orders, Instant now) {
        if (orders.isEmpty()) {
            return;
        }
        int n = orders.size();
        String[][] texts = new String[9][n];
        Long[] sequences = new Long[n];
        Long[] carriers = new Long[n];
        byte[][] hashes = new byte[n][];
        Instant[] placedAt = new Instant[n];
        BigDecimal[] grand = new BigDecimal[n];
        for (int i = 0; i < n; i++) {
            Fresh order = orders.get(i);
            Placement placement = order.placement();
            texts[0][i] = order.orderId();
            texts[1][i] = placement.tenant();
            texts[2][i] = placement.document().channel();
            texts[3][i] = placement.document().channelOrderId();
            texts[4][i] = order.status().wire();
            texts[5][i] = placement.document().currency();
            texts[6][i] = placement.canonical();
            texts[7][i] = placement.traceparent();
            texts[8][i] = order.reason();
            sequences[i] = order.postingSequence();
            carriers[i] = order.postingSequence() == 0 ? null : order.postingSequence();
            hashes[i] = placement.contentHash();
            placedAt[i] = placement.document().placedAt().toInstant();
            grand[i] = placement.document().totals().grand();
        }
        database.update(
                """
                insert into orders (version, revision, received_at, status_since, order_id, tenant, channel, channel_order_id,
                  status, currency, status_reason, posting_sequence, content_hash, placed_at, grand_total)
                select 1, 1, ?, ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                now,
                now,
                texts[0],
                texts[1],
                texts[2],
                texts[3],
                texts[4],
                texts[5],
                texts[8],
                sequences,
                hashes,
                placedAt,
                grand);
        database.update("""
                insert into order_revision (revision, recorded_at, order_id, posting_sequence, document, traceparent)
                select 1, ?, * from unnest(?, ?, ?, ?)""", now, texts[0], carriers, texts[6], texts[7]);
        insertAwaiting(orders);
    }

    private void insertAwaiting(List<Fresh> orders) {
        List<String[]> rows = new ArrayList<>();
        for (Fresh order : orders) {
            for (String sku : order.awaiting()) {
                rows.add(new String[] {order.orderId(), order.placement().tenant(), sku});
            }
        }
        if (!rows.isEmpty()) {
            database.update(
                    "insert into order_awaiting_sku (order_id, tenant, sku) select * from unnest(?, ?, ?)",
                    rows.stream().map(row -> row[0]).toArray(String[]::new),
                    rows.stream().map(row -> row[1]).toArray(String[]::new),
                    rows.stream().map(row -> row[2]).toArray(String[]::new));
        }
    }

    /** Remembers the callers' own keys; {@code orderIds} in the order of the placements. */
    public void rememberKeys(List<Placement> placements, List<String> orderIds, Instant now) {
        Set<String> seen = new HashSet<>();
        List<String[]> rows = new ArrayList<>();
        List<byte[]> hashes = new ArrayList<>();
        for (int i = 0; i < placements.size(); i++) {
            Placement placement = placements.get(i);
            String key = placement.idempotencyKey().orElse(null);
            if (key != null && seen.add(placement.tenant() + '\n' + key)) {
                rows.add(new String[] {placement.tenant(), key, orderIds.get(i)});
                hashes.add(placement.contentHash());
            }
        }
        if (!rows.isEmpty()) {
            database.update(
                    """
                    insert into idempotency_key (recorded_at, tenant, key, order_id, content_hash)
                    select ?, * from unnest(?, ?, ?, ?) on conflict do nothing""",
                    now,
                    rows.stream().map(row -> row[0]).toArray(String[]::new),
                    rows.stream().map(row -> row[1]).toArray(String[]::new),
                    rows.stream().map(row -> row[2]).toArray(String[]::new),
                    hashes.toArray(byte[][]::new));
        }
    }
}
