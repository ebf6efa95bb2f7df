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
import org.retailhub.platform.runtime.server.DatabaseFitness;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.server.ModuleKit;
import org.retailhub.platform.runtime.server.NodeRegistry;
import org.retailhub.platform.runtime.server.ServerNode;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Keeps the module from starting on a database that would lose what it acknowledges, or beside another server of the same name;
 * then the node's heartbeat.
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

    private final List<Loop> running = new ArrayList<>();

    @PostConstruct
    void start() {
        DatabaseFitness.check(database);
        NodeRegistry node = NodeRegistry.enter(database, clock, ServerNode.ofThisServer());
        running.add(node.beat(kit.threads()));
    }

    @PreDestroy
    void stop() {
        running.forEach(Loop::close);
    }
}
