package org.retailhub.channel;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.CallBudget;
import org.retailhub.platform.runtime.sql.Database;

/** Which channel is told by whom, of stock and of shipments apart, and how many calls it still takes. Joins the caller's transaction. */
final class Deliveries {
    /** A connection that is ours to tell for a while. */
    record Claim(String connection, String token, CallBudget budget, int failures) {}

    /** As operators see it. */
    public record State(int failures, @Nullable String lastError) {}

    private final Database database;
    private final String table;
    private final String work;

    /** @param work whether something is to be told to the connection {@code d.connection}; each question mark in it is the time */
    private Deliveries(Database database, String table, String work) {
        this.database = database;
        this.table = table;
        this.work = work;
    }

    static Deliveries ofStock(Database database) {
        return new Deliveries(database, "stock_delivery", """
                exists (select from stock_publication p where p.connection = d.connection and p.state in ('due', 'unknown')
                    and p.waits_for is null and p.due_at <= ?)
                  or exists (select from stock_publication p where p.connection = d.connection and p.state = 'sending')""");
    }

    static Deliveries ofShipments(Database database) {
        return new Deliveries(
                database,
                "shipment_delivery",
                "exists (select from shipment_telling s where s.connection = d.connection and " + ShipmentTellings.READY
                        + ") or exists (select from shipment_telling s where s.connection = d.connection and s.state = 'sending')");
    }

    /** The one that is due longest and has something to be told; nobody else gets it until then. */
    Optional<Claim> claim(String token, Instant now, Instant until) {
        return database.queryOne(
                "update " + table + " set due_at = ?, token = ? where connection = (select d.connection from " + table
                        + """
                         d join connection c on c.code = d.connection
                        where d.due_at <= ? and c.active and c.api_url is not null and (""" + work + """
                        ) order by d.due_at limit 1 for update of d skip locked)
                        returning connection, budget, budget_at, failures""",
                row -> new Claim(
                        row.getString(1),
                        token,
                        new CallBudget(
                                row.getBigDecimal(2),
                                row.getObject(3, OffsetDateTime.class).toInstant()),
                        row.getInt(4)),
                until,
                token,
                now,
                now);
    }

    /** Before calls are made. @return whether it is still ours */
    boolean spend(Claim claim, CallBudget left, Instant until) {
        return database.update(
                        "update " + table
                                + " set due_at = ?, budget = ?, budget_at = ? where connection = ? and token = ?",
                        until,
                        left.left(),
                        left.at(),
                        claim.connection(),
                        claim.token())
                == 1;
    }

    /** A sign of life. @return whether it is still ours */
    boolean goOn(Claim claim, Instant until) {
        return database.update(
                        "update " + table + " set due_at = ? where connection = ? and token = ?",
                        until,
                        claim.connection(),
                        claim.token())
                == 1;
    }

    /** Anybody's again, at that time; all is well. */
    void rest(Claim claim, CallBudget left, Instant dueAt) {
        database.update("update " + table + """
                 set due_at = ?, budget = ?, budget_at = ?, token = '', failures = 0, last_error = null
                where connection = ? and token = ?""", dueAt, left.left(), left.at(), claim.connection(), claim.token());
    }

    /** Anybody's again, at that time; somebody may have to act. */
    void fail(Claim claim, String why, Instant dueAt) {
        database.update("update " + table + """
                 set due_at = ?, token = '', failures = failures + 1, last_error = ?
                where connection = ? and token = ?""", dueAt, why, claim.connection(), claim.token());
    }

    Optional<State> state(String connection) {
        return database.queryOne(
                "select failures, last_error from " + table + " where connection = ?",
                row -> new State(row.getInt(1), row.getString(2)),
                connection);
    }
}
