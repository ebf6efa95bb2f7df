package org.retailhub.order;

import java.math.BigDecimal;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.OrderShipping;
import org.retailhub.platform.kernel.Insight.Signal;
import org.retailhub.platform.runtime.sql.Database;

/** The rows of what left for orders. What is written joins the caller's transaction, which has the orders' rows locked. */
public final class Shipments {
    /** What became of a shipment at the ERP's module. */
    public enum ErpState {
        /** The ERP has not acknowledged the order yet. */
        WAITING("waiting"),
        TOLD("told"),
        /** The ERP has it in its books. */
        BOOKED("booked"),
        /** The ERP takes no shipments from outside. */
        NOT_SUPPORTED("not-supported");

        private final String wire;

        ErpState(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }

        static ErpState of(String wire) {
            for (ErpState state : values()) {
                if (state.wire.equals(wire)) {
                    return state;
                }
            }
            throw new IllegalArgumentException("no such state: " + wire);
        }
    }

    /** Under a shipment's number. */
    public record Known(String orderId, String document, byte[] contentHash) {}

    /**
     * A shipment as it is kept.
     *
     * @param number within the order, from 1
     * @param document canonical JSON
     * @param overShipped what was more than ordered; null if nothing was
     * @param resolution what a person said to that; null while nobody did
     */
    public record Row(
            String tenant,
            String shipmentNumber,
            String orderId,
            int number,
            String document,
            @Nullable String overShipped,
            ErpState erpState,
            Instant erpSince,
            @Nullable String erpReason,
            Instant recordedAt,
            String traceparent,
            @Nullable String resolution) {}

    private static final String ROW = """
            select tenant, shipment_number, order_id, number, document, over_shipped, erp_state, erp_since, erp_reason, recorded_at,
              traceparent, resolution from order_shipment\s""";
    private static final int NAMED = 5;

    private final Database database;

    public Shipments(Database database) {
        this.database = database;
    }

    /** By tenant and number, a line feed apart. */
    public Map<String, Known> known(List<String> tenants, List<String> numbers) {
        Map<String, Known> known = new HashMap<>();
        database.query(
                """
                select s.tenant, s.shipment_number, s.order_id, s.document, s.content_hash
                from unnest(?, ?) as k(tenant, shipment_number) join order_shipment s using (tenant, shipment_number)""",
                row -> known.put(
                        row.getString(1) + '\n' + row.getString(2),
                        new Known(row.getString(3), row.getString(4), row.getBytes(5))),
                tenants.toArray(String[]::new),
                numbers.toArray(String[]::new));
        return known;
    }

    /** Those of these orders of which something has left. */
    public Set<String> begun(Collection<String> orderIds) {
        return new HashSet<>(database.query(
                "select distinct order_id from order_shipment where order_id = any(?)",
                row -> row.getString(1),
                (Object) orderIds.toArray(String[]::new)));
    }

