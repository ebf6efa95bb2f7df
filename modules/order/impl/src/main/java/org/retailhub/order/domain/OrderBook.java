package org.retailhub.order.domain;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.api.OrderView;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Where orders are looked up and moved, many at a time. Rows are locked in the order of their ids. Methods that write join the
 * caller's transaction.
 */
public final class OrderBook {
    /** Where an order stands, under its lock. {@code postingSequence}: of the last message about it to the ERP module, 0 if none. */
    public record Standing(
            String tenant,
            String channel,
            OrderStatus status,
            @Nullable String documentNo,
            @Nullable String reason,
            long postingSequence) {}

    /** A step in an order's life. */
    public record Move(
            String orderId,
            String tenant,
            OrderStatus status,
            @Nullable String documentNo,
            @Nullable String reason) {}

    /** A revision of an order as it was stored, with the order it belongs to. */
    public record Revision(
            String orderId, String tenant, int revision, long postingSequence, String document, String traceparent) {}

    /** What to search for; null or empty means any. {@code before} is an order id: older ones only. */
    public record Query(
            @Nullable String tenant,
            Set<String> channels,
            @Nullable String channelOrderId,
            @Nullable OrderStatus status,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String before,
            int limit) {}

    private final Database database;

    public OrderBook(Database database) {
        this.database = database;
    }

