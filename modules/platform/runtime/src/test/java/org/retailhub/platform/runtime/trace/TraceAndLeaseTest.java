package org.retailhub.platform.runtime.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.database.LocalPostgres;
import org.retailhub.database.TemporaryPostgres;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.testkit.Hands;
import org.retailhub.platform.testkit.OneConnection;

/** Two small promises on one server: hops come back in their order and stay small; a lease has one holder at a time. */
class TraceAndLeaseTest {
    @Test
    void hopsStaySmallAndInOrderAndALeaseHasOneHolder() {
        try (TemporaryPostgres postgres = LocalPostgres.startTemporary(Path.of("target"));
                OneConnection mine = new OneConnection(postgres.url("erp_app"));
                OneConnection another = new OneConnection(postgres.url("erp_app"))) {
            hops(new Database(mine));
            lease(mine, another);
        }
    }

    private static void hops(Database database) {
        Hands clock = new Hands(Instant.parse("2026-11-25T10:00:00Z"));
        Trace trace = new Trace(database, clock);
        trace.record(List.of());
        trace.record(List.of(new Trace.Hop("k1", "acme", "accepted", "m1", "x".repeat(1_000))));
        clock.forward(Duration.ofSeconds(1));
        trace.record(List.of(
                new Trace.Hop("k1", "acme", "handled", "m1", ""), new Trace.Hop("k2", "acme", "handled", "m2", "")));
        List<Trace.HopView> hops = trace.of("k1");
        assertEquals(
                List.of("accepted", "handled"),
                hops.stream().map(Trace.HopView::hop).toList());
        assertEquals(160, hops.get(0).detail().length());
        assertEquals(
                Duration.ofSeconds(1),
                Duration.between(hops.get(0).at(), hops.get(1).at()));
    }

    private static void lease(OneConnection mine, OneConnection another) {
        Lease here = new Lease(new Database(mine), "one loop");
        Lease there = new Lease(new Database(another), "one loop");
        here.register();
        mine.commit();
        there.register();
        another.commit();
        assertTrue(here.take());
        assertFalse(there.take(), "held until the transaction ends");
        another.rollback();
        mine.commit();
        assertTrue(there.take());
        assertTrue(new Lease(new Database(another), "one loop").take(), "again in the same transaction");
    }
}
