package org.retailhub.platform.runtime.server;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.jms.ConnectionFactory;
import jakarta.transaction.UserTransaction;
import java.nio.file.Path;
import java.time.Clock;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.hospital.HospitalDesk;
import org.retailhub.platform.runtime.insight.ModuleSignals;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * The parts of the runtime for CDI, bound to the {@link Database} that the module produces. Nothing here runs until it is asked
 * for.
 */
@ApplicationScoped
public class ModuleKit {
    private static final int TRANSACTION_TIMEOUT_SECONDS = 60;

    @Resource
    private UserTransaction userTransaction;

    @Resource
    private ManagedThreadFactory threads;

    @Resource(lookup = "java:/jms/RetailXA")
    private ConnectionFactory connectionFactory;

    @Produces
    @Singleton
    public Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    public Ulid ids(Clock clock) {
        return new Ulid(clock);
    }

    @Produces
    @Singleton
    public ServerState serverState() {
        return new ServerState(Path.of(System.getProperty("jboss.server.data.dir"), "retail-fence"));
    }

    @Produces
    @Singleton
    public Door door(ServerState server) {
        return new Door(server, JournalSpace.ofThisServer(connectionFactory), Backlog.ofThisServer(connectionFactory));
    }

    @Produces
    @Singleton
    public Transactions transactions() {
        return new Transactions(userTransaction, TRANSACTION_TIMEOUT_SECONDS);
    }

    @Produces
    @Singleton
    public Trace trace(Database database, Clock clock) {
        return new Trace(database, clock);
    }

    @Produces
    @Singleton
    public Hospital hospital(Database database, Ulid ids, Clock clock) {
        return new Hospital(database, ids, clock);
    }

    @Produces
    @Singleton
    public HospitalDesk hospitalDesk(Database database, Clock clock) {
        return new HospitalDesk(database, clock);
    }

    @Produces
    @Singleton
    public ModuleSignals moduleSignals(Database database, Clock clock) {
        return new ModuleSignals(database, clock);
    }

    /** The managed thread factory and the XA connection factory are the server's; they are plain getters here. */
    public ManagedThreadFactory threads() {
        return threads;
    }

    public ConnectionFactory connectionFactory() {
        return connectionFactory;
    }
}
