package org.retailhub.masterdata;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.retailhub.masterdata.messaging.MasterCommands;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.messaging.Drain;
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
 * Keeps the module from starting on a database that would lose what it acknowledges, or beside another server of the same name;
 * then the node's heartbeat, the drain of what ERPs say, and a look-out for branches that nobody finishes.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class StartUp {
    private static final int DRAIN_BATCH = 200;

    @Inject
    private Database database;

    @Inject
    private ModuleKit kit;

    @Inject
    private Clock clock;

    @Inject
    private PreparedBranches branches;

    @Inject
    private Transactions transactions;

    @Inject
    private ServerState serverState;

    @Inject
    private ErpMasters masters;

    @Inject
    private Hospital hospital;

    @Inject
    private Trace trace;

    private final List<Loop> running = new ArrayList<>();

    @PostConstruct
    void start() {
        DatabaseFitness.check(database);
        NodeRegistry node = NodeRegistry.enter(database, clock, ServerNode.ofThisServer());
        BranchWatch watch = new BranchWatch("masterdata", branches, transactions, database, clock);
        // Made before one is started: a missing queue must leave no loop behind in a deployment that failed.
        Drain<?, ?> commands = new Drain<>(
                Imports.commands(),
                new MasterCommands(masters, trace),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
        running.add(node.beat(kit.threads()));
        running.add(watch.start(kit.threads(), serverState));
        running.add(Loop.start(commands, kit.threads(), serverState::takesWork));
    }

    @PreDestroy
    void stop() {
        running.forEach(Loop::close);
    }
}
