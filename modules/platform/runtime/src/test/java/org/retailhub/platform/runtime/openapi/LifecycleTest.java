package org.retailhub.platform.runtime.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class LifecycleTest {
    @Test
    void givesAtLeastHalfAYearsNotice() {
        assertEquals("2027-07-14", of("2027-01-15 2027-07-14 /docs/").sunset().toString());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> of("2027-01-15 2027-07-13 /docs/"))
                .getMessage()
                .contains("oldOne"));
    }

    @Test
    void namesTheLineThatIsWrong() {
        assertThrows(IllegalArgumentException.class, () -> of("soon"));
        assertThrows(IllegalArgumentException.class, () -> of("2027-01-15 2027-09-01"));
    }

    @Test
    void readsTheShippedPolicy() {
        assertTrue(Lifecycle.shipped().of("placeOrder").isEmpty());
    }

    private static Lifecycle.End of(String line) {
        Properties policy = new Properties();
        policy.setProperty("oldOne", line);
        return Lifecycle.of(policy).of("oldOne").orElseThrow();
    }
}
