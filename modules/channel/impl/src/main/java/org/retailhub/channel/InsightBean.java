package org.retailhub.channel;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.runtime.hospital.HospitalDesk;
import org.retailhub.platform.runtime.insight.MissingMessages;
import org.retailhub.platform.runtime.insight.ModuleSignals;

/** Reads outside the caller's transaction, so that asking enlists nothing in it. */
@Stateless
@Local(Insight.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InsightBean implements Insight {
    @Inject
    private PayloadInsight insight;

    @Inject
    private PayloadAccounts accounts;

    @Inject
    private StockBoard stock;

    @Inject
    private ShipmentTellings tellings;

    @Inject
    private HospitalDesk desk;

    @Inject
    private ModuleSignals signals;

    @Override
    public Story story(Set<String> names) {
        return insight.story(names);
    }

    @Override
    public List<Received> received(Instant from, Instant to, int limit) {
        return accounts.received(from, to, limit);
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
        List<Signal> now = new ArrayList<>(signals.now());
        now.addAll(stock.signals());
        now.addAll(tellings.signals());
        return now;
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
