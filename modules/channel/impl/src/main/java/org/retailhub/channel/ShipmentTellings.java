package org.retailhub.channel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.ShipmentTelling.Line;
import org.retailhub.channel.domain.ShipmentTelling.Shipment;
import org.retailhub.order.api.ConfirmShipment.Carrier;
import org.retailhub.order.api.ConfirmShipment.Parcel;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.order.api.OrderShipped;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Insight.Signal;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What channels are to be told of shipments, a row each, and how far that is. One shipment of an order is told after the other, in the order in which
 * they left; behind one that the channel refuses the others wait until somebody has released its case and it was told, or has discarded it. Joins the
 * caller's transaction.
 */
public final class ShipmentTellings {
    /** One that is to be told, or that nobody is to be told. @param nobody why not; null if the connection can be */
    public record News(
            Envelope message,
            OrderShipped event,
            String connection,
            @Nullable String nobody) {}

    /** @param others the channel's names of what it made of the order's other shipments */
    record InHand(Envelope message, Shipment shipment, Set<String> others, int attempts, int refusals) {
        Key key() {
            return new Key(message.businessKey(), shipment.shipmentNumber());
        }
    }

    record Key(String orderId, String shipmentNumber) {}

    /** Nothing of the same order that left before it is still to be told; a case that somebody discarded is not. */
    private static final String FIRST = "not exists (select from shipment_telling e where e.order_id = s.order_id"
            + " and e.sequence < s.sequence and e.state not in ('told', 'nobody') and not (e.state = 'refused' and exists"
            + " (select from hospital_case c where c.queue = '" + OrderQueues.EVENTS_FOR_CHANNEL
            + "' and c.business_key = e.order_id || '/' || e.shipment_number and c.sequence = e.refusals"
            + " and c.state = 'discarded')))";

    /** Of rows {@code s}; takes the time. */
    static final String READY = "s.state in ('due', 'unknown') and s.due_at <= ? and " + FIRST;

    private final Database database;

    ShipmentTellings(Database database) {
        this.database = database;
    }

    /** Of a case about a shipment that its channel refuses: a key of its own beside the order's. */
    public static String caseKey(OrderShipped event) {
        return caseKey(new Key(event.orderId(), event.shipmentNumber()));
    }

    static String caseKey(Key key) {
        return key.orderId() + '/' + key.shipmentNumber();
    }

    /** Known ones stay as they are, but for those that were refused: they are told anew, with what is said of them now. */
    public void note(List<News> news, Instant now) {
        if (news.isEmpty()) {
            return;
        }
        database.update(
                """
                insert into shipment_telling as t (heard_at, due_at, order_id, shipment_number, sequence, connection, state, reason, message_id,
                  traceparent, caused_by, body)
                select ?, ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (order_id, shipment_number) do update set state = 'due', due_at = excluded.due_at, attempts = 0, reason = null,
                  body = excluded.body where t.state = 'refused'""",
                now,
                now,
                column(news, each -> each.event().orderId()),
                column(news, each -> each.event().shipmentNumber()),
                news.stream().map(each -> each.message().sequence()).toArray(Long[]::new),
                column(news, News::connection),
                column(news, each -> each.nobody() == null ? "due" : "nobody"),
                column(news, News::nobody),
                column(news, each -> each.message().messageId()),
                column(news, each -> each.message().traceparent()),
                column(news, each -> each.message().causedBy()),
                column(news, each -> each.message().body()));
        database.update(
                """
                insert into shipment_delivery (connection, due_at, token, budget, budget_at, failures)
                select distinct k, ?::timestamptz, '', 0, '2000-01-01T00:00:00Z'::timestamptz, 0 from unnest(?) as k
                where not exists (select from shipment_delivery d where d.connection = k) order by 1 on conflict do nothing""",
                now,
                column(news.stream().filter(each -> each.nobody() == null).toList(), News::connection));
    }

    private static @Nullable String[] column(List<News> news, Function<News, @Nullable String> field) {
        return news.stream().map(field).toArray(String[]::new);
    }

    /** The connections that bring the orders of these channels, by tenant and channel. */
    public Map<String, Connection> connectionsOf(Collection<OrderShipped> events) {
        Map<String, Connection> found = new HashMap<>();
        if (!events.isEmpty()) {
            database.query(
                    "select distinct " + Connections.COLUMNS + " from connection c join unnest(?, ?) as k(t, n)"
                            + " on c.tenant = k.t and c.channel = k.n",
                    row -> {
                        Connection connection = Connections.connection(row);
                        return found.put(channel(connection.tenant(), connection.channel()), connection);
                    },
                    events.stream().map(OrderShipped::tenant).toArray(String[]::new),
                    events.stream().map(OrderShipped::channel).toArray(String[]::new));
        }
        return found;
    }

    public static String channel(String tenant, String channel) {
        return tenant + '\n' + channel;
    }

    /** What was being told when its sender went away: nobody knows what came of it. */
    void recover(String connection, Instant askAt) {
        database.update(
                "update shipment_telling set state = 'unknown', due_at = ?, reason = 'its sender went away before the answer'"
                        + " where connection = ? and state = 'sending'",
                askAt,
                connection);
    }

