package org.retailhub.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.order.canonical.OrderDocument;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.sourcing.DecisionDocument;
import org.retailhub.order.sourcing.Facts;
import org.retailhub.order.sourcing.Impact;
import org.retailhub.order.sourcing.Impact.Change;
import org.retailhub.order.sourcing.Impact.Totals;
import org.retailhub.order.sourcing.Sourcing;
import org.retailhub.order.sourcing.SourcingDecision;
import org.retailhub.order.sourcing.SourcingRequest;
import org.retailhub.order.sourcing.SourcingRule;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * What a rule would have done with the last orders of a channel: each is decided alone, on the facts of now and as if the stock it took were
 * still there, by the rules in force and by these with the changed one. Nothing but the simulation is written.
 */
public final class SourcingSimulations {
    public static final int MOST_ORDERS = 5_000;
    /** What is asked and written at a time; whoever asks for no more waits for the result. */
    public static final int CHUNK = 256;

    private static final String LATEST = "~";
    private static final String SELECT = """
            select simulation_id, tenant, channel, rule, orders, state, done, after, totals, asked_by, asked_at, finished_at
            from sourcing_simulation\s""";

    /** @param finishedAt null while it runs */
    public record Simulation(
            String id,
            String tenant,
            String channel,
            SourcingRule rule,
            int orders,
            boolean running,
            int done,
            Totals totals,
            String askedBy,
            Instant askedAt,
            @Nullable Instant finishedAt,
            String after) {}

    /** A change with its place among those of the simulation, from 1. */
    public record Placed(int position, Change change) {}

    private record Past(SourcingRequest request, String channelOrderId, List<Facts.Taken> taken) {}

    private record RuleText(String id, String scopeKind, String scopeValue, String content) {}

    private final Database database;
    private final Sourcing sourcing;
    private final SourcingRules rules;
    private final Transactions transactions;
    private final Ulid ids;
    private final Clock clock;

    SourcingSimulations(
            Database database,
            Sourcing sourcing,
            SourcingRules rules,
            Transactions transactions,
            Ulid ids,
            Clock clock) {
        this.database = database;
        this.sourcing = sourcing;
        this.rules = rules;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
    }

    /** Begins one. Up to {@link #CHUNK} orders it is done when this returns; a larger one goes on by itself. */
    public Simulation ask(String actor, String tenant, String channel, SourcingRule rule, int orders) {
        String id = ids.next();
        transactions.call(() -> database.update(
                """
                insert into sourcing_simulation (simulation_id, tenant, channel, rule, orders, state, done, after, totals, asked_by, asked_at)
                values (?, ?, ?, ?, ?, 'running', 0, ?, ?, ?, ?)""",
                id,
                tenant,
                channel,
                json(new RuleText(
                        rule.id(), rule.scope().kind().wire(), rule.scope().value(), SourcingRules.content(rule))),
                orders,
                LATEST,
                json(Totals.NONE),
                actor,
                now()));
        if (orders <= CHUNK) {
            goOn(find(id).orElseThrow());
        }
        return find(id).orElseThrow();
    }

    public Optional<Simulation> find(String id) {
        return database.queryOne(SELECT + "where simulation_id = ?", SourcingSimulations::simulation, id);
    }

    /** The oldest that runs. */
    Optional<Simulation> running() {
        return database.queryOne(
                SELECT + "where state = 'running' order by simulation_id limit 1", SourcingSimulations::simulation);
    }

    /** In the order in which they were looked at: latest placed first. @param after the last position of the page before */
    public List<Placed> changes(String id, boolean changedOnly, int after, int limit) {
        return database.query(
                """
                select position, outcome from sourcing_simulation_order
                where simulation_id = ? and position > ? and (changed or not ?) order by position limit ?""",
                row -> new Placed(row.getInt(1), StrictJson.readMessage(row.getString(2), Change.class)),
                id,
                after,
                changedOnly,
                limit);
    }

    /** Looks at the next chunk: asks outside any transaction, then writes, unless somebody else did meanwhile. */
    void goOn(Simulation simulation) {
        int most = Math.min(CHUNK, simulation.orders() - simulation.done());
        List<Past> past = past(simulation, most);
        List<Change> changes = past.isEmpty() ? List.of() : changes(simulation, past);
        boolean over = past.size() < most || simulation.done() + past.size() == simulation.orders();
        transactions.call(() -> write(simulation, changes, over));
    }

