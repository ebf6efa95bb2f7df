package org.retailhub.channel;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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

    public Set<String> kinds() {
        return byKind.keySet();
    }
}
