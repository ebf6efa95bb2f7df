package org.retailhub.order;

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
import java.util.Set;
import org.retailhub.inventory.api.ReserveStock;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.platform.kernel.Insight.Hop;
import org.retailhub.platform.kernel.Insight.Payload;
import org.retailhub.platform.kernel.Insight.Step;
import org.retailhub.platform.kernel.Insight.Story;
import org.retailhub.platform.kernel.Insight.Subject;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.sql.Database;

/** What this module tells of its orders: each revision, each hop, each message, and the commands that came about them. */
public final class OrderInsight {
    private static final int MOST = 50;
    private static final Duration TRACES = Duration.ofHours(24);

    private final Database database;
    private final ModuleLog log;
    private final Clock clock;

    OrderInsight(Database database, ModuleLog log, Clock clock) {
        this.database = database;
        this.log = log;
        this.clock = clock;
    }

    /** An order is known by its id, the channel's number, and the key of the commands about it. */
    Story story(Set<String> names) {
        Map<String, ModuleLog.Owner> keys = log.keysOf(names, clock.instant().minus(TRACES));
        Set<String> wanted = new HashSet<>(names);
        wanted.addAll(keys.keySet());
        Map<String, Subject> subjects = orders(wanted);
        Set<String> commandKeys = new HashSet<>();
        subjects.values().forEach(order -> commandKeys.addAll(order.names()));
        for (ModuleLog.Owner each : keys.values()) {
            if (!commandKeys.contains(each.key())) {
                subjects.put(
                        each.key(),
                        new Subject(
                                each.key(),
                                each.tenant(),
                                each.channel().isEmpty() ? null : each.channel(),
                                null,
                                Set.of(each.key())));
            }
        }
        commandKeys.addAll(subjects.keySet());
        List<Step> steps = new ArrayList<>(log.steps(commandKeys));
        steps.addAll(revisions(subjects.keySet()));
        return new Story(List.copyOf(subjects.values()), steps, subjects.size() < MOST);
    }

    /** An order that came by a command came into the hub elsewhere. */
    List<Hop> hops(Instant from, Instant to, int limit) {
        List<Hop> hops = log.hops(from, to, limit, "accepted");
        String[] accepted = hops.stream().filter(Hop::door).map(Hop::key).toArray(String[]::new);
        Set<String> commanded =
                new HashSet<>(database.query("""
                select o.order_id from orders o join inbox i
                  on i.queue = ? and i.business_key = o.tenant || '/' || o.channel || '/' || o.channel_order_id
                where o.order_id = any(?)""", row -> row.getString(1), OrderQueues.COMMANDS, accepted));
        return hops.stream()
                .map(each -> each.door() && commanded.contains(each.key())
                        ? new Hop(
                                each.at(),
                                each.key(),
                                each.tenant(),
                                each.what(),
                                each.detail(),
                                each.messageId(),
                                false)
                        : each)
                .toList();
    }

    /** Of orders by their ids, and by the keys of the commands about them. */
    Map<String, String> traceparents(Set<String> keys) {
        Map<String, String> found = new HashMap<>(log.traceparentsOfCases(keys));
        List<String[]> commands = keys.stream()
                .map(key -> key.split("/", 3))
                .filter(parts -> parts.length == 3)
                .toList();
        database.query(
                """
                select r.order_id, r.traceparent from order_revision r where r.order_id = any(?) and r.revision = 1
                union all
                select o.tenant || '/' || o.channel || '/' || o.channel_order_id, r.traceparent
                from unnest(?, ?, ?) as k(tenant, channel, channel_order_id) join orders o using (tenant, channel, channel_order_id)
                  join order_revision r on r.order_id = o.order_id and r.revision = 1""",
                row -> found.put(row.getString(1), row.getString(2)),
                keys.toArray(String[]::new),
                commands.stream().map(parts -> parts[0]).toArray(String[]::new),
                commands.stream().map(parts -> parts[1]).toArray(String[]::new),
                commands.stream().map(parts -> parts[2]).toArray(String[]::new));
        return found;
    }

    private Map<String, Subject> orders(Set<String> names) {
        List<String[]> commands = names.stream()
                .map(name -> name.split("/", 3))
                .filter(parts -> parts.length == 3)
                .toList();
        Map<String, Subject> found = new LinkedHashMap<>();
        database.query(
                """
                select order_id, tenant, channel, channel_order_id, status, document_no from orders where order_id = any(?)
                union select order_id, tenant, channel, channel_order_id, status, document_no from orders
                  where channel_order_id = any(?)
                union select o.order_id, o.tenant, o.channel, o.channel_order_id, o.status, o.document_no
                  from unnest(?, ?, ?) as k(tenant, channel, channel_order_id) join orders o using (tenant, channel, channel_order_id)
                order by 1 desc limit ?""",
                row -> {
                    Set<String> itsNames = new HashSet<>();
                    itsNames.add(row.getString(1));
                    itsNames.add(CanonicalOrder.businessKey(row.getString(2), row.getString(3), row.getString(4)));
                    if (row.getString(6) != null) {
                        itsNames.add(row.getString(6));
                    }
                    return found.put(
                            row.getString(1),
                            new Subject(
                                    row.getString(1), row.getString(2), row.getString(3), row.getString(5), itsNames));
                },
                names.toArray(String[]::new),
                names.toArray(String[]::new),
                commands.stream().map(parts -> parts[0]).toArray(String[]::new),
                commands.stream().map(parts -> parts[1]).toArray(String[]::new),
                commands.stream().map(parts -> parts[2]).toArray(String[]::new),
                MOST);
        return withReservations(found);
    }

    /** Inventory knows an order by its reservations. */
    private Map<String, Subject> withReservations(Map<String, Subject> orders) {
        Map<String, Set<String>> references = new HashMap<>();
        database.query(
                "select order_id, reference from order_reservation where order_id = any(?)",
                row -> references
                        .computeIfAbsent(row.getString(1), id -> new HashSet<>())
                        .add(row.getString(2)),
                (Object) orders.keySet().toArray(String[]::new));
        references.forEach((id, its) -> orders.computeIfPresent(id, (key, order) -> {
            Set<String> names = new HashSet<>(order.names());
            its.forEach(reference -> names.add(ReserveStock.businessKey(order.tenant(), reference)));
            return new Subject(order.key(), order.tenant(), order.channel(), order.state(), names);
        }));
        return orders;
    }

    private List<Step> revisions(Set<String> orderIds) {
        return database.query(
                """
                select recorded_at, order_id, revision, traceparent, document from order_revision where order_id = any(?)""",
                row -> new Step(
                        row.getObject(1, OffsetDateTime.class).toInstant(),
                        row.getString(2),
                        "revision",
                        "revision " + row.getInt(3),
                        "",
                        row.getString(4),
                        new Payload("application/json", row.getString(5))),
                (Object) orderIds.toArray(String[]::new));
    }
}
