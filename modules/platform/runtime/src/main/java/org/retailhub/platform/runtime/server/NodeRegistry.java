package org.retailhub.platform.runtime.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Keeps two living servers from sharing a transaction node identifier: each would roll back or commit the other's branches. The id
 * of a server's object store tells a restart (same store: at once) from a stranger (refused while the other one's heart beats).
 *
 * <p>The heart beats as long as the module is deployed, also while the server is suspended or fenced: its recovery works then too.
 */
public final class NodeRegistry implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(NodeRegistry.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(3);
    private static final Duration DEAD_AFTER = Duration.ofSeconds(15);

    private final Database database;
    private final Clock clock;
    private final String nodeId;
    private final String storeId;
    private boolean taken;

    private NodeRegistry(Database database, Clock clock, String nodeId, String storeId) {
        this.database = database;
        this.clock = clock;
        this.nodeId = nodeId;
        this.storeId = storeId;
    }

    /** @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} if another living server has this id */
    public static NodeRegistry enter(Database database, Clock clock, ServerNode server) {
        String nodeId = server.id();
        String storeId = storeId(server.objectStore());
        Instant now = clock.instant();
        int entered = database.update("""
                insert into node as n (node_id, store_uuid, started_at, heartbeat_at) values (?, ?, ?, ?)
                on conflict (node_id) do update
                set store_uuid = excluded.store_uuid, started_at = excluded.started_at, heartbeat_at = excluded.heartbeat_at
                where n.store_uuid = excluded.store_uuid or n.heartbeat_at < ?""", nodeId, storeId, now, now, now.minus(DEAD_AFTER));
        if (entered == 0) {
            Instant seen = database.queryOne(
                            "select heartbeat_at from node where node_id = ?",
                            row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                            nodeId)
                    .orElse(now);
            throw new RetailException(
                    RuntimeError.SERVER_NOT_FIT,
                    "the transaction node identifier '" + nodeId + "' is in use by another server, last seen " + seen
                            + ". Give this server one of its own (RETAIL_NODE), or stop the other one.");
        }
        return new NodeRegistry(database, clock, nodeId, storeId);
    }

    private static String storeId(Path objectStore) {
        Path file = objectStore.resolve("retail-hub-store-id");
        try {
            if (!Files.exists(file)) {
                Files.createDirectories(objectStore);
                Path fresh = Files.createTempFile(objectStore, "store-id", ".new");
                Files.writeString(fresh, UUID.randomUUID().toString());
                try {
                    Files.createLink(file, fresh);
                } catch (java.nio.file.FileAlreadyExistsException another) {
                    // Another module of this server was first: its id is the one.
                }
                Files.delete(fresh);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("the transaction object store is not writable: " + objectStore, e);
        }
    }

    @Override
    public String name() {
        return "node-heartbeat";
    }

    /** Keeps the heart beating until closed. */
    public Loop beat(ThreadFactory threads) {
        return Loop.start(this, threads, () -> true);
    }

    /** A server that stood still for too long may find its identifier with another one: it says so once and claims nothing back. */
    @Override
    public Loop.Next step() {
        int beaten = database.update(
                "update node set heartbeat_at = ? where node_id = ? and store_uuid = ?",
                clock.instant(),
                nodeId,
                storeId);
        if (beaten == 0 && !taken) {
            LOG.errorf(
                    "%s another server has entered as '%s' while this one stood still. Stop this one: its recovery would"
                            + " finish the other one's transactions.",
                    RuntimeError.SERVER_NOT_FIT.code(), nodeId);
        }
        taken = beaten == 0;
        return Loop.Next.after(HEARTBEAT);
    }
}
