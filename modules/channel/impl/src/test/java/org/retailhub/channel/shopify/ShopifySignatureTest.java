package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.AbstractList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class ShopifySignatureTest {
    private static final byte[] NEW = bytes("secret");
    private static final byte[] OLD = bytes("old_secret");
    private static final byte[] BODY = bytes("foo=anything");
    private static final String BY_NEW = "yCGX/RrK4fcuNtr3ztk5tQGsOBjcAzHpGLdMUrbV8yI=";
    private static final String BY_OLD = "XqRcjrSv57VACn6apEO9znyu/wkN1VC7QxdSPwK3Hzs=";

    @Test
    void takesEitherSecretDuringARotation() {
        assertTrue(ShopifySignature.isRight(BY_NEW, BODY, List.of(OLD, NEW)));
        assertTrue(ShopifySignature.isRight(BY_OLD, BODY, List.of(OLD, NEW)));
        assertFalse(ShopifySignature.isRight(BY_OLD, BODY, List.of(NEW)));
    }

    @Test
    void refusesEverythingElse() {
        assertFalse(ShopifySignature.isRight(null, BODY, List.of(NEW)));
        assertFalse(ShopifySignature.isRight("", BODY, List.of(NEW)));
        assertFalse(ShopifySignature.isRight("not base64!", BODY, List.of(NEW)));
        assertFalse(ShopifySignature.isRight(BY_NEW.substring(0, 40), BODY, List.of(NEW)));
        assertFalse(ShopifySignature.isRight(BY_NEW, bytes("foo=anythinG"), List.of(NEW)));
        assertFalse(ShopifySignature.isRight(BY_NEW, BODY, List.of()));
        assertFalse(ShopifySignature.isRight("A".repeat(10_000), BODY, List.of(NEW)));
        assertFalse(
                ShopifySignature.isRight("K7gNU3sdo+OL0wNhqoVWhr3g6s1xYv72ol/pe/Unols=", new byte[0], List.of(NEW)),
                "an empty body is never right");
    }

    @Test
    void readsTheHeaderWithAndWithoutItsPrefix() {
        ShopifyConnector connector = new ShopifyConnector();
        assertTrue(
                connector.isSigned(name -> name.equals("X-Shopify-Hmac-Sha256") ? BY_NEW : null, BODY, List.of(NEW)));
        assertTrue(connector.isSigned(name -> name.equals("Shopify-Hmac-Sha256") ? BY_NEW : null, BODY, List.of(NEW)));
    }

    /** Neither text nor JSON: whoever decodes before checking changes these bytes. */
    @Test
    void checksTheBytesAsTheyCame() throws GeneralSecurityException {
        byte[] raw = {'{', (byte) 0xff, (byte) 0xfe, 0, '\r', '\n', ' ', (byte) 0xc3, '}', '\n'};
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(NEW, "HmacSHA256"));
        String signature = Base64.getEncoder().encodeToString(mac.doFinal(raw));
        assertTrue(ShopifySignature.isRight(signature, raw, List.of(NEW)));
        byte[] decoded = new String(raw, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
        assertFalse(ShopifySignature.isRight(signature, decoded, List.of(NEW)));
    }

    /** Which secret fits, and whether one does, must not show in the time it takes. */
    @Test
    void asksEachSecretEvenAfterOneFits() {
        int[] asked = {0};
        List<byte[]> secrets = new AbstractList<>() {
            @Override
            public byte[] get(int index) {
                asked[0]++;
                return index == 0 ? NEW : OLD;
            }

            @Override
            public int size() {
                return 2;
            }
        };
        assertTrue(ShopifySignature.isRight(BY_NEW, BODY, secrets));
        assertEquals(2, asked[0]);
        asked[0] = 0;
        assertFalse(ShopifySignature.isRight("not base64!", BODY, secrets));
        assertEquals(2, asked[0]);
    }

    /** Times of nanoseconds cannot be tested reliably; which comparison the class file calls can. */
    @Test
    void comparesInConstantTime() throws IOException {
        String calls;
        try (InputStream in = ShopifySignature.class.getResourceAsStream("ShopifySignature.class")) {
            calls = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
        assertTrue(calls.contains("java/security/MessageDigest") && calls.contains("isEqual"), "isEqual");
        for (String other : List.of("java/util/Arrays", "java/util/Objects", "equals", "compare", "mismatch")) {
            assertFalse(calls.contains(other), other);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
