package org.retailhub.partner.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    @Test
    void carries256RandomBits() {
        ApiKey key = ApiKey.generate(new SecureRandom());

        assertTrue(key.reveal().matches("rh_[A-Za-z0-9_-]{43}"));
        assertNotEquals(key.reveal(), ApiKey.generate(new SecureRandom()).reveal());
    }

    @Test
    void isKnownByTheSha256OfItsText() throws Exception {
        SecureRandom zeros = new SecureRandom() {
            @Override
            public void nextBytes(byte[] bytes) {
                Arrays.fill(bytes, (byte) 0);
            }
        };
        ApiKey key = ApiKey.generate(zeros);

        assertEquals("rh_" + "A".repeat(43), key.reveal());
        assertEquals(
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(key.reveal().getBytes("UTF-8"))),
                HexFormat.of().formatHex(key.sha256()));
    }

    @Test
    void doesNotShowItselfInALog() {
        ApiKey key = ApiKey.generate(new SecureRandom());

        assertFalse(key.toString().contains(key.reveal().substring(3)));
    }
}
