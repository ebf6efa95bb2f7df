package org.retailhub.channel;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.retailhub.channel.domain.Capability;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;

/** The connectors there are, by kind. */
public final class Connectors {
    private final Map<String, Connector> byKind;

    Connectors(Collection<Connector> connectors) {
        byKind = connectors.stream().collect(Collectors.toUnmodifiableMap(Connector::kind, each -> each));
    }

    public Optional<Connector> ofKind(String kind) {
        return Optional.ofNullable(byKind.get(kind));
    }

    /** Of connections: one of each connector, and stores, which need none. */
    public Set<String> kinds() {
        Set<String> kinds = new TreeSet<>(byKind.keySet());
        kinds.add(Connection.POS);
        return kinds;
    }

    /** Of those that can be told what they may show. */
    public Set<String> kindsTold() {
        return kindsWith(Capability.STOCK);
    }

    public Set<String> kindsWith(Capability capability) {
        return byKind.values().stream()
                .filter(each -> each.capabilities().contains(capability))
                .map(Connector::kind)
                .collect(Collectors.toUnmodifiableSet());
    }
}
