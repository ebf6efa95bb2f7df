package org.retailhub.order;

import java.time.Clock;
import java.util.Map;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.masterdata.api.Products;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.Placements;
import org.retailhub.order.domain.Waiting;
import org.retailhub.order.messaging.ErpVerdicts;
import org.retailhub.order.messaging.ShipmentCommands;
import org.retailhub.order.messaging.StockAnswers;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.testkit.RecordingBroker;

/** The module's parts as the server puts them together, on one database and a broker that keeps what is sent. */
final class Assembly {
    final Database database;
    final Clock clock;
    final MessageSender sender;
    final Trace trace;
    final Policies policies;
    final OrderBook book;
    final StockBook stockBook;
    final OrderClocks clocks;
    final OrderSteps steps;
    final Fulfilment fulfilment;
    final Shipments shipments;
    final Shipping shipping;

    Assembly(Database database, RecordingBroker broker, Clock clock) {
        this.database = database;
        this.clock = clock;
        sender = new MessageSender(
                database,
                broker.factory(),
                Map.of(
                        ErpQueues.POSTINGS_IDEMPIERE,
                        broker.queue,
                        InventoryQueues.COMMANDS,
                        broker.queue,
                        OrderQueues.EVENTS,
                        broker.queue),
                clock);
        trace = new Trace(database, clock);
        clocks = new OrderClocks(database, clock);
        policies = new Policies(database, clocks, clock);
        book = new OrderBook(database);
        stockBook = new StockBook(database);
        steps = new OrderSteps(database, policies, clocks, sender);
        fulfilment = new Fulfilment(stockBook, book, new Waiting(database), policies, steps, sender, trace, clock);
        shipments = new Shipments(database);
        shipping = new Shipping(shipments, book, stockBook, fulfilment, steps, sender, clock);
    }

    Reception reception(Products products) {
        return new Reception(
                new Placements(database), new KnownSkus(products), policies, fulfilment, steps, sender, trace, clock);
    }

    ErpVerdicts verdicts() {
        return new ErpVerdicts(book, fulfilment, shipping, steps, trace, clock);
    }

    ShipmentCommands shipmentCommands() {
        return new ShipmentCommands(book, shipments, shipping, clock);
    }

    StockAnswers answers() {
        return new StockAnswers(stockBook, policies, fulfilment, OrderSourcing.AGAIN, clock);
    }
}
