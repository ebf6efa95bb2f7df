package org.retailhub.channel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Asking;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.Delivery;
import org.retailhub.platform.kernel.Lane;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.server.Door;
import org.retailhub.platform.runtime.server.Lanes;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * From a signed body to a stored payload. Looks at nothing but the signature before it is sure who speaks, and at nothing of the body's
 * inside at all: what cannot be understood is stored like the rest.
 */
public final class PayloadDoor {
    private static final int LONGEST_ID = 200;

    private final OpenConnections connections;
    private final Connectors connectors;
    private final Door door;
    private final Ulid ids;
    private final Clock clock;
    private volatile @Nullable Reception reception;

    PayloadDoor(OpenConnections connections, Connectors connectors, Door door, Ulid ids, Clock clock) {
        this.connections = connections;
        this.connectors = connectors;
        this.door = door;
        this.ids = ids;
        this.clock = clock;
    }

    void open(Reception opened) {
        reception = opened;
    }

    /**
     * Completes after the commit: whether it is new. Failures come by the stage, all of them.
     *
     * @param header by name, whatever the case; null if it is not there
     */
    public CompletionStage<Boolean> take(
            String connection, UnaryOperator<@Nullable String> header, byte[] body, String traceparent) {
        try {
            Optional<OpenConnections.Open> open = connections.find(connection);
            Optional<Connector> connector =
                    open.flatMap(one -> connectors.ofKind(one.connection().kind()));
            // As long for a connection that is not there as for a wrong signature.
            boolean signed = connector
                    .map(one -> one.isSigned(header, body, open.get().secrets()))
                    .orElseGet(() -> anyConnector().isSigned(header, body, List.of(new byte[] {0})) && false);
            if (!signed) {
                throw new RetailException(ChannelError.NOT_SIGNED, "sign the body with the connection's secret");
            }
            Reception started =
                    admit(connector.get().lane(connector.get().delivery(header).topic()));
            return started.store(payload(open.get(), connector.get(), header, body, traceparent));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What we asked the channel for, on the same way as what it sends. */
    CompletionStage<Boolean> take(Connection connection, Asking.Found found) {
        try {
            Reception started = admit(Lane.ORDER);
            return started.store(new RawPayload(
                    ids.next(),
                    connection.code(),
                    connection.tenant(),
                    RawPayload.ASKED,
                    new Delivery(
                            RawPayload.ASKED + ':' + found.document() + '@' + found.version(),
                            found.topic(),
                            null,
                            null),
                    found.body(),
                    sha256(found.body()),
                    clock.instant(),
                    Trace.begin()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** @throws RetailException if nothing is taken now */
    private Reception admit(Lane lane) {
        door.admit(lane);
        Reception started = reception;
        if (started == null || !started.hasRoom((int) Lanes.share(lane, 100))) {
            throw new RetailException(
                    RuntimeError.OVERLOADED, started == null ? "the server is starting" : "too much waits");
        }
        return started;
    }

    /** Not each kind of connection has one: a store only asks. */
    private Connector anyConnector() {
        return connectors.kinds().stream()
                .flatMap(kind -> connectors.ofKind(kind).stream())
                .findFirst()
                .orElseThrow();
    }

    private RawPayload payload(
            OpenConnections.Open open,
            Connector connector,
            UnaryOperator<@Nullable String> header,
            byte[] body,
            String traceparent) {
        byte[] sha256 = sha256(body);
        Delivery said = connector.delivery(header);
        String id = said.id();
        if (id == null || id.length() > LONGEST_ID) {
            // Then the content is what tells deliveries apart.
            id = "sha256:"
                    + HexFormat.of().formatHex(sha256((said.topic() + '\n').getBytes(StandardCharsets.UTF_8), body));
        }
        return new RawPayload(
                ids.next(),
                open.connection().code(),
                open.connection().tenant(),
                RawPayload.WEBHOOK,
                new Delivery(id, said.topic(), said.account(), said.triggeredAt()),
                body,
                sha256,
                clock.instant(),
                traceparent);
    }

    static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
