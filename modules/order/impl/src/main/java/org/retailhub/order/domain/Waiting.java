package org.retailhub.order.domain;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.platform.runtime.sql.Database;

/** The orders that wait until master data knows their SKUs. */
public final class Waiting {
    /** A SKU that somebody waits for. */
    public record Awaited(String tenant, String sku) {}

    private final Database database;

    public Waiting(Database database) {
        this.database = database;
    }

    /** The next awaited SKUs after one, in their order; from the first for null. */
    public List<Awaited> awaited(@Nullable Awaited after, int limit) {
        return database.query(
                """
                select distinct tenant, sku from order_awaiting_sku where (tenant, sku) > (?, ?)
                order by tenant, sku limit ?""",
                row -> new Awaited(row.getString(1), row.getString(2)),
                after == null ? "" : after.tenant(),
                after == null ? "" : after.sku(),
                limit);
    }

    /** What was looked at, and what waits for nothing any more. */
    public record CrossedOff(int orders, List<OrderBook.Revision> ready) {}

    /**
     * In the caller's transaction: crosses the known SKUs off for up to {@code limit} orders that nobody else has locked.
     *
     * @return how many orders were looked at, and those that now wait for nothing, with their newest revision
     */
    public CrossedOff crossOff(List<Awaited> known, int limit) {
        String[] tenants = known.stream().map(Awaited::tenant).toArray(String[]::new);
        String[] skus = known.stream().map(Awaited::sku).toArray(String[]::new);
        List<String> orderIds =
                database.query("""
                select order_id from orders
                where status = ? and order_id in (
                  select order_id from order_awaiting_sku join unnest(?, ?) as k(tenant, sku) using (tenant, sku))
                order by order_id limit ? for update skip locked""", row -> row.getString(1), OrderStatus.AWAITING_MAPPING.wire(), tenants, skus, limit);
        if (orderIds.isEmpty()) {
            return new CrossedOff(0, List.of());
        }
        String[] ids = orderIds.toArray(String[]::new);
        database.update("""
                delete from order_awaiting_sku a using unnest(?, ?) as k(tenant, sku)
                where a.order_id = any(?) and a.tenant = k.tenant and a.sku = k.sku""", tenants, skus, ids);
        Set<String> stillWaiting = new HashSet<>(database.query(
                "select distinct order_id from order_awaiting_sku where order_id = any(?)",
                row -> row.getString(1),
                (Object) ids));
        List<String> ready = new ArrayList<>(orderIds);
        ready.removeAll(stillWaiting);
        return new CrossedOff(orderIds.size(), ready.isEmpty() ? List.of() : revisions(ready));
    }

    private List<OrderBook.Revision> revisions(List<String> orderIds) {
        return database.query("""
                select o.order_id, o.tenant, r.revision, o.posting_sequence, r.document, r.traceparent
                from orders o join order_revision r on r.order_id = o.order_id and r.revision = o.revision
                where o.order_id = any(?) order by o.order_id""", OrderBook::revision, (Object) orderIds.toArray(String[]::new));
    }

    /** In the caller's transaction: the orders' first posting goes out, as message number 1. */
    public void release(List<OrderBook.Revision> ready, OrderStatus status, Instant now) {
        String[] ids = ready.stream().map(OrderBook.Revision::orderId).toArray(String[]::new);
        database.update("""
                update orders set status = ?, status_since = ?, status_reason = null, posting_sequence = 1, version = version + 1
                where order_id = any(?)""", status.wire(), now, ids);
        database.update("""
                update order_revision r set posting_sequence = 1
                from orders o where o.order_id = any(?) and r.order_id = o.order_id and r.revision = o.revision""", (Object) ids);
    }
}
