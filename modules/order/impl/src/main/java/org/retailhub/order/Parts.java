package org.retailhub.order;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.order.canonical.OrderJson;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.Waiting;
import org.retailhub.order.sourcing.Sourcing;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sent.SentMessages;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/** The module's plain classes for CDI. */
@ApplicationScoped
public class Parts {
    @Produces
    @Singleton
    public OrderBook orderBook(Database database) {
        return new OrderBook(database);
    }

    @Produces
    @Singleton
    public StockBook stockBook(Database database) {
        return new StockBook(database);
    }

    @Produces
    @Singleton
    public OrderClocks orderClocks(Database database, Clock clock) {
        return new OrderClocks(database, clock);
    }

    @Produces
    @Singleton
    public Policies policies(Database database, OrderClocks clocks, Clock clock) {
        return new Policies(database, clocks, clock);
    }

    @Produces
    @Singleton
    public TaxTables taxTables(Database database, Clock clock) {
        return new TaxTables(database, clock);
    }

    @Produces
    @Singleton
    public OrderSteps orderSteps(Database database, Policies policies, OrderClocks clocks, MessageSender sender) {
        return new OrderSteps(database, policies, clocks, sender);
    }

    @Produces
    @Singleton
    public Fulfilment fulfilment(
            Database database,
            OrderBook book,
            StockBook stockBook,
            Policies policies,
            OrderSteps steps,
            MessageSender sender,
            Trace trace,
            Clock clock) {
        return new Fulfilment(stockBook, book, new Waiting(database), policies, steps, sender, trace, clock);
    }

    @Produces
    @Singleton
    public Shipments shipments(Database database) {
        return new Shipments(database);
    }

    @Produces
    @Singleton
    public Shipping shipping(
            Shipments shipments,
            OrderBook book,
            StockBook stockBook,
            Fulfilment fulfilment,
            OrderSteps steps,
            MessageSender sender,
            Clock clock) {
        return new Shipping(shipments, book, stockBook, fulfilment, steps, sender, clock);
    }

    /** The body of a sale is made again from the revision that it carried. */
    @Produces
    @Singleton
    public Bodies bodies(OrderBook book) {
        return keys -> {
            Map<SentMessages.Key, String> bodies = new HashMap<>();
            book.carriedBy(
                            keys.stream().map(SentMessages.Key::businessKey).toList(),
                            keys.stream().map(SentMessages.Key::sequence).toList())
                    .forEach(one -> bodies.put(
                            new SentMessages.Key(ErpQueues.POSTINGS_IDEMPIERE, one.orderId(), one.postingSequence()),
                            Postings.body(one.orderId(), one.revision(), OrderJson.read(one.document()))));
            return bodies;
        };
    }

    @Produces
    @Singleton
    public SentMessages sentMessages(
            Database database, MessageSender sender, Bodies bodies, Transactions transactions, Trace trace) {
        return new SentMessages(database, sender, bodies, transactions, trace);
    }

    @Produces
    @Singleton
    public SourcingRules sourcingRules(Database database, Clock clock) {
        return new SourcingRules(database, clock);
    }

    @Produces
    @Singleton
    public SourcingDecisions sourcingDecisions(Database database) {
        return new SourcingDecisions(database);
    }

    @Produces
    @Singleton
    public SourcingSimulations sourcingSimulations(
            Database database, Sourcing sourcing, SourcingRules rules, Transactions transactions, Clock clock) {
        return new SourcingSimulations(database, sourcing, rules, transactions, new Ulid(clock), clock);
    }

    @Produces
    @Singleton
    public OrderAccounts accounts(Database database) {
        return new OrderAccounts(database);
    }

    @Produces
    @Singleton
    public OrderInsight insight(Database database, Bodies bodies, Clock clock) {
        return new OrderInsight(database, new ModuleLog(database, bodies), clock);
    }
}
