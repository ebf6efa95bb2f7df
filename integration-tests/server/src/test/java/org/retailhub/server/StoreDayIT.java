package org.retailhub.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.retailhub.trade.Installation;
import org.retailhub.trade.StoreDay;

/** The day of {@code ./retail demo}, and the day after it, which begins with what the first one left. */
class StoreDayIT {
    @Test
    void daysEndWithoutDriftAndWithATrueBalance() throws Exception {
        Map<String, String> variables = new HashMap<>(Hub.shared().variables());
        variables.put(
                "RETAIL_HTTP_PORT",
                Integer.toString(JudgedDoor.of(Hub.shared()).port()));
        Hub.shared().erp().normal();
        assertEquals(List.of(), new StoreDay(Installation.of(variables)).run());
        assertEquals(List.of(), new StoreDay(Installation.of(variables)).run());
    }
}