    private List<Change> changes(Simulation simulation, List<Past> past) {
        List<SourcingRequest> requests = past.stream().map(Past::request).toList();
        Facts facts = sourcing.facts(simulation.tenant(), requests);
        List<SourcingRule> before = rules.at(simulation.tenant(), facts.now());
        List<SourcingRule> after = new ArrayList<>(before);
        after.removeIf(rule -> rule.id().equals(simulation.rule().id())
                || rule.scope().equals(simulation.rule().scope()));
        after.add(simulation.rule());
        List<Change> changes = new ArrayList<>(past.size());
        for (Past one : past) {
            Facts own = facts.alone(one.request(), one.taken());
            SourcingDecision now = decide(one.request(), before, own);
            SourcingDecision then = decide(one.request(), after, own);
            changes.add(new Change(
                    one.request().orderId(),
                    one.channelOrderId(),
                    !now.allocations().equals(then.allocations())
                            || !now.shortLines().equals(then.shortLines()),
                    Impact.of(one.request(), now, own),
                    Impact.of(one.request(), then, own)));
        }
        return changes;
    }

    private static SourcingDecision decide(SourcingRequest request, List<SourcingRule> rules, Facts facts) {
        return Sourcing.decide(List.of(request), rules, facts).get(0);
    }

    /** The next ones, latest placed first, with what each took when it was sourced. */
    private List<Past> past(Simulation simulation, int most) {
        return database.query(
                """
                select o.order_id, o.channel_order_id, r.document, d.decision
                from orders o join order_revision r on r.order_id = o.order_id and r.revision = o.revision
                  left join lateral (select decision from sourcing_decision s where s.order_id = o.order_id
                    order by attempt desc limit 1) d on true
                where o.tenant = ? and o.channel = ? and o.order_id < ? and o.status <> 'not-for-erp'
                order by o.order_id desc limit ?""",
                row -> past(
                        row.getString(1),
                        simulation.tenant(),
                        row.getString(2),
                        OrderJson.read(row.getString(3)),
                        row.getString(4)),
                simulation.tenant(),
                simulation.channel(),
                simulation.after(),
                most);
    }

    private static Past past(
            String orderId, String tenant, String channelOrderId, OrderDocument document, @Nullable String decision) {
        List<Facts.Taken> taken = decision == null
                ? List.of()
                : StrictJson.readMessage(decision, DecisionDocument.class).allocations().stream()
                        .map(each -> new Facts.Taken(each.sku(), each.location(), new BigDecimal(each.quantity())))
                        .toList();
        return new Past(request(orderId, tenant, document), channelOrderId, taken);
    }

    /** All lines of an order, with nothing excluded. */
    static SourcingRequest request(String orderId, String tenant, OrderDocument document) {
        OrderDocument.Address to = document.shipTo();
        return new SourcingRequest(
                orderId,
                tenant,
                document.channel(),
                to == null ? null : new SourcingRequest.ShipTo(to.country(), to.region(), to.postalCode()),
                document.lines().stream()
                        .map(line -> new SourcingRequest.Line(line.lineId(), line.sku(), line.quantity()))
                        .toList(),
                Set.of());
    }

    private boolean write(Simulation simulation, List<Change> changes, boolean over) {
        String after = changes.isEmpty()
                ? simulation.after()
                : changes.get(changes.size() - 1).orderId();
        int written = database.update(
                """
                update sourcing_simulation set done = done + ?, after = ?, totals = ?, state = ?, finished_at = ?::timestamptz
                where simulation_id = ? and after = ? and state = 'running'""",
                changes.size(),
                after,
                json(simulation.totals().plus(changes)),
                over ? "done" : "running",
                over ? now() : null,
                simulation.id(),
                simulation.after());
        if (written == 1 && !changes.isEmpty()) {
            Integer[] positions = new Integer[changes.size()];
            Boolean[] changed = new Boolean[changes.size()];
            for (int i = 0; i < positions.length; i++) {
                positions[i] = simulation.done() + i + 1;
                changed[i] = changes.get(i).changed();
            }
            database.update(
                    """
                    insert into sourcing_simulation_order (simulation_id, position, order_id, changed, outcome)
                    select ?, * from unnest(?, ?, ?, ?)""",
                    simulation.id(),
                    positions,
                    changes.stream().map(Change::orderId).toArray(String[]::new),
                    changed,
                    changes.stream().map(SourcingSimulations::json).toArray(String[]::new));
        }
        return written == 1;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static String json(Object value) {
        try {
            return StrictJson.mapper().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Simulation simulation(ResultSet row) throws SQLException {
        RuleText rule = StrictJson.readMessage(row.getString(4), RuleText.class);
        OffsetDateTime finished = row.getObject(12, OffsetDateTime.class);
        return new Simulation(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                SourcingRules.rule(rule.id(), 0, rule.scopeKind(), rule.scopeValue(), rule.content()),
                row.getInt(5),
                row.getString(6).equals("running"),
                row.getInt(7),
                StrictJson.readMessage(row.getString(9), Totals.class),
                row.getString(10),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                finished == null ? null : finished.toInstant(),
                row.getString(8));
    }
}