    /** How far these orders have left, by order. */
    Map<String, OrderShipping> shipping(Collection<OrderBook.Revision> orders) {
        Map<String, List<OrderShipping.Line>> lines = new HashMap<>();
        database.query(
                "select order_id, line_id, sku, shipped, unheld, closed from order_line_shipping where order_id = any(?) order by line_id",
                row -> lines.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new OrderShipping.Line(
                                row.getString(2),
                                row.getString(3),
                                row.getBigDecimal(4),
                                row.getBigDecimal(5),
                                row.getBoolean(6))),
                (Object) orders.stream().map(OrderBook.Revision::orderId).toArray(String[]::new));
        Map<String, OrderShipping> shipping = new HashMap<>();
        for (OrderBook.Revision each : orders) {
            OrderDocument document = OrderJson.read(each.document());
            shipping.put(each.orderId(), new OrderShipping(document, lines.getOrDefault(each.orderId(), List.of())));
        }
        return shipping;
    }

    /** @return how many were new: a number that somebody else has just used is left out */
    int add(List<Row> rows) {
        return database.update(
                """
                insert into order_shipment (tenant, shipment_number, order_id, number, document, content_hash, over_shipped, erp_state,
                  erp_since, recorded_at, traceparent)
                select d.tenant, d.shipment_number, d.order_id, d.place + (select count(*) from order_shipment s where s.order_id = d.order_id),
                  d.document, d.content_hash, d.over_shipped, d.erp_state, d.recorded_at, d.recorded_at, d.traceparent
                from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                  as d(tenant, shipment_number, order_id, place, document, content_hash, over_shipped, erp_state, recorded_at, traceparent)
                on conflict (tenant, shipment_number) do nothing""",
                texts(rows, Row::tenant),
                texts(rows, Row::shipmentNumber),
                texts(rows, Row::orderId),
                rows.stream().map(Row::number).toArray(Integer[]::new),
                texts(rows, Row::document),
                rows.stream().map(row -> OrderJson.hash(row.document())).toArray(byte[][]::new),
                texts(rows, Row::overShipped),
                texts(rows, row -> row.erpState().wire()),
                rows.stream().map(Row::recordedAt).toArray(Instant[]::new),
                texts(rows, Row::traceparent));
    }

    private static @Nullable String[] texts(List<Row> rows, java.util.function.Function<Row, @Nullable String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    /** As they stand now. */
    void write(Map<String, OrderShipping> orders) {
        List<String> ids = new ArrayList<>();
        List<OrderShipping.Line> lines = new ArrayList<>();
        orders.forEach((id, shipping) -> shipping.lines().forEach(line -> {
            ids.add(id);
            lines.add(line);
        }));
        database.update(
                """
                insert into order_line_shipping as l (order_id, line_id, sku, shipped, unheld, closed)
                select * from unnest(?, ?, ?, ?, ?, ?)
                on conflict (order_id, line_id) do update set sku = excluded.sku, shipped = excluded.shipped, unheld = excluded.unheld,
                  closed = excluded.closed""",
                ids.toArray(String[]::new),
                lines.stream().map(OrderShipping.Line::lineId).toArray(String[]::new),
                lines.stream().map(OrderShipping.Line::sku).toArray(String[]::new),
                lines.stream().map(OrderShipping.Line::shipped).toArray(BigDecimal[]::new),
                lines.stream().map(OrderShipping.Line::unheld).toArray(BigDecimal[]::new),
                lines.stream().map(OrderShipping.Line::closed).toArray(Boolean[]::new));
    }

    /** What waits for the ERP to acknowledge these orders, in the order in which it came. */
    List<Row> waiting(Collection<String> orderIds) {
        return database.query(
                ROW + "where order_id = any(?) and erp_state = 'waiting' order by order_id, number",
                Shipments::row,
                (Object) orderIds.toArray(String[]::new));
    }

    void told(List<Row> rows, Instant now) {
        database.update("""
                update order_shipment s set erp_state = 'told', erp_since = ?
                from unnest(?, ?) as k(tenant, shipment_number) where s.tenant = k.tenant and s.shipment_number = k.shipment_number""", now, texts(rows, Row::tenant), texts(rows, Row::shipmentNumber));
    }

    /** What the ERP's module made of a shipment. */
    record Taken(
            String tenant,
            String shipmentNumber,
            ErpState state,
            @Nullable String reason) {}

    void taken(List<Taken> taken, Instant now) {
        database.update(
                """
                update order_shipment s set erp_state = k.erp_state, erp_reason = k.reason, erp_since = ?
                from unnest(?, ?, ?, ?) as k(tenant, shipment_number, erp_state, reason)
                where s.tenant = k.tenant and s.shipment_number = k.shipment_number and s.erp_state = 'told'""",
                now,
                taken.stream().map(Taken::tenant).toArray(String[]::new),
                taken.stream().map(Taken::shipmentNumber).toArray(String[]::new),
                taken.stream().map(each -> each.state().wire()).toArray(String[]::new),
                taken.stream().map(Taken::reason).toArray(String[]::new));
    }

    /** Those of these orders that have a shipment which the ERP's module has not answered. */
    Set<String> unanswered(Collection<String> orderIds) {
        return new HashSet<>(database.query(
                "select distinct order_id from order_shipment where order_id = any(?) and erp_state in ('waiting', 'told')",
                row -> row.getString(1),
                (Object) orderIds.toArray(String[]::new)));
    }

    /** Of an order, in the order in which they came. */
    public List<Row> of(String orderId) {
        return database.query(ROW + "where order_id = ? order by number", Shipments::row, orderId);
    }

    /** Of an order, line by line. */
    public OrderShipping linesOf(OrderBook.Revision order) {
        return java.util.Objects.requireNonNull(shipping(List.of(order)).get(order.orderId()), "that was asked for");
    }

    /** Somebody has looked at what was more than ordered. @return whether there is such a shipment of the order */
    public boolean resolve(String orderId, String shipmentNumber, String who, String words, Instant now) {
        return database.update("""
                        update order_shipment set resolved_at = coalesce(resolved_at, ?), resolved_by = coalesce(resolved_by, ?),
                          resolution = coalesce(resolution, ?)
                        where order_id = ? and shipment_number = ? and over_shipped is not null""", now, who, words, orderId, shipmentNumber) > 0;
    }

    /** By channel: more than was ordered has left; goods that left wait longer than that for the ERP to acknowledge their order. */
    List<Signal> signals(Instant waitingSince) {
        List<Signal> signals = new ArrayList<>();
        database.query("""
                select o.tenant || '/' || o.channel, count(*), min(s.recorded_at),
                  array_to_string((array_agg(s.order_id || ' ' || s.shipment_number order by s.recorded_at))[1:?], ', ')
                from order_shipment s join orders o using (order_id)
                where s.over_shipped is not null and s.resolved_at is null group by 1 order by 1""", row -> signals.add(signal(Signal.OVER_SHIPPED, row)), NAMED);
        database.query("""
                select o.tenant || '/' || o.channel, count(*), min(s.erp_since),
                  array_to_string((array_agg(s.order_id || ' ' || s.shipment_number order by s.erp_since))[1:?], ', ')
                from order_shipment s join orders o using (order_id)
                where s.erp_state = 'waiting' and s.erp_since <= ? group by 1 order by 1""", row -> signals.add(signal(Signal.SHIPPED_UNACKNOWLEDGED, row)), NAMED, waitingSince);
        return signals;
    }

    private static Signal signal(String kind, ResultSet row) throws SQLException {
        return new Signal(kind, row.getString(1), row.getLong(2), time(row, 3), row.getString(4));
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getString(5),
                row.getString(6),
                ErpState.of(row.getString(7)),
                time(row, 8),
                row.getString(9),
                time(row, 10),
                row.getString(11),
                row.getString(12));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
