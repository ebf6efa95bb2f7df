package org.retailhub.erp;

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
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.retailhub.erp.api.ErpError;
import org.retailhub.erp.domain.ErpAdapter;
import org.retailhub.erp.domain.MasterReader;
import org.retailhub.erp.domain.MovementAdapter;
import org.retailhub.erp.messaging.MastersPoller;
import org.retailhub.erp.messaging.MovementHandler;
import org.retailhub.erp.messaging.MovementPoller;
import org.retailhub.erp.messaging.PostingEvents;
import org.retailhub.erp.messaging.PostingHandler;
import org.retailhub.erp.messaging.VerdictPoller;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.messaging.Census;
import org.retailhub.platform.runtime.messaging.Drain;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.server.BranchWatch;
import org.retailhub.platform.runtime.server.DatabaseFitness;
import org.retailhub.platform.runtime.server.Door;
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
 * Starts the module when its server is fit for it, and stops it: per ERP a drain of its postings and one of movements of stock, pollers of
 * the verdicts on both and of its masters, and the node's heartbeat. An ERP that is down at start does not keep the hub from starting; one that is set up wrongly does.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class ErpModule {
    private static final Logger LOG = Logger.getLogger(ErpModule.class);
    private static final int DRAIN_BATCH = 200;

    @Inject
    private Imports imports;

    @Inject
    private Targets targets;

    @Inject
    private Database database;

    @Inject
    private ModuleKit kit;

    @Inject
    private Clock clock;

    @Inject
    private Ulid ids;

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
    private Door door;

    private final List<Loop> running = new ArrayList<>();

    @PostConstruct
    void start() {
        DatabaseFitness.check(database);
        for (Target<?, ?> target : targets.all()) {
            prepare(target.adapter().target(), target.adapter()::prepare, target.circuit());
        }
        for (StockTarget<?, ?> target : targets.stock()) {
            prepare(target.adapter().target(), target.adapter()::prepare, target.circuit());
        }
        NodeRegistry node = NodeRegistry.enter(database, clock, ServerNode.ofThisServer());
        // All are made before one is started: a missing queue must leave no loop behind in a deployment that failed.
        List<Loop.Step> steps = new ArrayList<>();
        for (Target<?, ?> target : targets.all()) {
            steps.addAll(stepsOf(target));
        }
        for (StockTarget<?, ?> target : targets.stock()) {
            steps.addAll(stepsOf(target));
        }
        for (MasterReader reader : targets.masters()) {
            steps.add(new MastersPoller(
                    reader,
                    targets.named(reader.target()).orElseThrow().circuit(),
                    new MasterFeeds(database),
                    sender,
                    transactions,
                    database,
                    () -> door.admit(Lane.CATALOGUE),
                    clock));
        }
        steps.add(new Census("erp", database, sender, transactions));
        running.add(node.beat(kit.threads()));
        running.add(watch("erp", database));
        running.add(watch("erp-idempiere", imports.idempiere()));
        steps.forEach(step -> running.add(loop(step)));
    }

    private static void prepare(String target, Runnable preparation, CircuitBreaker circuit) {
        try {
            preparation.run();
        } catch (RetailException e) {
            if (e.code() != ErpError.ERP_DOWN) {
                throw e;
            }
            LOG.warnf("%s %s: its queue waits until it answers: %s", e.code().code(), target, e.detail());
            circuit.open(e);
        }
    }

    private <F extends ErpAdapter.Facts, D> List<Loop.Step> stepsOf(Target<F, D> target) {
        PostingEvents events = new PostingEvents(sender, ids);
        Drain<?, ?> drain = new Drain<>(
                Imports.postings(target.queue()),
                new PostingHandler<>(
                        target.adapter(),
                        target.circuit(),
                        target.postings(),
                        new KnownShipments(database, target.adapter().target()),
                        imports.products(),
                        imports.accounts(),
                        events,
                        trace,
                        clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
        VerdictPoller poller = new VerdictPoller(
                target.adapter(), target.circuit(), target.postings(), events, trace, transactions, database, clock);
        return List.of(drain, poller);
    }

    private <F extends MovementAdapter.Facts, D> List<Loop.Step> stepsOf(StockTarget<F, D> target) {
        Drain<?, ?> drain = new Drain<>(
                Imports.movements(),
                new MovementHandler<>(target, imports.products(), imports.locations(), trace, clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
        return List.of(drain, new MovementPoller(target, sender, trace, transactions, database, clock));
    }

    /** One for each database: an ERP that is down must not hide what the hub's own has. */
    private Loop watch(String name, Database watched) {
        return new BranchWatch(name, new PreparedBranches(clock, watched), transactions, database, clock)
                .start(kit.threads(), serverState);
    }

    private Loop loop(Loop.Step step) {
        return Loop.start(step, kit.threads(), serverState::takesWork);
    }

    @PreDestroy
    void stop() {
        running.forEach(Loop::close);
    }
}
