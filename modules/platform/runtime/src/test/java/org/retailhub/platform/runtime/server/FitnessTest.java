package org.retailhub.platform.runtime.server;

import static org.junit.jupiter.api.Assertions.*;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FitnessTest {
    private static Map<String, String> good() {
        return new HashMap<>(Map.of(
                "max_prepared_transactions", "200",
                "fsync", "on",
                "full_page_writes", "on",
                "synchronous_commit", "on"));
    }

    @Test
    void acceptsADurableServer() {
        assertEquals(0, DatabaseFitness.faults(good()).size());
    }

    @Test
    void namesEachFaultWithItsCure() {
        for (Map.Entry<String, String> fault : Map.of(
                        "max_prepared_transactions", "0",
                        "fsync", "off",
                        "full_page_writes", "off",
                        "synchronous_commit", "off")
                .entrySet()) {
            Map<String, String> settings = good();
            settings.put(fault.getKey(), fault.getValue());
            var faults = DatabaseFitness.faults(settings);
            assertEquals(1, faults.size());
            assertTrue(faults.get(0).contains(fault.getKey()) && faults.get(0).contains("Set it to"));
        }
    }
}
