package org.retailhub.order;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.domain.OrderStock;
import org.retailhub.order.domain.OrderStock.Allocation;
import org.retailhub.order.domain.OrderStock.Place;
import org.retailhub.order.domain.OrderStock.Reservation;
import org.retailhub.order.domain.OrderStock.Shortage;
import org.retailhub.platform.runtime.sql.Database;

/**
 * The rows of the orders' stock sides, a fixed number of statements whatever their number. What is written joins the caller's transaction, which
 * has the orders' rows locked.
 */
public final class StockBook {
    /** An order whose places are to be looked for. */
    public record Due(String orderId, String tenant, String channel, int revision, String document) {}

    /** An order with its stock side, locked. */
    public record InHand(
            String orderId,
            String tenant,
            String channel,
            OrderStatus status,
            int version,
            int revision,
            @Nullable String documentNo,
            @Nullable String reason,
            long postingSequence,
            String traceparent,
            OrderStock stock) {}

    private final Database database;

    public StockBook(Database database) {
        this.database = database;
    }

    /** The oldest orders among those that are due. */
    public List<Due> due(Instant now, int most) {
        return database.query(
                """
                select s.order_id, s.tenant, s.channel, o.revision, r.document
                from (select * from order_stock where due_at <= ? order by order_id limit ?) s
                  join orders o using (order_id) join order_revision r on r.order_id = o.order_id and r.revision = o.revision
                order by s.order_id""",
                row -> new Due(row.getString(1), row.getString(2), row.getString(3), row.getInt(4), row.getString(5)),
                now,
                most);
    }

    /** Orders that begin by having their stock held. */
    public void begin(Collection<String> orderIds, Instant now) {
        if (!orderIds.isEmpty()) {
            database.update("""
                    insert into order_stock (order_id, tenant, channel, attempt, reservations, due_at)
                    select order_id, tenant, channel, 0, 0, ? from orders where order_id = any(?) order by order_id
                    on conflict (order_id) do update set due_at = excluded.due_at""", now, ids(orderIds));
        }
    }

    /** By reference, whose reservations they are; others' are left out. */
    public Map<String, String> ordersOf(Collection<String> references) {
        Map<String, String> orders = new HashMap<>();
        database.query(
                "select reference, order_id from order_reservation where reference = any(?)",
                row -> orders.put(row.getString(1), row.getString(2)),
                (Object) ids(references));
        return orders;
    }

    /**
     * Those of these orders that have a stock side, their rows locked until the transaction ends.
     *
     * @param waits whether for rows that others have in hand; else they are left out
     */
    public Map<String, InHand> lock(Collection<String> orderIds, boolean waits) {
        return read(orderIds, waits ? " for update of o" : " for update of o skip locked");
    }

    /** The same as it stands, without a lock. */
    public Map<String, InHand> find(Collection<String> orderIds) {
        return read(orderIds, "");
    }

    /** The same, also of orders that have no stock side: theirs holds nothing, and needs nothing. */
    public Map<String, InHand> findAll(Collection<String> orderIds) {
        Map<String, InHand> all = new TreeMap<>(bare(orderIds, ""));
        all.putAll(find(orderIds));
        return all;
    }

    private Map<String, InHand> read(Collection<String> orderIds, String lock) {
        Map<String, InHand> found = bare(orderIds, lock);
        // A statement of its own: what the one before waited for is seen by this one.
        return found.isEmpty() ? found : withStock(found);
    }

    private Map<String, InHand> bare(Collection<String> orderIds, String lock) {
        Map<String, InHand> found = new LinkedHashMap<>();
        if (orderIds.isEmpty()) {
            return found;
        }
        database.query("""
                select o.order_id, o.tenant, o.channel, o.status, o.version, o.revision, o.document_no, o.status_reason, o.posting_sequence,
                  r.traceparent
                from orders o join order_revision r on r.order_id = o.order_id and r.revision = o.revision
                where o.order_id = any(?) order by o.order_id""" + lock, row -> found.put(row.getString(1), bare(row)), (Object) ids(orderIds));
        return found;
    }

    private static InHand bare(ResultSet row) throws SQLException {
        return new InHand(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                OrderStatus.of(row.getString(4)),
                row.getInt(5),
                row.getInt(6),
                row.getString(7),
                row.getString(8),
                row.getLong(9),
                row.getString(10),
                new OrderStock(row.getString(1), 0, 0, null, true));
    }

