package org.retailhub.platform.kernel;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/**
 * Identifiers of 26 characters (Crockford base 32): 48 bits of milliseconds, then 80 random bits, or bits that belong to a key. They sort by time, fit a
 * document number of any ERP, and can be read over the telephone.
 */
public final class Ulid {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int TIME_CHARACTERS = 10;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Clock clock;

    public Ulid(Clock clock) {
        this.clock = clock;
    }

    public String next() {
        byte[] random = new byte[10];
        RANDOM.nextBytes(random);
        return text(clock.millis(), random);
    }

    /**
     * The identifier that belongs to a key: always the same for the same time and key, whoever asks and whatever was forgotten
     * since. 80 bits of the key's SHA-256 take the place of the random ones.
     */
    public static String of(Instant time, String key) {
        return text(time.toEpochMilli(), sha256(key));
    }

    /** As {@link #of}, with the time of another identifier. */
    public static String beside(String id, String key) {
        return id.substring(0, TIME_CHARACTERS) + text(0, sha256(key)).substring(TIME_CHARACTERS);
    }

    /** Whether it has the form of an identifier of ours. */
    public static boolean isValid(String text) {
        return text.length() == 26 && text.charAt(0) <= '7' && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0);
    }

    /** What identifiers of this time begin with: those of later times sort behind it. */
    public static String prefixOf(Instant time) {
        return text(time.toEpochMilli(), new byte[10]).substring(0, TIME_CHARACTERS);
    }

    /** The time in a valid identifier. */
    public static Instant timeOf(String id) {
        long millis = 0;
        for (int i = 0; i < TIME_CHARACTERS; i++) {
            millis = millis << 5 | ALPHABET.indexOf(id.charAt(i));
        }
        return Instant.ofEpochMilli(millis);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param bits the first ten bytes count */
    private static String text(long time, byte[] bits) {
        char[] text = new char[26];
        long millis = time;
        for (int i = TIME_CHARACTERS - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (millis & 31));
            millis >>>= 5;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < 5; i++) {
            high = high << 8 | bits[i] & 0xff;
            low = low << 8 | bits[i + 5] & 0xff;
        }
        for (int i = 0; i < 8; i++) {
            text[17 - i] = ALPHABET.charAt((int) (high >>> 5 * i & 31));
            text[25 - i] = ALPHABET.charAt((int) (low >>> 5 * i & 31));
        }
        return new String(text);
    }
}
