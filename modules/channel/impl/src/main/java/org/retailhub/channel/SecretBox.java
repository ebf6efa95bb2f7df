package org.retailhub.channel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.platform.kernel.RetailException;

/**
 * Seals secrets that have to be had again (a signature cannot be checked with a hash of its secret): AES-256-GCM, bound to the place they
 * are kept at, so that a sealed value moved to another row does not open. The key is the server's, not the database's; while it is
 * changed, the one before still opens.
 */
public final class SecretBox {
    private static final byte FORMAT = 1;
    private static final int KEY_ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int SHORTEST_KEY = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<byte[]> keys;

    /** @param keys as text of at least 32 characters; the first one seals, all open; null ones are left out */
    SecretBox(String... keys) {
        List<byte[]> derived = new ArrayList<>();
        for (String key : keys) {
            if (key != null && key.length() >= SHORTEST_KEY) {
                derived.add(sha256(key.getBytes(StandardCharsets.UTF_8)));
            }
        }
        this.keys = List.copyOf(derived);
    }

    /** @param place where it will be kept; the same is needed to open it */
    public byte[] seal(String place, byte[] secret) {
        if (keys.isEmpty()) {
            throw noKey();
        }
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] key = keys.get(0);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, nonce, place, secret);
        return ByteBuffer.allocate(1 + KEY_ID_BYTES + NONCE_BYTES + sealed.length)
                .put(FORMAT)
                .put(idOf(key))
                .put(nonce)
                .put(sealed)
                .array();
    }

    /** @throws RetailException {@link ChannelError#NO_SECRETS_KEY}, {@link ChannelError#SECRET_UNREADABLE} */
    public byte[] open(String place, byte[] sealed) {
        if (keys.isEmpty()) {
            throw noKey();
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed);
        if (sealed.length <= 1 + KEY_ID_BYTES + NONCE_BYTES || buffer.get() != FORMAT) {
            throw unreadable(null);
        }
        byte[] keyId = new byte[KEY_ID_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        buffer.get(keyId).get(nonce);
        byte[] text = new byte[buffer.remaining()];
        buffer.get(text);
        for (byte[] key : keys) {
            if (Arrays.equals(keyId, idOf(key))) {
                return crypt(Cipher.DECRYPT_MODE, key, nonce, place, text);
            }
        }
        throw unreadable(null);
    }

    private static byte[] crypt(int mode, byte[] key, byte[] nonce, String place, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw unreadable(e);
        }
    }

    /** Tells which key it was, and nothing about the key. */
    private static byte[] idOf(byte[] key) {
        return Arrays.copyOf(sha256(key), KEY_ID_BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RetailException noKey() {
        return new RetailException(
                ChannelError.NO_SECRETS_KEY, "give the server RETAIL_CHANNEL_SECRETS_KEY, 32 characters or more");
    }

    private static RetailException unreadable(@Nullable GeneralSecurityException cause) {
        return new RetailException(
                ChannelError.SECRET_UNREADABLE,
                "it was sealed with another key, or changed; enter the secret again",
                cause);
    }
}
