package org.retailhub.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.retailhub.operations.api.Alarm;
import org.retailhub.operations.domain.Spans;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.kernel.Insight.Hop;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Sends the hops that the modules wrote to an OTLP collector, some seconds later: an order is one trace from its first request to the
 * ERP's verdict, over queues, retries and crashes, since the rows are (ADR 0015). The transactions that carry orders know nothing of it.
 *
 * <p>A row may be committed later than others of its time: each look begins two minutes before where the last one ended, and leaves out
 * what it has sent. After a change of node these two minutes are sent again, as the same spans.
 */
public final class TraceExport implements Loop.Step {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofMinutes(2);
    private static final Duration OLDEST = Duration.ofHours(1);
    private static final Duration CLAIM = Duration.ofSeconds(60);
    private static final int PAGE = 2_000;

    private final Map<String, Insight> modules;
    private final Supplier<Optional<String>> url;
    private final Collector collector;
    private final Alarms alarms;
    private final Database database;
    private final Transactions transactions;
    private final Clock clock;
    private final String node;
    private Map<String, Instant> sent = new HashMap<>();

    TraceExport(
            Map<String, Insight> modules,
            Supplier<Optional<String>> url,
            Collector collector,
            Alarms alarms,
            Database database,
            Transactions transactions,
            Clock clock,
            String node) {
        this.modules = Map.copyOf(modules);
        this.url = url;
        this.collector = collector;
        this.alarms = alarms;
        this.database = database;
        this.transactions = transactions;
        this.clock = clock;
        this.node = node;
    }

    @Override
    public String name() {
        return "trace-export";
    }

    @Override
    public Loop.Next step() {
        Optional<String> collectorUrl = url.get();
        if (collectorUrl.isEmpty()) {
            return Loop.Next.after(EVERY);
        }
        Optional<Instant> from = transactions.call(this::claim, Optional::isPresent);
        if (from.isEmpty()) {
            return Loop.Next.after(EVERY);
        }
        return export(collectorUrl.get(), from.get());
    }

    /** Where to go on; empty while another node does. */
    private Optional<Instant> claim() {
        Instant now = clock.instant();
        return database.queryOne(
                """
                update trace_export set claimed_by = ?, claimed_until = ?
                where claimed_by = ? or claimed_until < ? returning exported_to""", row -> row.getObject(1, OffsetDateTime.class).toInstant(), node, now.plus(CLAIM), node, now);
    }

    private Loop.Next export(String collectorUrl, Instant exportedTo) {
        Instant now = clock.instant();
        Instant oldest = now.minus(OLDEST);
        Instant from = exportedTo.isBefore(oldest) ? oldest : exportedTo;
        Instant end = now;
        Map<String, List<Hop>> fresh = new LinkedHashMap<>();
        for (Map.Entry<String, Insight> module : modules.entrySet()) {
            // A page whose rows are all known ones would never end: look on behind it.
            Page page = page(module.getKey(), module.getValue(), from.minus(LATE), now);
            fresh.put(module.getKey(), page.hops());
            end = page.end().isBefore(end) ? page.end() : end;
        }
        List<Spans.Span> spans = spans(fresh);
        String refusal = spans.isEmpty() ? null : collector.send(collectorUrl, Spans.request(spans, node));
        if (refusal == null) {
            fresh.forEach((module, hops) -> hops.forEach(hop -> sent.put(idOf(module, hop), hop.at())));
            Instant forget = end.minus(LATE).minus(LATE);
            sent.values().removeIf(at -> at.isBefore(forget));
        }
        Instant reached = end;
        transactions.call(() -> {
            if (refusal == null) {
                database.update("update trace_export set exported_to = ? where claimed_by = ?", reached, node);
                alarms.clearOthers(Set.of(Alarm.TRACES_KEPT_BACK), List.of());
            } else {
                alarms.raise(List.of(new Alarms.Raised(Alarm.TRACES_KEPT_BACK, collectorUrl, refusal)));
            }
            return true;
        });
        return refusal != null || end.equals(now) ? Loop.Next.after(EVERY) : Loop.Next.atOnce();
    }

    private record Page(List<Hop> hops, Instant end) {}

    private Page page(String module, Insight insight, Instant from, Instant now) {
        Instant begin = from;
        while (true) {
            List<Hop> hops = insight.hops(begin, now, PAGE);
            List<Hop> fresh = hops.stream()
                    .filter(hop -> !sent.containsKey(idOf(module, hop)))
                    .toList();
            boolean full = hops.size() == PAGE;
            Instant last = full ? hops.get(PAGE - 1).at() : now;
            if (!fresh.isEmpty() || !full || !last.isAfter(begin)) {
                return new Page(fresh, last);
            }
            begin = last;
        }
    }

    private static String idOf(String module, Hop hop) {
        return module + '/' + hop.key() + '/' + hop.at() + '/' + hop.what() + '/' + hop.messageId();
    }

    private List<Spans.Span> spans(Map<String, List<Hop>> fresh) {
        Set<String> keys = new HashSet<>();
        fresh.values().forEach(hops -> hops.forEach(hop -> keys.add(hop.key())));
        if (keys.isEmpty()) {
            return List.of();
        }
        // The order's own first request counts, then the payload's, then what the posting was told.
        Map<String, String> traceparents = new HashMap<>();
        for (String module : List.of("order", "channel", "erp")) {
            Insight insight = modules.get(module);
            if (insight != null) {
                insight.traceparents(keys).forEach(traceparents::putIfAbsent);
            }
        }
        List<Spans.Span> spans = new ArrayList<>();
        fresh.forEach((module, hops) -> hops.forEach(
                hop -> Spans.of(module, hop, traceparents.get(hop.key())).ifPresent(spans::add)));
        return spans;
    }
}
