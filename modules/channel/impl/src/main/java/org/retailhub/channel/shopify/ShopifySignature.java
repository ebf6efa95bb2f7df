package org.retailhub.channel.shopify;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** HMAC-SHA256 over the body as it came, in Base64. During a rotation either of two secrets is right. */
final class ShopifySignature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHA256_BYTES = 32;

    private ShopifySignature() {}

    /** Compares with each secret, in constant time. */
    static boolean isRight(@Nullable String signature, byte[] body, List<byte[]> secrets) {
        byte[] given = decode(signature);
        boolean right = false;
        for (byte[] secret : secrets) {
            right |= MessageDigest.isEqual(hmac(secret, body), given);
        }
        return right && given.length == SHA256_BYTES && body.length > 0;
    }

    private static byte[] decode(@Nullable String signature) {
        try {
            return signature == null || signature.length() > 64
                    ? new byte[0]
                    : Base64.getDecoder().decode(signature.strip());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static byte[] hmac(byte[] secret, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
