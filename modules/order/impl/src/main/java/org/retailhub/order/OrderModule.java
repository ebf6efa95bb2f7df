package org.retailhub.order;

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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.retailhub.order.domain.OrderBook;
import org.retailhub.order.domain.Placed;
import org.retailhub.order.domain.Placement;
import org.retailhub.order.domain.Placements;
import org.retailhub.order.domain.Waiting;
import org.retailhub.order.messaging.ErpVerdicts;
import org.retailhub.order.messaging.OrderCommands;
import org.retailhub.order.messaging.ShipmentCommands;
import org.retailhub.order.messaging.StockAnswers;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.intake.IntakeBatcher;
import org.retailhub.platform.runtime.messaging.Census;
import org.retailhub.platform.runtime.messaging.Drain;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.server.BranchWatch;
import org.retailhub.platform.runtime.server.DatabaseFitness;
import org.retailhub.platform.runtime.server.Lease;
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
 * Starts the module when its server is fit for it, and stops it: the intake's writers, the drains of commands, of the ERP's verdicts and
 * of inventory's answers, the release of mapped orders, the search for stock, the node's heartbeat.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class OrderModule {
    private static final IntakeBatcher.Settings INTAKE =
            new IntakeBatcher.Settings("intake-order", 256, 20_000, 2, Duration.ofSeconds(3));
    private static final int DRAIN_BATCH = 256;

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
    private KnownSkus knownSkus;

    @Inject
    private OrderBook book;

    @Inject
    private StockBook stockBook;

    @Inject
    private Policies policies;

    @Inject
    private Sources sources;

    @Inject
    private SourcingDecisions decisions;

    @Inject
    private Completion completion;

    @Inject
    private Fulfilment fulfilment;

    @Inject
    private Shipments shipments;

    @Inject
    private Shipping shipping;

    @Inject
    private OrderSteps steps;

    @Inject
    private PreparedBranches branches;

    @Inject
    private OrderDesk desk;

    @Inject
    private SourcingSimulations simulations;

    private IntakeBatcher<Placement, Map<String, Set<String>>, Placed> intake;
    private final List<Runnable> running = new ArrayList<>();

    @PostConstruct
    void start() {
        DatabaseFitness.check(database);
        NodeRegistry node = NodeRegistry.enter(database, clock, ServerNode.ofThisServer());
        Drain<?, ?> verdicts = new Drain<>(
                Imports.erpVerdicts(),
                new ErpVerdicts(book, fulfilment, shipping, steps, trace, clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
        OrderMapping mapping = new OrderMapping(
                new Waiting(database),
                book,
                knownSkus,
                policies,
                fulfilment,
                steps,
                sender,
                trace,
                transactions,
                new Lease(database, "order-mapping"),
                clock);
        Placements placements = new Placements(database);
        Reception reception = new Reception(placements, knownSkus, policies, fulfilment, steps, sender, trace, clock);
        intake =
                new IntakeBatcher<>(INTAKE, new OrderIntake(placements, reception, clock), transactions, kit.threads());
        Drain<?, ?> commands = new Drain<>(
                Imports.commands(),
                new OrderCommands(
                        placements,
                        book,
                        reception,
                        desk,
                        new ShipmentCommands(book, shipments, shipping, clock),
                        trace,
                        clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
        Drain<?, ?> answers = new Drain<>(
                Imports.stockAnswers(),
                new StockAnswers(stockBook, policies, fulfilment, OrderSourcing.AGAIN, clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
        OrderSourcing sourcing = new OrderSourcing(
                stockBook,
                policies,
                completion,
                sources,
                decisions,
                fulfilment,
                transactions,
                new Lease(database, "order-sourcing"),
                clock);
        running.add(intake::close);
        BranchWatch watch = new BranchWatch("order", branches, transactions, database, clock);
        running.add(node.beat(kit.threads())::close);
        running.add(watch.start(kit.threads(), serverState)::close);
        running.add(loop(verdicts)::close);
        running.add(loop(commands)::close);
        running.add(loop(mapping)::close);
        running.add(loop(answers)::close);
        running.add(loop(sourcing)::close);
        running.add(
                loop(new SimulationLoop(simulations, transactions, new Lease(database, "sourcing-simulation")))::close);
        running.add(loop(new Census("order", database, sender, transactions))::close);
    }

    private Loop loop(Loop.Step step) {
        return Loop.start(step, kit.threads(), serverState::takesWork);
    }

    /** Never blocks; completes after the commit, or with a {@link RetailException}. */
    public CompletionStage<Placed> place(Placement placement) {
        IntakeBatcher<Placement, ?, Placed> started = intake;
        return started == null
                ? CompletableFuture.failedFuture(new RetailException(
                        org.retailhub.platform.runtime.RuntimeError.OVERLOADED, "the server is starting"))
                : started.submit(placement);
    }

    /** Requests that wait to be stored. */
    public int waiting() {
        return intake.waiting();
    }

    @PreDestroy
    void stop() {
        running.forEach(Runnable::run);
    }
}
