package org.retailhub.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.retailhub.operations.api.Alarm;
import org.retailhub.operations.domain.Exposition;
import org.retailhub.operations.domain.Vitals;
import org.retailhub.platform.kernel.Insight.Signal;

/** The hub's own figures for Prometheus, taken when it asks. */
public final class Metrics {
    private final Pulse pulse;
    private final BalanceWatch balance;
    private final Alarms alarms;
    private final Clock clock;

    public Metrics(Pulse pulse, BalanceWatch balance, Alarms alarms, Clock clock) {
        this.pulse = pulse;
        this.balance = balance;
        this.alarms = alarms;
        this.clock = clock;
    }

    public String text() {
        Instant now = clock.instant();
        Vitals vitals = pulse.take();
        Exposition text = new Exposition();
        text.gauge("retail_module_up", "1 if the module answers, 0 if it does not");
        vitals.signals().keySet().forEach(module -> text.value(1, "module", module));
        vitals.silent().forEach(module -> text.value(0, "module", module));
        text.gauge("retail_doors_open", "1 if orders are taken in, 0 if they are refused");
        text.value(vitals.refusal() == null ? 1 : 0);
        text.gauge("retail_queue_messages", "Messages on a queue of this server");
        vitals.queues().forEach((queue, messages) -> text.value(messages, "queue", queue));
        text.gauge("retail_signal", "How many of a kind there are now in a module");
        vitals.signals()
                .forEach((module, signals) -> signals.forEach(each ->
                        text.value(each.count(), "module", module, "kind", each.kind(), "subject", each.subject())));
        text.gauge("retail_signal_age_seconds", "Age of the oldest of them; 0 if there is none");
        vitals.signals()
                .forEach((module, signals) -> signals.forEach(each ->
                        text.value(age(each, now), "module", module, "kind", each.kind(), "subject", each.subject())));
        text.gauge("retail_alarm", "Open alarms by code; each has its runbook");
        Map<String, Long> open = new TreeMap<>();
        for (Alarm each : Alarm.values()) {
            open.put(each.code(), 0L);
        }
        alarms.open().forEach(each -> open.merge(each.code(), 1L, Long::sum));
        open.forEach((code, count) -> text.value(count, "code", code));
        text.gauge("retail_balance", "What came in during the watched time, by the term of the balance it is in");
        balance.figures()
                .forEach((figure, count) -> text.value(
                        count,
                        "kind",
                        figure.kind(),
                        "tenant",
                        figure.tenant(),
                        "channel",
                        figure.channel(),
                        "term",
                        figure.term().wire()));
        Instant passed = balance.passed();
        if (passed != null) {
            text.gauge("retail_balance_age_seconds", "Since all of the watched time was looked at");
            text.value(Duration.between(passed, now).toSeconds());
        }
        return text.toString();
    }

    private static long age(Signal signal, Instant now) {
        return signal.since() == null
                ? 0
                : Math.max(0, Duration.between(signal.since(), now).toSeconds());
    }
}
