package org.retailhub.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.order.sourcing.DecisionDocument;
import org.retailhub.order.sourcing.ParcelCounts;
import org.retailhub.order.sourcing.Sourcing;
import org.retailhub.order.sourcing.SourcingDecision;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.sql.Database;

/** What was decided about orders and why, and how many parcels that made on each day. */
public final class SourcingDecisions implements ParcelCounts {
    /** @param attempt counts the decisions about the order, from 1 */
    public record Kept(int attempt, Instant decidedAt, String ruleId, int ruleVersion, DecisionDocument decision) {}

    private final Database database;

    SourcingDecisions(Database database) {
        this.database = database;
    }

    /**
     * Keeps them, and counts their parcels. In the caller's transaction, which holds the orders' rows: the attempts are numbered under that
     * lock. Places are locked in the order of their ids, until it ends.
     *
     * @param decisions of different orders
     */
    public void keep(List<SourcingDecision> decisions, Instant now) {
        if (decisions.isEmpty()) {
            return;
        }
        database.update(
                """
                insert into sourcing_decision (order_id, attempt, decided_at, rule_id, rule_version, decision)
                select u.order_id, 1 + (select count(*) from sourcing_decision d where d.order_id = u.order_id), ?, u.rule_id,
                  u.rule_version, u.decision
                from unnest(?, ?, ?, ?) as u(order_id, rule_id, rule_version, decision)""",
                now,
                decisions.stream().map(SourcingDecision::orderId).toArray(String[]::new),
                decisions.stream().map(SourcingDecision::ruleId).toArray(String[]::new),
                decisions.stream().map(SourcingDecision::ruleVersion).toArray(Integer[]::new),
                decisions.stream().map(SourcingDecisions::text).toArray(String[]::new));
        String[] orders = decisions.stream()
                .flatMap(decision -> decision.locations().stream().map(location -> decision.orderId()))
                .toArray(String[]::new);
        String[] locations = decisions.stream()
                .flatMap(decision -> decision.locations().stream())
                .toArray(String[]::new);
        database.update("""
                insert into sourcing_load as l (tenant, day, location, parcels)
                select o.tenant, ?::date, u.location, count(*) from unnest(?, ?) as u(order_id, location) join orders o using (order_id)
                group by o.tenant, u.location order by o.tenant, u.location
                on conflict (tenant, day, location) do update set parcels = l.parcels + excluded.parcels""", Sourcing.day(now).toString(), orders, locations);
    }

    private static String text(SourcingDecision decision) {
        try {
            return StrictJson.mapper().writeValueAsString(DecisionDocument.of(decision));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Newest first. */
    public List<Kept> of(String orderId, int most) {
        return database.query("""
                select attempt, decided_at, rule_id, rule_version, decision from sourcing_decision
                where order_id = ? order by attempt desc limit ?""", SourcingDecisions::kept, orderId, most);
    }

    @Override
    public Map<String, Integer> of(String tenant, LocalDate day, Set<String> locations) {
        Map<String, Integer> parcels = new HashMap<>();
        if (!locations.isEmpty()) {
            database.query(
                    "select location, parcels from sourcing_load where tenant = ? and day = ?::date and location = any(?)",
                    row -> parcels.put(row.getString(1), row.getInt(2)),
                    tenant,
                    day.toString(),
                    locations.toArray(String[]::new));
        }
        return parcels;
    }

    private static Kept kept(ResultSet row) throws SQLException {
        return new Kept(
                row.getInt(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getInt(4),
                StrictJson.readMessage(row.getString(5), DecisionDocument.class));
    }
}
