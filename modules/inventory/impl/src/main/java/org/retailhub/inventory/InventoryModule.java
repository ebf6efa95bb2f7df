package org.retailhub.inventory;

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
import org.retailhub.inventory.batch.SnapshotJobs;
import org.retailhub.inventory.messaging.InventoryCommands;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.intake.Intake;
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
 * Starts the module when its server is fit for it, and stops it: the doors' writers and readers, the drain of commands, the
 * expiry of reservations, replays, the census of what was sent, the
 * node's heartbeat, the look-out for branches that nobody finishes.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class InventoryModule {
    private static final IntakeBatcher.Settings MOVEMENTS =
            new IntakeBatcher.Settings("intake-movements", 256, 20_000, 2, Duration.ofSeconds(3));
    private static final IntakeBatcher.Settings RESERVATIONS =
            new IntakeBatcher.Settings("intake-reservations", 256, 20_000, 2, Duration.ofSeconds(3));
    private static final IntakeBatcher.Settings STEPS =
            new IntakeBatcher.Settings("intake-steps", 256, 20_000, 1, Duration.ofSeconds(3));
    private static final int DRAIN_BATCH = 256;
    private static final int LOOKUPS_AT_ONCE = 256;
    private static final int MOST_LOOKUPS = 20_000;

    @Inject
    private Database database;

    @Inject
    private ErpKnowledge knowledge;

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
    private Stock stock;

    @Inject
    private Movements movements;

    @Inject
    private Reservations reservations;

    @Inject
    private Reserving reserving;

    @Inject
    private Settling settling;

    @Inject
    private Replays replays;

    @Inject
    private StockQuestions questions;

    @Inject
    private StockDoor door;

    @Inject
    private PreparedBranches branches;

    @Inject
    private Snapshots snapshots;

    private final List<Runnable> running = new ArrayList<>();

    @PostConstruct
    void start() {
        DatabaseFitness.check(database);
        NodeRegistry node = NodeRegistry.enter(database, clock, ServerNode.ofThisServer());
        Drain<?, ?> commands = new Drain<>(
                Imports.commands(),
                new InventoryCommands(movements, reserving, settling, knowledge, stock, clock),
                DRAIN_BATCH,
                database,
                hospital,
                trace,
                transactions,
                kit.connectionFactory(),
                clock);
        SettlingIntake steps = new SettlingIntake(settling, stock);
        door.open(new StockDoor.Ways(
                batcher(MOVEMENTS, new MovementIntake(movements, stock))::submit,
                batcher(RESERVATIONS, new ReservationIntake(reserving, stock))::submit,
                batcher(STEPS, steps)::submit,
                lookups()::submit));
        ExpirySweep expiry =
                new ExpirySweep(reservations, steps, transactions, new Lease(database, "reservation-expiry"), clock);
        BranchWatch watch = new BranchWatch("inventory", branches, transactions, database, clock);
        running.add(node.beat(kit.threads())::close);
        running.add(watch.start(kit.threads(), serverState)::close);
        running.add(loop(commands)::close);
        running.add(loop(expiry)::close);
        snapshots();
        running.add(loop(new ReplayLoop(replays, transactions, new Lease(database, "stock-replay")))::close);
        running.add(loop(new Census("inventory", database, sender, transactions))::close);
    }

    private void snapshots() {
        SnapshotRuns runs = new SnapshotRuns(
                snapshots,
                transactions,
                stock,
                new Lease(database, "snapshot-jobs"),
                new SnapshotJobs(),
                ServerNode.ofThisServer().id());
        running.add(loop(runs)::close);
        running.add(runs::close);
    }

    private <Q, R> IntakeBatcher<Q, Boolean, R> batcher(IntakeBatcher.Settings settings, Intake<Q, Boolean, R> intake) {
        IntakeBatcher<Q, Boolean, R> batcher = new IntakeBatcher<>(settings, intake, transactions, kit.threads());
        running.add(batcher::close);
        return batcher;
    }

    private Lookups<StockQuestions.Question, StockQuestions.Answer> lookups() {
        Lookups<StockQuestions.Question, StockQuestions.Answer> lookups =
                new Lookups<>(questions::answer, LOOKUPS_AT_ONCE, MOST_LOOKUPS, 2, kit.threads());
        running.add(lookups::close);
        return lookups;
    }

    private Loop loop(Loop.Step step) {
        return Loop.start(step, kit.threads(), serverState::takesWork);
    }

    @PreDestroy
    void stop() {
        running.forEach(Runnable::run);
    }
}
