package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A piece of trade through every flow, nothing going wrong. */
class TradingIT {
    @Test
    void everyOrderBecomesOneWholeDocument() {
        World world = World.shared();
        Burst burst = new Burst(world, "trade", 32);
        burst.run();
        Books.Audit audit = world.hub().books().audit(burst.sent(), burst.expected());
        assertTrue(audit.good(), audit::toString);
        assertEquals(30, audit.documents(), "four of 32 are cancelled, one more comes by webhook, one by a sweep");
        assertEquals(
                0,
                world.hub().books().openCases().size(),
                () -> world.hub().books().openCases().toString());
    }
}