    /** Locks the rows until the transaction ends; ids that are unknown are left out. */
    public Map<String, Standing> lock(Collection<String> orderIds) {
        Map<String, Standing> standings = new HashMap<>();
        database.query(
                """
                select order_id, status, document_no, status_reason, tenant, channel, posting_sequence from orders
                where order_id = any(?) order by order_id for update""",
                row -> standings.put(
                        row.getString(1),
                        new Standing(
                                row.getString(5),
                                row.getString(6),
                                OrderStatus.of(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                row.getLong(7))),
                (Object) new TreeSet<>(orderIds).toArray(String[]::new));
        return standings;
    }

    /** Locks one row, or fails after 3 s if somebody whose outcome is open holds it. @return whether there is one */
    public boolean lockOne(String orderId) {
        database.update("set local lock_timeout = '3s'");
        return database.queryOne("select 1 from orders where order_id = ? for update", row -> 1, orderId)
                .isPresent();
    }

    /** One statement; the rows are locked by the caller. */
    public void move(List<Move> moves, Instant now) {
        database.update(
                """
                update orders o set status = m.status, document_no = m.document_no, status_reason = m.reason, version = o.version + 1,
                  status_since = case when o.status = m.status then o.status_since else ? end
                from unnest(?, ?, ?, ?) as m(order_id, status, document_no, reason) where o.order_id = m.order_id""",
                now,
                moves.stream().map(Move::orderId).toArray(String[]::new),
                moves.stream().map(move -> move.status().wire()).toArray(String[]::new),
                moves.stream().map(Move::documentNo).toArray(String[]::new),
                moves.stream().map(Move::reason).toArray(String[]::new));
    }

    public Map<String, OrderView> byId(Set<String> orderIds) {
        Map<String, OrderView> found = new HashMap<>();
        database.query(
                "select * from orders where order_id = any(?)",
                row -> found.put(row.getString("order_id"), view(row)),
                (Object) orderIds.toArray(String[]::new));
        return found;
    }

    public Map<String, OrderView> byChannelOrderId(String tenant, String channel, Set<String> channelOrderIds) {
        Map<String, OrderView> found = new HashMap<>();
        database.query(
                "select * from orders where tenant = ? and channel = ? and channel_order_id = any(?)",
                row -> found.put(row.getString("channel_order_id"), view(row)),
                tenant,
                channel,
                channelOrderIds.toArray(String[]::new));
        return found;
    }

    /** Latest placed first, as the ids sort. */
    public List<OrderView> search(Query query) {
        String[] channels = query.channels().toArray(String[]::new);
        return database.query(
                """
                select * from orders
                where order_id < ? and (?::text is null or tenant = ?)
                  and (cardinality(?) = 0 or channel = any(?)) and (?::text is null or channel_order_id = ?)
                  and (?::text is null or status = ?) and received_at >= ? and received_at < ?
                order by order_id desc limit ?""",
                OrderBook::view,
                query.before() == null ? "a" : query.before(),
                query.tenant(),
                query.tenant(),
                channels,
                channels,
                query.channelOrderId(),
                query.channelOrderId(),
                query.status() == null ? null : query.status().wire(),
                query.status() == null ? null : query.status().wire(),
                query.from() == null ? Instant.EPOCH : query.from(),
                query.to() == null ? Instant.parse("9999-01-01T00:00:00Z") : query.to(),
                query.limit());
    }

    /** By tenant, channel and the channel's number, each line feed apart, whose orders they are; unknown ones are left out. */
    public Map<String, String> idsOf(List<String> tenants, List<String> channels, List<String> channelOrderIds) {
        Map<String, String> found = new HashMap<>();
        database.query(
                """
                select o.tenant, o.channel, o.channel_order_id, o.order_id
                from unnest(?, ?, ?) as k(tenant, channel, channel_order_id) join orders o using (tenant, channel, channel_order_id)""",
                row -> found.put(
                        row.getString(1) + '\n' + row.getString(2) + '\n' + row.getString(3), row.getString(4)),
                tenants.toArray(String[]::new),
                channels.toArray(String[]::new),
                channelOrderIds.toArray(String[]::new));
        return found;
    }

    /** The numbers of the next messages to the ERP's module, by place; an order may come several times. Its row is locked by the caller. */
    public List<Long> nextPostings(List<String> orderIds) {
        Map<String, Long> last = new HashMap<>();
        database.query(
                """
                update orders o set posting_sequence = o.posting_sequence + k.n
                from (select order_id, count(*) as n from unnest(?) as u(order_id) group by 1) k where o.order_id = k.order_id
                returning o.order_id, o.posting_sequence - k.n""", row -> last.put(row.getString(1), row.getLong(2)), (Object) orderIds.toArray(String[]::new));
        return orderIds.stream().map(id -> last.merge(id, 1L, Long::sum)).toList();
    }

    /** The newest revision of an order. */
    public Optional<Revision> current(String orderId) {
        return database.queryOne("""
                select o.order_id, o.tenant, r.revision, r.posting_sequence, r.document, r.traceparent
                from orders o join order_revision r on r.order_id = o.order_id and r.revision = o.revision
                where o.order_id = ?""", OrderBook::revision, orderId);
    }

    /** The newest revisions, by order. */
    public Map<String, Revision> currents(Collection<String> orderIds) {
        Map<String, Revision> found = new HashMap<>();
        database.query(
                """
                select o.order_id, o.tenant, r.revision, r.posting_sequence, r.document, r.traceparent
                from orders o join order_revision r on r.order_id = o.order_id and r.revision = o.revision
                where o.order_id = any(?)""", row -> found.put(row.getString(1), revision(row)), (Object) orderIds.toArray(String[]::new));
        return found;
    }

    /** The revisions that messages carried: the order's id and the message's number, by place. Unknown ones are left out. */
    public List<Revision> carriedBy(List<String> orderIds, List<Long> postingSequences) {
        return database.query(
                """
                select o.order_id, o.tenant, r.revision, r.posting_sequence, r.document, r.traceparent
                from unnest(?, ?) as k(order_id, posting_sequence) join order_revision r using (order_id, posting_sequence)
                  join orders o on o.order_id = k.order_id""", OrderBook::revision, orderIds.toArray(String[]::new), postingSequences.toArray(Long[]::new));
    }

    /** {@code postingSequence} is the message that carries it, 0 for none yet. */
    public void add(Revision revision, Instant now) {
        database.update(
                """
                insert into order_revision (order_id, revision, posting_sequence, document, recorded_at, traceparent)
                values (?, ?, ?, ?, ?, ?)""",
                revision.orderId(),
                revision.revision(),
                revision.postingSequence() == 0 ? null : (Long) revision.postingSequence(),
                revision.document(),
                now,
                revision.traceparent());
    }

    /** The SKUs an order waits for, instead of those before. */
    public void await(String orderId, String tenant, Set<String> skus) {
        database.update("delete from order_awaiting_sku where order_id = ?", orderId);
        if (!skus.isEmpty()) {
            database.update(
                    "insert into order_awaiting_sku (order_id, tenant, sku) select ?, ?, unnest(?)",
                    orderId,
                    tenant,
                    skus.toArray(String[]::new));
        }
    }

    public List<String> awaiting(String orderId) {
        return database.query(
                "select sku from order_awaiting_sku where order_id = ? order by sku", row -> row.getString(1), orderId);
    }

    static Revision revision(ResultSet row) throws SQLException {
        return new Revision(
                row.getString(1), row.getString(2), row.getInt(3), row.getLong(4), row.getString(5), row.getString(6));
    }

    private static OrderView view(ResultSet row) throws SQLException {
        String currency = row.getString("currency");
        return new OrderView(
                row.getString("order_id"),
                row.getString("tenant"),
                row.getString("channel"),
                row.getString("channel_order_id"),
                OrderStatus.of(row.getString("status")),
                row.getInt("revision"),
                row.getInt("version"),
                time(row, "placed_at"),
                time(row, "received_at"),
                time(row, "status_since"),
                currency,
                row.getBigDecimal("grand_total")
                        .setScale(Math.max(
                                0, java.util.Currency.getInstance(currency).getDefaultFractionDigits())),
                row.getString("document_no"),
                row.getString("status_reason"));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
