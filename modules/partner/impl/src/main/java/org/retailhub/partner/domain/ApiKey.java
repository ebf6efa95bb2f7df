package org.retailhub.partner.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A key as its owner holds it: {@code rh_} and 256 random bits in base64url. Shown once, when issued; the hub keeps only its
 * SHA-256. Random enough that a fast hash is right: there is nothing to guess.
 */
public final class ApiKey {
    private static final String PREFIX = "rh_";
    private static final int BYTES = 32;

    private final String text;

    private ApiKey(String text) {
        this.text = text;
    }

    public static ApiKey generate(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return new ApiKey(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    public byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The key itself, for the one answer that shows it. */
    public String reveal() {
        return text;
    }

    /** Never the key: it would end up in a log. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
