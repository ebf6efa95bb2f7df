package org.retailhub.channel;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.retailhub.channel.domain.Capability;
import org.retailhub.channel.messaging.InboundPayloads;
import org.retailhub.channel.messaging.ShipmentEvents;
import org.retailhub.channel.messaging.StockChanges;
import org.retailhub.inventory.api.Availability;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.intake.IntakeBatcher;
import org.retailhub.platform.runtime.messaging.Census;
import org.retailhub.platform.runtime.messaging.Drain;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.server.BranchWatch;
import org.retailhub.platform.runtime.server.DatabaseFitness;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.server.ModuleKit;
import org.retailhub.platform.runtime.server.NodeRegistry;
import org.retailhub.platform.runtime.server.ServerNode;
import org.retailhub.platform.runtime.server.ServerState;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.PreparedBranches;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Starts the module when its server is fit for it, and stops it: the door's writers, the drain of what came in, the sweep for what did not, the
 * end of old payloads, the drain of stock's changes and of shipments and those who tell the channels, the census of what was sent, the node's heartbeat, the
 * look-out for branches that nobody finishes.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class ChannelModule {
    /** Bodies are large beside orders: fewer in a transaction. */
    private static final IntakeBatcher.Settings INTAKE =
            new IntakeBatcher.Settings("intake-channel", 128, 5_000, 2, Duration.ofSeconds(3));

    private static final IntakeBatcher.Settings WITHOUT_BROKER =
            new IntakeBatcher.Settings("intake-channel-alone", 128, 5_000, 1, Duration.ofSeconds(3));

    private static final int DRAIN_BATCH = 128;

    /** A shop that is slow holds up one of them. */
    private static final int STOCK_DELIVERIES = 3;

    private static final int SHIPMENT_DELIVERIES = 2;

    /** System property: so many days the bodies of payloads are kept; none or 0: always. */
    private static final String PAYLOAD_DAYS = "retailhub.channel.payload-days";

    @Inject
    private Database database;

    @Inject
    private ModuleKit kit;

    @Inject
    private Clock clock;

    @Inject
    private Transactions transactions;

    @Inject
    private Trace trace;

    @Inject
    private Hospital hospital;

    @Inject
    private ServerState serverState;

    @Inject
    private MessageSender sender;

    @Inject
    private Payloads payloads;

    @Inject
    private Connections connections;

    @Inject
    private Documents documents;

    @Inject
    private Connectors connectors;

    @Inject
    private Sweeps sweeps;

    @Inject
    private ConnectionDesk desk;

    @Inject
    private PayloadDoor door;

    @Inject
    private StoreStock store;

    @Inject
    private StockMappings mappings;

    @Inject
    private StockPublications publications;

    @Inject
    private ShipmentTellings tellings;

    @Inject
    private Availability availability;

    @Inject
    private Ulid ids;

    @Inject
    private PreparedBranches branches;

    private final List<Runnable> running = new ArrayList<>();

    @PostConstruct
    void start() {
        DatabaseFitness.check(database);
        store.beginAnew();
        NodeRegistry node = NodeRegistry.enter(database, clock, ServerNode.ofThisServer());
        IntakeBatcher<RawPayload, Boolean, Boolean> intake = new IntakeBatcher<>(
                INTAKE, PayloadIntake.announcing(payloads, sender, trace), transactions, kit.threads());
        IntakeBatcher<RawPayload, Boolean, Boolean> alone = new IntakeBatcher<>(
                WITHOUT_BROKER, PayloadIntake.withoutBroker(payloads, sender, trace), transactions, kit.threads());
        running.add(intake::close);
        running.add(alone::close);
        Reception reception = new Reception(
                new Reception.Way(intake::submit, intake::hasRoom), new Reception.Way(alone::submit, alone::hasRoom));
        door.open(reception);
        Drain<?, ?> inbound = new Drain<>(
                Imports.inbound(),
                new InboundPayloads(payloads, connections, documents, sweeps, connectors, sender, trace, clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
        BranchWatch watch = new BranchWatch("channel", branches, transactions, database, clock);
        running.add(node.beat(kit.threads())::close);
        running.add(watch.start(kit.threads(), serverState)::close);
        ChannelCalls calls = new ChannelCalls(clock);
        ChannelSweep sweep = new ChannelSweep(
                sweeps, connections, desk, documents, payloads, connectors, door, calls, transactions, clock);
        running.add(loop(inbound)::close);
        running.add(loop(sweep)::close);
        running.add(loop(stockChanges())::close);
        for (int i = 0; i < STOCK_DELIVERIES; i++) {
            running.add(loop(stockDelivery(calls))::close);
        }
        running.add(loop(shipmentEvents())::close);
        for (int i = 0; i < SHIPMENT_DELIVERIES; i++) {
            running.add(loop(shipmentDelivery(calls))::close);
        }
        running.add(loop(new Announcer(payloads, sender, transactions, reception::brokerAnswers))::close);
        running.add(loop(new PayloadRetention(database, transactions, ChannelModule::payloadsAreKept, clock))::close);
        running.add(loop(new Census("channel", database, sender, transactions))::close);
    }

    private Drain<?, ?> stockChanges() {
        return new Drain<>(
                Imports.stock(),
                new StockChanges(new StockPositions(database), mappings, publications, connectors.kindsTold(), clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
    }

    private StockDelivery stockDelivery(ChannelCalls calls) {
        return new StockDelivery(
                connections,
                desk,
                connectors,
                publications,
                Deliveries.ofStock(database),
                availability,
                calls,
                transactions,
                ids,
                clock,
                StockDelivery.Settings.USUAL);
    }

    private Drain<?, ?> shipmentEvents() {
        return new Drain<>(
                Imports.orders(),
                new ShipmentEvents(tellings, connectors.kindsWith(Capability.SHIPMENTS), trace, clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
    }

    private ShipmentDelivery shipmentDelivery(ChannelCalls calls) {
        return new ShipmentDelivery(
                connections,
                desk,
                connectors,
                tellings,
                Deliveries.ofShipments(database),
                calls,
                hospital,
                trace,
                transactions,
                ids,
                clock,
                StockDelivery.Settings.USUAL);
    }

    /** May be changed on a running server. */
    private static Duration payloadsAreKept() {
        return Duration.ofDays(Math.max(0, Integer.getInteger(PAYLOAD_DAYS, 0)));
    }

    private Loop loop(Loop.Step step) {
        return Loop.start(step, kit.threads(), serverState::takesWork);
    }

    @PreDestroy
    void stop() {
        running.forEach(Runnable::run);
    }
}
