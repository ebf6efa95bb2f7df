package org.retailhub.operations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.server.ServerNode;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/** The module's plain classes for CDI. */
@ApplicationScoped
public class Parts {
    /** System property: how far back the balance is watched. */
    private static final String HOURS = "retailhub.balance.hours";

    /** System property: where traces go. */
    private static final String COLLECTOR = "retailhub.otlp.url";

    @Produces
    @Singleton
    public Traces traces(Modules modules) {
        return new Traces(modules);
    }

    @Produces
    @Singleton
    public Ledgers ledgers(Modules modules) {
        return new Ledgers(modules.byName());
    }

    @Produces
    @Singleton
    public Balance balance(Ledgers ledgers) {
        return new Balance(ledgers);
    }

    @Produces
    @Singleton
    public Alarms alarms(Database database, Ulid ids, Clock clock) {
        return new Alarms(database, ids, clock);
    }

    @Produces
    @Singleton
    public Pulse pulse(Modules modules, Door door, Clock clock) {
        return new Pulse(modules, new Queues(), () -> door.admit(Lane.ORDER), clock);
    }

    /** Where traces go, if anywhere: the system property, which may be set on a running server, or the environment. */
    @Produces
    @Singleton
    public TraceExport traceExport(
            Modules modules, Alarms alarms, Database database, Transactions transactions, Clock clock) {
        return new TraceExport(
                modules.byName(),
                () -> Optional.ofNullable(System.getProperty(COLLECTOR, System.getenv("RETAIL_OTLP_URL")))
                        .filter(url -> !url.isBlank()),
                new Collector(),
                alarms,
                database,
                transactions,
                clock,
                ServerNode.ofThisServer().id());
    }

    @Produces
    @Singleton
    public Metrics metrics(Pulse pulse, BalanceWatch balance, Alarms alarms, Clock clock) {
        return new Metrics(pulse, balance, alarms, clock);
    }

    @Produces
    @Singleton
    public AlarmWatch alarmWatch(
            Pulse pulse,
            BalanceWatch balance,
            Alarms alarms,
            Transactions transactions,
            Database database,
            Clock clock) {
        return new AlarmWatch(pulse, balance, alarms, transactions, database, clock);
    }

    @Produces
    @Singleton
    public BalanceWatch balanceWatch(
            Ledgers ledgers, Alarms alarms, Transactions transactions, Database database, Clock clock) {
        return new BalanceWatch(
                ledgers, alarms, transactions, database, clock, Duration.ofHours(Integer.getInteger(HOURS, 24)));
    }
}
