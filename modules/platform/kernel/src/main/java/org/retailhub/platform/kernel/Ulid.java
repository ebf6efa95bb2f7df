package org.retailhub.platform.kernel;

import java.security.SecureRandom;
import java.time.Clock;

/**
 * Identifiers of 26 characters (Crockford base 32): 48 bits of milliseconds, then 80 random bits. They sort by time, fit a
 * document number of any ERP, and can be read over the telephone.
 */
public final class Ulid {
    private static final char[] ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;

    public Ulid(Clock clock) {
        this.clock = clock;
    }

    public String next() {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        char[] text = new char[26];
        long millis = clock.millis();
        for (int i = 9; i >= 0; i--) {
            text[i] = ALPHABET[(int) (millis & 31)];
            millis >>>= 5;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 5; i++) {
            high = high << 8 | random[i] & 0xff;
            low = low << 8 | random[i + 5] & 0xff;
        }
        for (int i = 0; i < 8; i++) {
            text[17 - i] = ALPHABET[(int) (high >>> 5 * i & 31)];
            text[25 - i] = ALPHABET[(int) (low >>> 5 * i & 31)];
        }
        return new String(text);
    }
}
