package org.retailhub.inventory;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sent.SentMessages;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/** The module's plain classes for CDI. */
@ApplicationScoped
public class Parts {
    @Produces
    @Singleton
    public Ledger ledger(Database database) {
        return new Ledger(database);
    }

    @Produces
    @Singleton
    public Feeds feeds(Database database) {
        return new Feeds(database);
    }

    @Produces
    @Singleton
    public Stock stock(Database database, MessageSender sender, Ulid ids, Clock clock) {
        return new Stock(database, sender, ids, clock);
    }

    @Produces
    @Singleton
    public Movements movements(Database database, Stock stock) {
        return new Movements(database, stock);
    }

    @Produces
    @Singleton
    public Reservations reservations(Database database) {
        return new Reservations(database);
    }

    @Produces
    @Singleton
    public Rules rules(Database database, Stock stock, MessageSender sender, Ulid ids) {
        return new Rules(database, stock, sender, ids);
    }

    @Produces
    @Singleton
    public Reserving reserving(Reservations reservations, Rules rules, Ulid ids) {
        return new Reserving(reservations, rules, ids);
    }

    @Produces
    @Singleton
    public Settling settling(Reservations reservations, Ulid ids) {
        return new Settling(reservations, ids);
    }

    @Produces
    @Singleton
    public ErpKnowledge erpKnowledge(Database database) {
        return new ErpKnowledge(database);
    }

    @Produces
    @Singleton
    public ErpMovementKinds erpMovementKinds(Database database, Stock stock, Rules rules) {
        return new ErpMovementKinds(database, stock, rules);
    }

    @Produces
    @Singleton
    public StockQuestions questions(Database database, Clock clock) {
        return new StockQuestions(database, clock);
    }

    @Produces
    @Singleton
    public StockHistory history(Database database) {
        return new StockHistory(database);
    }

    @Produces
    @Singleton
    public Verification verification(Database database, Stock stock, Rules rules) {
        return new Verification(database, stock, rules);
    }

    @Produces
    @Singleton
    public Replays replays(Database database, Subscribers subscribers, Rules rules, Stock stock, Ulid ids) {
        return new Replays(database, subscribers, rules, stock, ids);
    }

    @Produces
    @Singleton
    public ExpectedReceipts expectedReceipts(Database database, Clock clock) {
        return new ExpectedReceipts(database, clock);
    }

    @Produces
    @Singleton
    public Replenishment replenishment(Database database, Stock stock, Rules rules, MessageSender sender) {
        return new Replenishment(database, stock, rules, sender);
    }

    @Produces
    @Singleton
    public StockDoor stockDoor(Door door, Clock clock) {
        return new StockDoor(door, clock);
    }

    /** The log keeps each body: how a position stood cannot be told later. */
    @Produces
    @Singleton
    public SentMessages sentMessages(Database database, MessageSender sender, Transactions transactions, Trace trace) {
        return new SentMessages(database, sender, Bodies.NONE, transactions, trace);
    }

    @Produces
    @Singleton
    public StockInsight insight(Database database, Clock clock) {
        return new StockInsight(new ModuleLog(database, Bodies.NONE), clock);
    }

    @Produces
    @Singleton
    public FeedExpectations feedExpectations(Database database, Rules rules, Clock clock) {
        return new FeedExpectations(database, rules, clock);
    }

    @Produces
    @Singleton
    public Snapshots snapshots(Database database) {
        return new Snapshots(database);
    }

    @Produces
    @Singleton
    public SnapshotIntake snapshotIntake(
            Snapshots snapshots, Feeds feeds, Transactions transactions, Stock stock, Ulid ids) {
        return new SnapshotIntake(snapshots, feeds, transactions, stock, ids);
    }

    @Produces
    @Singleton
    public Tolerances tolerances(Database database, Stock stock, Rules rules) {
        return new Tolerances(database, stock, rules);
    }

    @Produces
    @Singleton
    public Drifts drifts(Database database) {
        return new Drifts(database);
    }

    @Produces
    @Singleton
    public Counting counting(
            Database database, Snapshots snapshots, Drifts drifts, Tolerances tolerances, Stock stock, Ulid ids) {
        return new Counting(database, snapshots, drifts, tolerances, stock, ids);
    }

    @Produces
    @Singleton
    public DriftDesk driftDesk(Database database, Drifts drifts, Stock stock, Rules rules) {
        return new DriftDesk(database, drifts, stock, rules);
    }
}
