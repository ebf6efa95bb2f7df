package org.retailhub.channel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.retailhub.channel.domain.Connection;

/**
 * Connections as the door needs them, with their secrets in the open: kept for 2 s, so that a stopped connection or a retired secret is dead
 * everywhere within 5.
 */
public final class OpenConnections {
    private static final long KEEP_NANOS = 2_000_000_000L;
    private static final int MOST_KEPT = 1_000;

    /** A connection that takes payloads. */
    public record Open(Connection connection, List<byte[]> secrets) {}

    private record Kept(Optional<Open> open, long until) {}

    private final Connections connections;
    private final ConnectionDesk desk;
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    OpenConnections(Connections connections, ConnectionDesk desk) {
        this.connections = connections;
        this.desk = desk;
    }

    /** Empty for one that is not there, is stopped, or has no secret. */
    public Optional<Open> find(String code) {
        long now = System.nanoTime();
        Kept found = kept.get(code);
        if (found == null || found.until() - now < 0) {
            if (kept.size() >= MOST_KEPT) {
                kept.clear();
            }
            found = new Kept(load(code), now + KEEP_NANOS);
            kept.put(code, found);
        }
        return found.open();
    }

    private Optional<Open> load(String code) {
        return connections
                .byCode(code)
                .filter(Connection::active)
                .map(connection -> new Open(connection, desk.secretsOf(code, Connections.Purpose.SIGNATURE)))
                .filter(open -> !open.secrets().isEmpty());
    }
}
