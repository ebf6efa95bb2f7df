package org.retailhub.order;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.api.OrderStatus;
import org.retailhub.order.canonical.FulfilmentPolicy;
import org.retailhub.platform.kernel.Insight.Signal;
import org.retailhub.platform.runtime.sql.Database;

/** How long orders may stand where they stand, by their channels' policies: a warning when four fifths of the time are over, then late. */
public final class OrderClocks {
    private static final int NAMED = 5;

    /** An order whose time is over, or nearly. */
    public record Late(
            String orderId,
            String channel,
            String channelOrderId,
            OrderStatus status,
            Instant since,
            Instant warnAt,
            Instant dueAt) {}

    /** What to list; null or empty means any. @param after the last one of the page before */
    public record Query(
            @Nullable String tenant,
            Set<String> channels,
            @Nullable String after,
            int limit) {}

    private final Database database;
    private final Clock clock;

    public OrderClocks(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** When an order that stands so has to stand elsewhere; null if no clock runs. */
    public static @Nullable Instant deadline(FulfilmentPolicy policy, OrderStatus status, Instant since) {
        Duration allowed = policy.allowed().get(status);
        return allowed == null ? null : since.plus(allowed);
    }

    private record Standing(String orderId, String tenant, String channel, OrderStatus status, Instant since) {}

    /** Sets the clocks of orders that have come to stand elsewhere. In the caller's transaction, which has written them. */
    void set(Collection<String> orderIds, Policies policies) {
        List<Standing> standings = database.query(
                "select order_id, tenant, channel, status, status_since from orders where order_id = any(?) order by order_id",
                row -> new Standing(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        OrderStatus.of(row.getString(4)),
                        time(row, 5)),
                (Object) orderIds.toArray(String[]::new));
        List<Standing> running = new ArrayList<>();
        List<Instant> warnings = new ArrayList<>();
        List<Instant> deadlines = new ArrayList<>();
        for (Standing each : standings) {
            Instant deadline = deadline(policies.of(each.tenant(), each.channel()), each.status(), each.since());
            if (deadline != null) {
                running.add(each);
                deadlines.add(deadline);
                warnings.add(each.since()
                        .plus(Duration.between(each.since(), deadline)
                                .multipliedBy(4)
                                .dividedBy(5)));
            }
        }
        database.update(
                "delete from order_clock where order_id = any(?) and not order_id = any(?)",
                orderIds.toArray(String[]::new),
                running.stream().map(Standing::orderId).toArray(String[]::new));
        if (!running.isEmpty()) {
            database.update(
                    """
                    insert into order_clock (order_id, tenant, channel, status, since, warn_at, due_at)
                    select * from unnest(?, ?, ?, ?, ?, ?, ?)
                    on conflict (order_id) do update set status = excluded.status, since = excluded.since,
                      warn_at = excluded.warn_at, due_at = excluded.due_at""",
                    running.stream().map(Standing::orderId).toArray(String[]::new),
                    running.stream().map(Standing::tenant).toArray(String[]::new),
                    running.stream().map(Standing::channel).toArray(String[]::new),
                    running.stream().map(each -> each.status().wire()).toArray(String[]::new),
                    running.stream().map(Standing::since).toArray(Instant[]::new),
                    warnings.toArray(Instant[]::new),
                    deadlines.toArray(Instant[]::new));
        }
    }

    /** Those whose time is over, or nearly, by their ids. */
    public List<Late> late(Query query) {
        String[] channels = query.channels().toArray(String[]::new);
        return database.query(
                """
                select o.order_id, o.channel, o.channel_order_id, o.status, c.since, c.warn_at, c.due_at
                from order_clock c join orders o on o.order_id = c.order_id and o.status = c.status and o.status_since = c.since
                where c.warn_at <= ? and o.order_id > ? and (?::text is null or o.tenant = ?)
                  and (cardinality(?) = 0 or o.channel = any(?))
                order by o.order_id limit ?""",
                OrderClocks::late,
                clock.instant(),
                query.after() == null ? "" : query.after(),
                query.tenant(),
                query.tenant(),
                channels,
                channels,
                query.limit());
    }

    private static Late late(ResultSet row) throws SQLException {
        return new Late(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                OrderStatus.of(row.getString(4)),
                time(row, 5),
                time(row, 6),
                time(row, 7));
    }

    /** By channel: how many are late, and how many soon will be. */
    public List<Signal> signals() {
        Instant now = clock.instant();
        List<Signal> signals = new ArrayList<>();
        database.query(
                """
                select o.tenant, o.channel, c.due_at <= ?, count(*), min(c.since),
                  (array_agg(o.order_id || ' ' || o.status order by c.due_at))[1:?]
                from order_clock c join orders o on o.order_id = c.order_id and o.status = c.status and o.status_since = c.since
                where c.warn_at <= ? group by 1, 2, 3 order by 1, 2, 3""",
                row -> signals.add(new Signal(
                        row.getBoolean(3) ? Signal.LATE_ORDERS : Signal.NEARLY_LATE_ORDERS,
                        row.getString(1) + "/" + row.getString(2),
                        row.getLong(4),
                        time(row, 5),
                        List.of((String[]) row.getArray(6).getArray()).stream().collect(Collectors.joining(", ")))),
                now,
                NAMED,
                now);
        return signals;
    }

    /** A channel's policy has other times: they count from when its orders came to stand where they stand. */
    void reset(String tenant, String channel, Map<OrderStatus, Duration> allowed) {
        database.update(
                """
                delete from order_clock where tenant = ? and channel = ? and not status = any(?)""",
                tenant,
                channel,
                allowed.keySet().stream().map(OrderStatus::wire).toArray(String[]::new));
        List<OrderStatus> states = List.copyOf(allowed.keySet());
        database.update(
                """
                update order_clock c set due_at = c.since + d.seconds * interval '1 second',
                  warn_at = c.since + d.seconds * interval '800 milliseconds'
                from unnest(?, ?) as d(status, seconds) where c.tenant = ? and c.channel = ? and c.status = d.status""",
                states.stream().map(OrderStatus::wire).toArray(String[]::new),
                states.stream()
                        .map(state -> allowed.getOrDefault(state, Duration.ZERO).toSeconds())
                        .toArray(Long[]::new),
                tenant,
                channel);
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
