package org.retailhub.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.retailhub.operations.api.Alarm;
import org.retailhub.operations.domain.Judgement;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/** Takes the hub's pulse every 10 s, on one node of the cluster, and keeps the alarms that follow from it. */
public final class AlarmWatch implements Loop.Step {
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration BEHIND = Duration.ofMinutes(5);
    private static final Set<Alarm> MINE =
            EnumSet.complementOf(EnumSet.of(Alarm.ROW_MISSING, Alarm.MESSAGE_MISSING, Alarm.TRACES_KEPT_BACK));

    private final Pulse pulse;
    private final BalanceWatch balance;
    private final Alarms alarms;
    private final Transactions transactions;
    private final Lease lease;
    private final Clock clock;
    private final Instant started;

    public AlarmWatch(
            Pulse pulse,
            BalanceWatch balance,
            Alarms alarms,
            Transactions transactions,
            Database database,
            Clock clock) {
        this.pulse = pulse;
        this.balance = balance;
        this.alarms = alarms;
        this.transactions = transactions;
        this.lease = new Lease(database, "alarm-watch");
        this.clock = clock;
        this.started = clock.instant();
    }

    @Override
    public String name() {
        return "alarm-watch";
    }

    @Override
    public void prepare() {
        lease.register();
    }

    @Override
    public Loop.Next step() {
        transactions.call(() -> lease.take() && look(), worked -> worked);
        return Loop.Next.after(EVERY);
    }

    boolean look() {
        List<Alarms.Raised> raised = new ArrayList<>();
        Judgement.of(pulse.take())
                .forEach(each -> raised.add(new Alarms.Raised(each.alarm(), each.subject(), each.detail())));
        Instant last = balance.passed();
        Instant passed = last == null ? started : last;
        if (balance.isMine() && passed.plus(BEHIND).isBefore(clock.instant())) {
            raised.add(new Alarms.Raised(Alarm.BALANCE_BEHIND, "balance", "not looked at as a whole since " + passed));
        }
        alarms.clearOthers(MINE, raised);
        alarms.raise(raised);
        return true;
    }
}
