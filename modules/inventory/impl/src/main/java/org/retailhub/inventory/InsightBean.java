package org.retailhub.inventory;

import jakarta.ejb.Local;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.runtime.hospital.HospitalDesk;
import org.retailhub.platform.runtime.insight.MissingMessages;
import org.retailhub.platform.runtime.insight.ModuleSignals;

/** Reads outside the caller's transaction, so that asking enlists nothing in it. Orders do not come in here: there is nothing to account for. */
@Stateless
@Local(Insight.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InsightBean implements Insight {
    @Inject
    private StockInsight insight;

    @Inject
    private HospitalDesk desk;

    @Inject
    private ModuleSignals signals;

    @Inject
    private FeedExpectations expectations;

    @Override
    public Story story(Set<String> names) {
        return insight.story(names);
    }

    @Override
    public List<Received> received(Instant from, Instant to, int limit) {
        return List.of();
    }

    @Override
    public Map<String, Account> accounts(Set<String> keys) {
        return Map.of();
    }

    @Override
    public List<Missing> missing() {
        return MissingMessages.of(desk);
    }

    @Override
    public List<Signal> signals() {
        return Stream.concat(signals.now().stream(), expectations.silent().stream())
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
