package org.retailhub.channel.shopify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
