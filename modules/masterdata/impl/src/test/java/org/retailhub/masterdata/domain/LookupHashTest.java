package org.retailhub.masterdata.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.retailhub.masterdata.api.MasterDataError;
import org.retailhub.platform.kernel.RetailException;

class LookupHashTest {
    private static final String KEY = "k".repeat(32);
    private static final String OTHER_KEY = "o".repeat(32);
    private final LookupHash hashes = new LookupHash(KEY, null);

    @Test
    void findsAnAddressHoweverItIsWritten() {
        String kept = hashes.ofEmail("acme", "A.Buyer@Example.org");

        assertEquals(List.of(kept), hashes.findingEmail("acme", "a.buyer@example.ORG"));
        assertEquals(64, kept.length());
    }

    @Test
    void findsATelephoneNumberHoweverItIsWritten() {
        String kept = hashes.ofPhone("acme", "+49 (561) 123-456");

        assertEquals(List.of(kept), hashes.findingPhone("acme", "0049 561 123456"));
    }

    @Test
    void saysNothingOfOtherTenantsAndOtherKeys() {
        String kept = hashes.ofEmail("acme", "a@example.org");

        assertNotEquals(kept, hashes.ofEmail("other", "a@example.org"));
        assertNotEquals(kept, new LookupHash(OTHER_KEY).ofEmail("acme", "a@example.org"));
        assertNotEquals(kept, hashes.ofPhone("acme", "a@example.org"));
    }

    @Test
    void theKeyBeforeStillFindsWhileTheNewOneKeeps() {
        String before = hashes.ofEmail("acme", "a@example.org");
        LookupHash rotated = new LookupHash(OTHER_KEY, KEY);

        assertTrue(rotated.findingEmail("acme", "a@example.org").contains(before));
        assertFalse(before.equals(rotated.ofEmail("acme", "a@example.org")));
    }

    @Test
    void keepsNothingOfNothing() {
        assertNull(hashes.ofEmail("acme", null));
        assertNull(new LookupHash().ofPhone("acme", null));
    }

    @Test
    void asksForAKeyThatNobodyGuesses() {
        for (LookupHash without :
                List.of(new LookupHash(), new LookupHash("k".repeat(31)), new LookupHash((String) null))) {
            RetailException refusal =
                    assertThrows(RetailException.class, () -> without.ofEmail("acme", "a@example.org"));
            assertEquals(MasterDataError.NO_LOOKUP_KEY, refusal.code());
            assertThrows(RetailException.class, () -> without.findingPhone("acme", "1"));
        }
    }
}