    private Map<String, InHand> withStock(Map<String, InHand> orders) {
        List<OrderStock> stocks = database.query(
                "select order_id, attempt, reservations, due_at, ended from order_stock where order_id = any(?)",
                row -> {
                    OffsetDateTime dueAt = row.getObject(4, OffsetDateTime.class);
                    return new OrderStock(
                            row.getString(1),
                            row.getInt(2),
                            row.getInt(3),
                            dueAt == null ? null : dueAt.toInstant(),
                            row.getBoolean(5));
                },
                (Object) ids(orders.keySet()));
        Map<String, InHand> whole = new TreeMap<>();
        for (OrderStock stock : stocks) {
            InHand order = orders.get(stock.orderId());
            if (order != null) {
                whole.put(stock.orderId(), with(order, stock));
            }
        }
        if (!whole.isEmpty()) {
            recall(whole);
        }
        return whole;
    }

    private void recall(Map<String, InHand> orders) {
        String[] ids = ids(orders.keySet());
        Map<String, List<Reservation>> reservations = reservations(ids);
        Map<String, List<Shortage>> shortages = new HashMap<>();
        database.query(
                "select order_id, line_id, sku, quantity from order_shortage where order_id = any(?)",
                row -> shortages
                        .computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new Shortage(row.getString(2), row.getString(3), row.getBigDecimal(4))),
                (Object) ids);
        Map<String, List<Place>> excluded = new HashMap<>();
        database.query(
                "select order_id, sku, location from order_exclusion where order_id = any(?)",
                row -> excluded.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new Place(row.getString(2), row.getString(3))),
                (Object) ids);
        Map<String, List<OrderStock.Settled>> settled = new HashMap<>();
        database.query(
                """
                select order_id, line_id, sku, case when closed then null else unheld end from order_line_shipping
                where order_id = any(?) and (closed or unheld > 0)""",
                row -> settled.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new OrderStock.Settled(row.getString(2), row.getString(3), row.getBigDecimal(4))),
                (Object) ids);
        orders.forEach((id, order) -> order.stock()
                .recall(
                        reservations.getOrDefault(id, List.of()),
                        shortages.getOrDefault(id, List.of()),
                        excluded.getOrDefault(id, List.of()),
                        settled.getOrDefault(id, List.of())));
    }

    private static InHand with(InHand order, OrderStock stock) {
        return new InHand(
                order.orderId(),
                order.tenant(),
                order.channel(),
                order.status(),
                order.version(),
                order.revision(),
                order.documentNo(),
                order.reason(),
                order.postingSequence(),
                order.traceparent(),
                stock);
    }

    private Map<String, List<Reservation>> reservations(String[] orderIds) {
        Map<String, List<Allocation>> allocations = new HashMap<>();
        database.query(
                """
                select a.reference, a.line_id, a.sku, a.location, a.quantity, a.consumed
                from order_reservation r join order_allocation a using (reference) where r.order_id = any(?) and a.quantity > 0
                order by a.reference, a.line_id, a.location""",
                row -> allocations
                        .computeIfAbsent(row.getString(1), reference -> new ArrayList<>())
                        .add(new Allocation(
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getBigDecimal(5),
                                row.getBigDecimal(6))),
                (Object) orderIds);
        Map<String, List<Reservation>> reservations = new HashMap<>();
        database.query(
                """
                select order_id, reference, state, command_sequence, policy_version from order_reservation
                where order_id = any(?) order by order_id, length(reference), reference""",
                row -> reservations
                        .computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new Reservation(
                                row.getString(2),
                                OrderStock.State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                                row.getLong(4),
                                row.getLong(5),
                                allocations.getOrDefault(row.getString(2), List.of()))),
                (Object) orderIds);
        return reservations;
    }

    /** As they stand now. */
    public void write(Collection<OrderStock> stocks, Instant now) {
        if (stocks.isEmpty()) {
            return;
        }
        List<OrderStock> all = List.copyOf(stocks);
        String[] ids = all.stream().map(OrderStock::orderId).toArray(String[]::new);
        database.update(
                """
                update order_stock s set attempt = d.attempt, reservations = d.reservations, due_at = d.due_at, ended = d.ended
                from unnest(?, ?, ?, ?, ?) as d(order_id, attempt, reservations, due_at, ended) where s.order_id = d.order_id""",
                ids,
                all.stream().map(OrderStock::attempt).toArray(Integer[]::new),
                all.stream().map(OrderStock::reservationsAsked).toArray(Integer[]::new),
                all.stream().map(OrderStock::dueAt).toArray(Instant[]::new),
                all.stream().map(OrderStock::ended).toArray(Boolean[]::new));
        writeReservations(all, now);
        writeShortages(all, ids);
        writeExclusions(all, ids);
    }

    private void writeReservations(List<OrderStock> all, Instant now) {
        List<String> orders = new ArrayList<>();
        List<Reservation> rows = new ArrayList<>();
        all.forEach(stock -> stock.reservations().forEach(each -> {
            orders.add(stock.orderId());
            rows.add(each);
        }));
        if (rows.isEmpty()) {
            return;
        }
        database.update(
                """
                insert into order_reservation as r (state_since, order_id, reference, state, command_sequence, policy_version)
                select ?, * from unnest(?, ?, ?, ?, ?)
                on conflict (reference) do update set state = excluded.state, command_sequence = excluded.command_sequence,
                  state_since = case when r.state = excluded.state then r.state_since else excluded.state_since end
                where r.state <> excluded.state or r.command_sequence <> excluded.command_sequence""",
                now,
                orders.toArray(String[]::new),
                rows.stream().map(Reservation::reference).toArray(String[]::new),
                rows.stream()
                        .map(each -> each.state().name().toLowerCase(Locale.ROOT))
                        .toArray(String[]::new),
                rows.stream().map(Reservation::commandSequence).toArray(Long[]::new),
                rows.stream().map(Reservation::policyVersion).toArray(Long[]::new));
        writeAllocations(rows);
    }

    /** What went back of them keeps its row, with what is left. */
    private void writeAllocations(List<Reservation> reservations) {
        List<String> references = new ArrayList<>();
        List<Allocation> rows = new ArrayList<>();
        for (Reservation reservation : reservations) {
            reservation.allocations().forEach(each -> {
                references.add(reservation.reference());
                rows.add(each);
            });
        }
        database.update(
                """
                update order_allocation a set quantity = 0 where a.reference = any(?) and a.quantity > 0
                  and not exists (select from unnest(?, ?, ?) as d(reference, line_id, location)
                    where d.reference = a.reference and d.line_id = a.line_id and d.location = a.location)""",
                reservations.stream().map(Reservation::reference).toArray(String[]::new),
                references.toArray(String[]::new),
                rows.stream().map(Allocation::lineId).toArray(String[]::new),
                rows.stream().map(Allocation::location).toArray(String[]::new));
        database.update(
                """
                insert into order_allocation as a (reference, line_id, sku, location, quantity, consumed)
                select * from unnest(?, ?, ?, ?, ?, ?)
                on conflict (reference, line_id, location) do update set quantity = excluded.quantity, consumed = excluded.consumed
                where a.quantity <> excluded.quantity or a.consumed <> excluded.consumed""",
                references.toArray(String[]::new),
                rows.stream().map(Allocation::lineId).toArray(String[]::new),
                rows.stream().map(Allocation::sku).toArray(String[]::new),
                rows.stream().map(Allocation::location).toArray(String[]::new),
                rows.stream().map(Allocation::quantity).toArray(BigDecimal[]::new),
                rows.stream().map(Allocation::consumed).toArray(BigDecimal[]::new));
    }

    private void writeShortages(List<OrderStock> all, String[] ids) {
        database.update("delete from order_shortage where order_id = any(?)", (Object) ids);
        List<String> orders = new ArrayList<>();
        List<Shortage> rows = new ArrayList<>();
        all.forEach(stock -> stock.shortages().forEach(each -> {
            orders.add(stock.orderId());
            rows.add(each);
        }));
        if (!rows.isEmpty()) {
            database.update(
                    "insert into order_shortage (order_id, line_id, sku, quantity) select * from unnest(?, ?, ?, ?)",
                    orders.toArray(String[]::new),
                    rows.stream().map(Shortage::lineId).toArray(String[]::new),
                    rows.stream().map(Shortage::sku).toArray(String[]::new),
                    rows.stream().map(Shortage::quantity).toArray(BigDecimal[]::new));
        }
    }

    private void writeExclusions(List<OrderStock> all, String[] ids) {
        database.update("delete from order_exclusion where order_id = any(?)", (Object) ids);
        List<String> orders = new ArrayList<>();
        List<Place> rows = new ArrayList<>();
        all.forEach(stock -> stock.excluded().forEach(each -> {
            orders.add(stock.orderId());
            rows.add(each);
        }));
        if (!rows.isEmpty()) {
            database.update(
                    "insert into order_exclusion (order_id, sku, location) select * from unnest(?, ?, ?)",
                    orders.toArray(String[]::new),
                    rows.stream().map(Place::sku).toArray(String[]::new),
                    rows.stream().map(Place::location).toArray(String[]::new));
        }
    }

    /** What an order lacks. */
    public List<Shortage> shortages(String orderId) {
        return database.query(
                "select line_id, sku, quantity from order_shortage where order_id = ? order by line_id",
                row -> new Shortage(row.getString(1), row.getString(2), row.getBigDecimal(3)),
                orderId);
    }

    private static String[] ids(Collection<String> ids) {
        return new TreeSet<>(ids).toArray(String[]::new);
    }
}
