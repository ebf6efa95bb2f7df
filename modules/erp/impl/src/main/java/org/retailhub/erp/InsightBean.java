package org.retailhub.erp;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.runtime.hospital.HospitalDesk;
import org.retailhub.platform.runtime.insight.MissingMessages;
import org.retailhub.platform.runtime.insight.ModuleSignals;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.sql.Database;

/** Reads outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Insight.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InsightBean implements Insight {
    /** It is looked every few seconds; the longest look, at all of a large ERP's items, takes minutes. */
    private static final Duration MASTERS_OLD = Duration.ofMinutes(15);

    @Inject
    private PostingInsight insight;

    @Inject
    private Database database;

    @Inject
    private Clock clock;

    @Inject
    private PostingAccounts accounts;

    @Inject
    private HospitalDesk desk;

    @Inject
    private ModuleSignals signals;

    @Inject
    private Targets targets;

    @Override
    public Story story(Set<String> names) {
        return insight.story(withOrders(names));
    }

    private Set<String> withOrders(Set<String> names) {
        Set<String> all = new HashSet<>(names);
        targets.all()
                .forEach(target -> names.forEach(
                        name -> target.adapter().orderOfFurtherDocument(name).ifPresent(all::add)));
        return all;
    }

    @Override
    public List<Received> received(Instant from, Instant to, int limit) {
        // Postings come by messages of others, not by a door.
        return List.of();
    }

    @Override
    public Map<String, Account> accounts(Set<String> keys) {
        return accounts.of(keys);
    }

    @Override
    public List<Missing> missing() {
        return MissingMessages.of(desk);
    }

    @Override
    public Optional<Map<String, Long>> handled(String queue, Set<String> keys) {
        return Optional.of(desk.handled(queue, keys));
    }

    @Override
    public List<Signal> signals() {
        List<Signal> all = new ArrayList<>(signals.now());
        for (Target<?, ?> target : targets.all()) {
            String name = target.adapter().target();
            CircuitBreaker.State circuit = target.circuit().state();
            KnownPostings.Waiting waiting = target.postings().waiting();
            all.add(new Signal(
                    Signal.CIRCUIT_OPEN,
                    name,
                    circuit.open() ? 1 : 0,
                    circuit.open() ? circuit.since() : null,
                    circuit.open() ? Objects.toString(circuit.reason(), "") : ""));
            all.add(new Signal(Signal.WRITTEN, name, waiting.written(), waiting.oldestWrittenAt(), ""));
            all.add(new Signal(Signal.REJECTED, name, waiting.rejected(), null, ""));
        }
        for (StockTarget<?, ?> target : targets.stock()) {
            String name = target.adapter().target() + " stock";
            CircuitBreaker.State circuit = target.circuit().state();
            KnownPostings.Waiting waiting = target.postings().waiting();
            all.add(new Signal(
                    Signal.CIRCUIT_OPEN,
                    name,
                    circuit.open() ? 1 : 0,
                    circuit.open() ? circuit.since() : null,
                    circuit.open() ? Objects.toString(circuit.reason(), "") : ""));
            all.add(new Signal(Signal.WRITTEN, name, waiting.written(), waiting.oldestWrittenAt(), ""));
            all.add(new Signal(Signal.REJECTED, name, waiting.rejected(), null, ""));
        }
        all.addAll(oldMasters());
        return all;
    }

    /** One for each kind that nobody could look at for long. */
    private List<Signal> oldMasters() {
        Instant longAgo = clock.instant().minus(MASTERS_OLD);
        MasterFeeds feeds = new MasterFeeds(database);
        return targets.masters().stream()
                .flatMap(reader -> feeds.of(reader.target()).stream())
                .map(feed -> new Signal(
                        Signal.MASTERS_OLD,
                        feed.target() + " " + feed.kind(),
                        feed.seenAt().isBefore(longAgo) ? 1 : 0,
                        feed.seenAt(),
                        "looked for changes last"))
                .toList();
    }

    @Override
    public List<Hop> hops(Instant from, Instant to, int limit) {
        return insight.hops(from, to, limit);
    }

    @Override
    public Map<String, String> traceparents(Set<String> keys) {
        return insight.traceparents(keys);
    }
}