    /** Takes the one in hand that is due longest. */
    Optional<InHand> take(String connection, Instant now) {
        Optional<InHand> taken = database.queryOne(
                """
                select s.order_id, s.sequence, s.message_id, s.traceparent, s.caused_by, s.body, c.tenant, c.channel, s.attempts + 1, s.refusals,
                  nullif(l.channel_location, ''), array(select unnest(o.told_as) from shipment_telling o
                    where o.order_id = s.order_id and o.shipment_number <> s.shipment_number)
                from shipment_telling s join connection c on c.code = s.connection
                  left join stock_place l on l.connection = s.connection and l.location = s.body::jsonb ->> 'location'
                where s.connection = ? and """ + ' ' + READY + " order by s.due_at, s.sequence limit 1 for update of s skip locked",
                ShipmentTellings::inHand,
                connection,
                now);
        taken.ifPresent(each -> database.update(
                "update shipment_telling set state = 'sending', attempts = attempts + 1 where order_id = ? and shipment_number = ?",
                each.key().orderId(),
                each.key().shipmentNumber()));
        return taken;
    }

    private static InHand inHand(ResultSet row) throws SQLException {
        Envelope message = new Envelope(
                row.getString(3),
                OrderShipped.TYPE,
                row.getString(7),
                row.getString(1),
                row.getLong(2),
                row.getString(4),
                row.getString(5),
                row.getString(8),
                row.getString(6));
        return new InHand(
                message,
                shipment(StrictJson.readMessage(message.body(), OrderShipped.class), row.getString(11)),
                Set.of((String[]) row.getArray(12).getArray()),
                row.getInt(9),
                row.getInt(10));
    }

    static Shipment shipment(OrderShipped event, @Nullable String location) {
        Map<String, Parcel> tracked = new LinkedHashMap<>();
        for (Parcel each : event.parcels()) {
            String number = each.trackingNumber();
            if (number != null && !number.isBlank()) {
                tracked.putIfAbsent(number.strip(), each);
            }
        }
        List<String> urls = given(tracked.values().stream().map(each -> Optional.ofNullable(each.trackingUrl())));
        Carrier carrier = event.carrier();
        return new Shipment(
                event.channelOrderId(),
                event.shipmentNumber(),
                location,
                carrier == null
                        ? null
                        : given(Stream.of(Optional.ofNullable(carrier.name()), Optional.ofNullable(carrier.code())))
                                .stream()
                                .findFirst()
                                .orElse(null),
                List.copyOf(tracked.keySet()),
                urls.size() == tracked.size() ? urls : List.of(),
                event.lines().stream()
                        .filter(each -> each.quantity().signum() > 0)
                        .map(each -> new Line(each.lineId(), each.quantity()))
                        .toList());
    }

    private static List<String> given(Stream<Optional<String>> texts) {
        return texts.flatMap(Optional::stream).filter(each -> !each.isBlank()).toList();
    }

    /** The channel has made this of a part of it. */
    void toldAs(Key key, String name) {
        database.update(
                "update shipment_telling set told_as = array_append(told_as, ?) where order_id = ? and shipment_number = ? and state = 'sending'",
                name,
                key.orderId(),
                key.shipmentNumber());
    }

    /** The channel has all of it. @return the channel's names of it; empty if it is not in hand any more */
    Optional<List<String>> told(Key key, Set<String> names, Instant now) {
        return database.queryOne(
                """
                update shipment_telling set state = 'told', told_at = ?, reason = null,
                  told_as = array(select distinct n from unnest(told_as || ?) as n order by 1)
                where order_id = ? and shipment_number = ? and state = 'sending' returning told_as""",
                row -> List.of((String[]) row.getArray(1).getArray()),
                now,
                names.toArray(String[]::new),
                key.orderId(),
                key.shipmentNumber());
    }

    /** It was not taken, or nobody knows. */
    void later(Key key, boolean unknown, @Nullable String why, Instant dueAt) {
        database.update(
                "update shipment_telling set state = ?, reason = ?::text, due_at = ? where order_id = ? and shipment_number = ? and state = 'sending'",
                unknown ? "unknown" : "due",
                why,
                dueAt,
                key.orderId(),
                key.shipmentNumber());
    }

    /** @return whether it was in hand still */
    boolean refused(Key key, String why) {
        return database.update("""
                        update shipment_telling set state = 'refused', reason = ?, refusals = refusals + 1
                        where order_id = ? and shipment_number = ? and state = 'sending'""", why, key.orderId(), key.shipmentNumber()) == 1;
    }

    /** Keys of the cases about shipments of these orders, with the order each belongs to. */
    Map<String, String> cases(Set<String> orderIds) {
        Map<String, String> found = new HashMap<>();
        database.query(
                "select order_id, shipment_number from shipment_telling where order_id = any(?) and refusals > 0",
                row -> found.put(caseKey(new Key(row.getString(1), row.getString(2))), row.getString(1)),
                (Object) orderIds.toArray(String[]::new));
        return found;
    }

    /** Of each connection that is to be told of shipments and is not yet; what waits behind a case is that case's. */
    List<Signal> signals() {
        List<Signal> signals = new ArrayList<>();
        database.query(
                "select s.connection, coalesce(d.last_error, max(s.reason), ''), count(*), min(s.heard_at) from shipment_telling s"
                        + " left join shipment_delivery d using (connection) where s.state in ('due', 'sending', 'unknown') and "
                        + FIRST + " group by s.connection, d.last_error order by 1",
                row -> signals.add(new Signal(
                        Signal.SHIPMENTS_DUE,
                        row.getString(1),
                        row.getLong(3),
                        row.getObject(4, OffsetDateTime.class).toInstant(),
                        row.getString(2))));
        return signals;
    }
}
