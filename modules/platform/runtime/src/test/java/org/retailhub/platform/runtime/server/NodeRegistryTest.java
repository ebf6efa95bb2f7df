package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.Hands;

/** The promise: two living servers never have one identifier, and a restart never waits. */
class NodeRegistryTest {
    private static final String ID = "node-1";
    private static TemporaryPostgres postgres;

    @TempDir
    Path stores;

    private final Hands clock = new Hands(Instant.parse("2026-11-23T10:00:00Z"));
    private Database database;

    @BeforeAll
    static void startPostgres() {
        postgres = LocalPostgres.startTemporary(Path.of("target"));
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    @BeforeEach
    void connect() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(postgres.url("partner_app"));
        database = new Database(source);
        database.update("delete from node");
    }

    private ServerNode server(String store) {
        return new ServerNode(ID, stores.resolve(store));
    }

    private NodeRegistry enter(String store) {
        return NodeRegistry.enter(database, clock, server(store));
    }

    private Instant lastBeat() {
        return database.queryOne(
                        "select heartbeat_at from node where node_id = ?",
                        row -> row.getObject(1, OffsetDateTime.class).toInstant(),
                        ID)
                .orElseThrow();
    }

    @Test
    void letsTheSameServerRestartAtOnce() {
        enter("a");
        enter("a");
        assertEquals(1, database.query("select 1 from node", row -> 1).size());
    }

    @Test
    void refusesAStrangerWhileTheHeartBeats() {
        NodeRegistry first = enter("a");
        clock.forward(Duration.ofSeconds(14));
        first.step();
        clock.forward(Duration.ofSeconds(14));
        RetailException refusal = assertThrows(RetailException.class, () -> enter("b"));
        assertEquals(RuntimeError.SERVER_NOT_FIT, refusal.code());
        assertTrue(refusal.detail().contains("'" + ID + "' is in use"), refusal::detail);
        assertTrue(refusal.detail().contains("Give this server one of its own"), refusal::detail);
    }

    @Test
    void givesAStrangerTheIdentifierOfADeadServer() {
        enter("a");
        clock.forward(Duration.ofSeconds(16));
        enter("b");
        assertEquals(clock.instant(), lastBeat());
    }

    @Test
    void doesNotTakeTheIdentifierBackFromTheServerThatHasIt() {
        NodeRegistry stoodStill = enter("a");
        clock.forward(Duration.ofSeconds(16));
        NodeRegistry successor = enter("b");
        clock.forward(Duration.ofSeconds(3));
        stoodStill.step();
        assertEquals(clock.instant().minusSeconds(3), lastBeat(), "not beaten for the other one");
        successor.step();
        assertEquals(clock.instant(), lastBeat());
    }

    @Test
    void refusesAServerWhoseConfigurationDoesNotNameIt() {
        RetailException refusal = assertThrows(RetailException.class, ServerNode::ofThisServer);
        assertTrue(refusal.detail().contains("Apply the scripts of wildfly-config"), refusal::detail);
    }
}
