package org.retailhub.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdentitiesTest {
    @Test
    void tellsIdsApartByEveryCharacter() {
        Identities ids = new Identities();
        String first = "01KB0000000000000000000000";
        assertTrue(ids.add(first.getBytes(StandardCharsets.US_ASCII), 0));
        for (int i = 1; i < Identities.LENGTH; i++) {
            String other = first.substring(0, i) + "Z" + first.substring(i + 1);
            assertTrue(ids.add(other.getBytes(StandardCharsets.US_ASCII), 0));
        }
        assertEquals(Identities.LENGTH, ids.asSet().size());
        assertTrue(ids.asSet().contains(Identities.parse(first).orElseThrow()));
    }

    @Test
    void refusesWhatIsNoId() {
        assertFalse(new Identities().add("01KB00000000000000000000-!".getBytes(StandardCharsets.US_ASCII), 0));
        assertTrue(Identities.parse("short").isEmpty());
    }
}
