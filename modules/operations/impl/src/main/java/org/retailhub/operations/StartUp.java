package org.retailhub.operations;

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
import org.retailhub.platform.runtime.server.BranchWatch;
import org.retailhub.platform.runtime.server.DatabaseFitness;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.server.ModuleKit;
import org.retailhub.platform.runtime.server.NodeRegistry;
import org.retailhub.platform.runtime.server.ServerNode;
import org.retailhub.platform.runtime.server.ServerState;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.PreparedBranches;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Keeps the module from starting on a database that would lose what it acknowledges, or beside another server of the same name;
 * then the node's heartbeat, a look-out for branches that nobody finishes, and the watch over what came in.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class StartUp {
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
    private BalanceWatch balance;

    @Inject
    private AlarmWatch alarms;

    @Inject
    private TraceExport traces;

    private final List<Loop> running = new ArrayList<>();

    @PostConstruct
    void start() {
        DatabaseFitness.check(database);
        NodeRegistry node = NodeRegistry.enter(database, clock, ServerNode.ofThisServer());
        BranchWatch watch = new BranchWatch("operations", branches, transactions, database, clock);
        running.add(node.beat(kit.threads()));
        running.add(watch.start(kit.threads(), serverState));
        running.add(Loop.start(balance, kit.threads(), serverState::takesWork));
        running.add(Loop.start(traces, kit.threads(), serverState::takesWork));
        running.add(Loop.start(alarms, kit.threads(), () -> serverState.takesWork() || serverState.isFenced()));
    }

    @PreDestroy
    void stop() {
        running.forEach(Loop::close);
    }
}
