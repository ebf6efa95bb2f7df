package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.trade.Installation;
import org.retailhub.trade.StoreDay;

/** The day of {@code ./retail demo}, and the day after it, which begins with what the first one left. */
class StoreDayIT {
    @Test
    void daysEndWithoutDriftAndWithATrueBalance() throws Exception {
        Installation hub = JudgedDoor.installation(Hub.shared());
        Hub.shared().erp().normal();
        assertEquals(List.of(), new StoreDay(hub).run());
        assertEquals(List.of(), new StoreDay(hub).run());
    }
}
