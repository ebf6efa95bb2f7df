package org.retailhub.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.platform.kernel.Insight.Account;
import org.retailhub.platform.kernel.Insight.Received;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What the rows of this module say of each order, counted apart: the order, its revisions, the log of what was sent, the log of its way. A
 * row that somebody took away is missed by the others.
 */
public final class OrderAccounts {
    /** Where an order's stock side is what it waits for. */
    private static final Set<OrderStatus> STOCKED =
            Set.copyOf(EnumSet.of(OrderStatus.SOURCING, OrderStatus.RESERVING, OrderStatus.BACKORDERED));

    private final Database database;

    OrderAccounts(Database database) {
        this.database = database;
    }

    /** By the orders, and by the log of those that were accepted. */
    List<Received> received(Instant from, Instant to, int limit) {
        return database.query(
                """
                (select order_id, received_at from orders where received_at >= ? and received_at < ? order by received_at desc limit ?)
                union
                (select business_key, hopped_at from trace_hop where hopped_at >= ? and hopped_at < ? and hop = 'accepted'
                  order by hopped_at desc limit ?)
                order by 2 desc limit ?""", row -> new Received(row.getString(1), time(row, 2)), from, to, limit, from, to, limit, limit);
    }

    Map<String, Account> of(Set<String> orderIds) {
        Map<String, Account> accounts = new HashMap<>();
        database.query(
                """
                select k.order_id, coalesce(o.tenant, h.tenant, s.tenant), coalesce(o.channel, s.channel),
                  coalesce(o.received_at, h.hopped_at, s.sent_at), o.status, o.revision, o.posting_sequence,
                  (select count(*) from order_revision r where r.order_id = k.order_id),
                  (select count(*) from order_awaiting_sku w where w.order_id = k.order_id),
                  s.number, s.messages, h.hopped_at, i.last_sequence,
                  (select count(*) from hospital_case c where c.queue = ? and c.business_key = k.order_id
                    and c.state not in ('done', 'discarded')),
                  exists (select from order_stock t where t.order_id = k.order_id),
                  (select count(*) from order_reservation r where r.order_id = k.order_id and r.state = 'asked'),
                  (select string_agg(r.reference, ', ' order by r.reference) from order_reservation r where r.order_id = k.order_id
                    and r.command_sequence > (select count(*) from sent_message m
                      where m.destination = ? and m.business_key = o.tenant || '/' || r.reference))
                from unnest(?) as k(order_id) left join orders o using (order_id)
                  left join lateral (select min(tenant) as tenant, min(channel) as channel, min(sent_at) as sent_at,
                      max(sequence) as number, count(*) as messages from sent_message m
                    where m.destination = ? and m.business_key = k.order_id) s on true
                  left join lateral (select tenant, hopped_at from trace_hop t
                    where t.business_key = k.order_id and t.hop = 'accepted' limit 1) h on true
                  left join inbox i on i.queue = ? and i.business_key = k.order_id
                where o.order_id is not null or h.hopped_at is not null or s.messages > 0""",
                row -> {
                    Account account = account(row);
                    return accounts.put(account.key(), account);
                },
                ErpQueues.EVENTS_FOR_ORDER,
                InventoryQueues.COMMANDS,
                orderIds.toArray(String[]::new),
                ErpQueues.POSTINGS_IDEMPIERE,
                ErpQueues.EVENTS_FOR_ORDER);
        return accounts;
    }

    private static Account account(ResultSet row) throws SQLException {
        OrderStatus status = row.getString(5) == null ? null : OrderStatus.of(row.getString(5));
        long sent = row.getLong(10);
        Long handled = row.getObject(13, Long.class);
        List<String> faults = new ArrayList<>();
        if (status == null) {
            faults.add("its row in orders is missing");
        } else {
            if (row.getLong(8) < row.getInt(6)) {
                faults.add("of " + row.getInt(6) + " revisions " + row.getLong(8) + " are in order_revision");
            }
            if (row.getLong(11) < row.getLong(7)) {
                faults.add("of " + row.getLong(7) + " messages " + row.getLong(11) + " are in sent_message");
            }
            if (status == OrderStatus.AWAITING_MAPPING && row.getLong(9) == 0) {
                faults.add("what it waits for is missing in order_awaiting_sku");
            }
            if (STOCKED.contains(status) && !row.getBoolean(15)) {
                faults.add("it is " + status.wire() + " and its row in order_stock is missing");
            }
            if (status == OrderStatus.RESERVING && row.getLong(16) == 0) {
                faults.add("what it waits for is missing in order_reservation");
            }
            if (row.getString(17) != null) {
                faults.add("commands about the reservations " + row.getString(17) + " are missing in sent_message");
            }
            if (row.getObject(12) == null) {
                faults.add("its acceptance is missing in trace_hop");
            }
            if (handled == null && isByVerdict(status)) {
                faults.add("it is " + status.wire() + " and the message that said so is missing in inbox");
            }
        }
        return new Account(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                time(row, 4),
                status == null ? null : status.wire(),
                1,
                sent == 0 ? Map.of() : Map.of(ErpQueues.POSTINGS_IDEMPIERE, Math.max(sent, row.getLong(7))),
                handled == null ? Map.of() : Map.of(ErpQueues.EVENTS_FOR_ORDER, handled),
                row.getInt(14),
                faults);
    }

    private static boolean isByVerdict(OrderStatus status) {
        return status == OrderStatus.POSTED
                || status == OrderStatus.PARTIALLY_SHIPPED
                || status == OrderStatus.SHIPPED
                || status == OrderStatus.CLOSED
                || status == OrderStatus.ERP_REJECTED;
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
