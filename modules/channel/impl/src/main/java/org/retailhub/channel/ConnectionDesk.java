package org.retailhub.channel;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Connection;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;

/** Connections as operators make and keep them. In the caller's transaction. */
public final class ConnectionDesk {
    /** Old and new while one replaces the other. */
    private static final int MOST_LIVE_SECRETS = 2;

    /** What became of a connection that somebody wants. */
    public sealed interface Opening {
        /** It is there; {@code isNew} if it was not before. */
        record Open(Connection connection, boolean isNew) implements Opening {}

        /** Its code has other content. */
        record Differs(List<String> fields) implements Opening {}

        /** Another connection brings the tenant's channel. */
        record ChannelTaken() implements Opening {}
    }

    /** What became of a secret that somebody wants kept. */
    public sealed interface Keeping {
        record Kept(String secretId) implements Keeping {}

        record TooMany(List<String> liveIds) implements Keeping {}
    }

    private final Connections connections;
    private final Sweeps sweeps;
    private final SecretBox box;
    private final Ulid ids;
    private final Clock clock;

    ConnectionDesk(Connections connections, Sweeps sweeps, SecretBox box, Ulid ids, Clock clock) {
        this.connections = connections;
        this.sweeps = sweeps;
        this.box = box;
        this.ids = ids;
        this.clock = clock;
    }

    public Opening open(Connection wanted) {
        if (connections.add(wanted, clock.instant())) {
            sweeps.register(wanted.code(), clock.instant());
            return new Opening.Open(wanted, true);
        }
        Optional<Connection> existing = connections.byCode(wanted.code());
        if (existing.isEmpty()) {
            return new Opening.ChannelTaken();
        }
        List<String> fields = differences(wanted, existing.get());
        return fields.isEmpty() ? new Opening.Open(existing.get(), false) : new Opening.Differs(fields);
    }

    private static List<String> differences(Connection wanted, Connection existing) {
        List<String> fields = new ArrayList<>();
        if (!wanted.tenant().equals(existing.tenant())) {
            fields.add("tenant");
        }
        if (!wanted.kind().equals(existing.kind())) {
            fields.add("kind");
        }
        if (!wanted.channel().equals(existing.channel())) {
            fields.add("channel");
        }
        if (!wanted.account().equals(existing.account())) {
            fields.add("account");
        }
        if (!String.valueOf(wanted.apiUrl()).equals(String.valueOf(existing.apiUrl()))) {
            fields.add("apiUrl");
        }
        return fields;
    }

    /** Empty if there is no such connection. */
    public Optional<Keeping> keep(String code, Purpose purpose, String secret) {
        if (!connections.lock(code)) {
            return Optional.empty();
        }
        List<String> live = connections.liveSecrets(code).stream()
                .filter(each -> each.purpose() == purpose)
                .map(Connections.Sealed::secretId)
                .toList();
        if (live.size() >= MOST_LIVE_SECRETS) {
            return Optional.of(new Keeping.TooMany(live));
        }
        String id = ids.next();
        connections.addSecret(
                code, id, purpose, box.seal(place(code, id), secret.getBytes(StandardCharsets.UTF_8)), clock.instant());
        return Optional.of(new Keeping.Kept(id));
    }

    /** Gone for good. @return whether there was one */
    public boolean retire(String code, String secretId) {
        return connections.retireSecret(code, secretId, clock.instant());
    }

    /** Asks the channel for all that changed since then, soon. @return whether there is such a connection */
    public boolean sweepSince(String code, Instant since) {
        return sweeps.startAt(code, since, clock.instant());
    }

    /** @return whether there is such a connection */
    public boolean setActive(String code, boolean active) {
        if (!connections.lock(code)) {
            return false;
        }
        connections.setActive(code, active, clock.instant());
        return true;
    }

    /**
     * Newest last. Never logged, never answered. One that was sealed with a key that is gone is left out where another one opens:
     * it was entered anew.
     *
     * @throws RetailException {@link ChannelError#NO_SECRETS_KEY}, {@link ChannelError#SECRET_UNREADABLE} where none opens
     */
    List<byte[]> secretsOf(String code, Purpose purpose) {
        List<byte[]> secrets = new ArrayList<>();
        RetailException unreadable = null;
        for (Connections.Sealed each : connections.liveSecrets(code)) {
            if (each.purpose() == purpose) {
                try {
                    secrets.add(box.open(place(code, each.secretId()), each.sealed()));
                } catch (RetailException e) {
                    unreadable = e;
                }
            }
        }
        if (secrets.isEmpty() && unreadable != null) {
            throw unreadable;
        }
        return secrets;
    }

    private static String place(String code, String secretId) {
        return code + '\n' + secretId;
    }
}
