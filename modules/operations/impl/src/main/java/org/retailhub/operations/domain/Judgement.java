package org.retailhub.operations.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.retailhub.operations.api.Alarm;
import org.retailhub.platform.kernel.Insight.Signal;

/** What of the hub's state somebody has to look at. Pure. */
public final class Judgement {
    /** A case that is cured at once is nobody's alarm. */
    private static final Duration PARKED_FOR = Duration.ofSeconds(30);

    /** Stock that is shown so late is sold twice. */
    private static final Duration STOCK_DUE_FOR = Duration.ofMinutes(15);

    /** Who bought waits for the channel's word. */
    private static final Duration SHIPMENTS_DUE_FOR = Duration.ofMinutes(15);

    /** Something is wrong with a subject. */
    public record Finding(Alarm alarm, String subject, String detail) {}

    private Judgement() {}

    public static List<Finding> of(Vitals vitals) {
        List<Finding> findings = new ArrayList<>();
        vitals.silent()
                .forEach(module -> findings.add(new Finding(
                        Alarm.MODULE_SILENT, module, "its database, or the module itself, does not answer")));
        vitals.signals()
                .forEach((module, signals) -> signals.forEach(signal -> judge(vitals, module, signal, findings)));
        vitals.queues().forEach((queue, messages) -> {
            if (queue.endsWith(".dead") && messages > 0) {
                findings.add(new Finding(Alarm.DEAD_MESSAGES, queue, messages + " messages"));
            }
        });
        vitals.standing()
                .forEach(queue -> findings.add(new Finding(
                        Alarm.QUEUE_STANDS, queue, vitals.queues().get(queue) + " messages, none taken for minutes")));
        Vitals.Refusal refusal = vitals.refusal();
        if (refusal != null) {
            findings.add(new Finding(ofRefusal(refusal.code()), "doors", refusal.detail()));
        }
        return findings;
    }

    private static Alarm ofRefusal(String code) {
        return switch (code) {
            case "RUN-5002" -> Alarm.FENCED;
            case "RUN-3007" -> Alarm.JOURNAL_FULL;
            default -> Alarm.ORDERS_SHED;
        };
    }

    private static void judge(Vitals vitals, String module, Signal signal, List<Finding> findings) {
        if (signal.count() == 0) {
            return;
        }
        String since = signal.since() == null ? "" : " since " + signal.since();
        switch (signal.kind()) {
            case Signal.CIRCUIT_OPEN ->
                findings.add(
                        new Finding(Alarm.ERP_SILENT, signal.subject(), "no answer" + since + ": " + signal.detail()));
            case Signal.PREPARED ->
                findings.add(new Finding(
                        Alarm.BRANCH_ORPHANED, module, signal.count() + " branches" + since + ": " + signal.detail()));
            case Signal.FEED_SILENT ->
                findings.add(new Finding(Alarm.FEED_SILENT, signal.subject(), signal.detail() + since));
            case Signal.MASTERS_OLD ->
                findings.add(new Finding(Alarm.MASTERS_OLD, signal.subject(), signal.detail() + since));
            case Signal.PARKED -> {
                if (Objects.requireNonNullElse(signal.since(), vitals.at())
                        .isBefore(vitals.at().minus(PARKED_FOR))) {
                    findings.add(
                            new Finding(Alarm.CASES_PARKED, module, signal.count() + " cases, the oldest" + since));
                }
            }
            case Signal.LATE_ORDERS ->
                findings.add(new Finding(
                        Alarm.ORDERS_LATE,
                        signal.subject(),
                        signal.count() + " orders, the first" + since + ": " + signal.detail()));
            case Signal.NEARLY_LATE_ORDERS ->
                findings.add(new Finding(
                        Alarm.ORDERS_NEARLY_LATE,
                        signal.subject(),
                        signal.count() + " orders, the first" + since + ": " + signal.detail()));
            case Signal.OVER_SHIPPED ->
                findings.add(new Finding(
                        Alarm.ORDERS_OVER_SHIPPED,
                        signal.subject(),
                        signal.count() + " shipments, the first" + since + ": " + signal.detail()));
            case Signal.SHIPPED_UNACKNOWLEDGED ->
                findings.add(new Finding(
                        Alarm.SHIPPED_UNACKNOWLEDGED,
                        signal.subject(),
                        signal.count() + " shipments, the first" + since + ": " + signal.detail()));
            case Signal.STOCK_DUE -> {
                if (Objects.requireNonNullElse(signal.since(), vitals.at())
                        .isBefore(vitals.at().minus(STOCK_DUE_FOR))) {
                    findings.add(new Finding(
                            Alarm.CHANNEL_BEHIND,
                            signal.subject(),
                            signal.count() + " values" + since + ": " + signal.detail()));
                }
            }
            case Signal.SHIPMENTS_DUE -> {
                if (Objects.requireNonNullElse(signal.since(), vitals.at())
                        .isBefore(vitals.at().minus(SHIPMENTS_DUE_FOR))) {
                    findings.add(new Finding(
                            Alarm.SHIPMENTS_UNTOLD,
                            signal.subject(),
                            signal.count() + " shipments" + since + ": " + signal.detail()));
                }
            }
            default -> {
                // A figure to look at, no alarm.
            }
        }
    }
}
