package org.retailhub.masterdata;

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
import java.util.Optional;
import java.util.Set;
import org.retailhub.platform.kernel.Insight;
import org.retailhub.platform.runtime.hospital.HospitalDesk;
import org.retailhub.platform.runtime.insight.MissingMessages;
import org.retailhub.platform.runtime.insight.ModuleLog;
import org.retailhub.platform.runtime.insight.ModuleSignals;
import org.retailhub.platform.runtime.sent.Bodies;
import org.retailhub.platform.runtime.sql.Database;

/** Reads outside the caller's transaction, so that asking enlists nothing in it. What comes from ERPs comes by messages, not by a door. */
@Stateless
@Local(Insight.class)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InsightBean implements Insight {
    private static final Duration TRACES = Duration.ofHours(24);

    @Inject
    private Database database;

    @Inject
    private Clock clock;

    @Inject
    private HospitalDesk desk;

    @Inject
    private ModuleSignals signals;

    private ModuleLog log() {
        return new ModuleLog(database, Bodies.NONE);
    }

    @Override
    public Story story(Set<String> names) {
        Map<String, ModuleLog.Owner> keys = log().keysOf(names, clock.instant().minus(TRACES));
        List<Subject> subjects = new ArrayList<>();
        keys.forEach((key, owner) -> subjects.add(new Subject(key, owner.tenant(), null, null, Set.of(key))));
        return new Story(subjects, log().steps(new HashSet<>(keys.keySet())), true);
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
    public Optional<Map<String, Long>> handled(String queue, Set<String> keys) {
        return Optional.of(desk.handled(queue, keys));
    }

    @Override
    public List<Signal> signals() {
        return signals.now();
    }

    @Override
    public List<Hop> hops(Instant from, Instant to, int limit) {
        return log().hops(from, to, limit, null);
    }

    @Override
    public Map<String, String> traceparents(Set<String> keys) {
        return log().traceparentsOfCases(keys);
    }
}
