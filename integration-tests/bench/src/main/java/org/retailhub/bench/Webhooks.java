package org.retailhub.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed webhooks of new orders: like {@link OrderTemplates}, but each one's bytes are signed anew. */
final class Webhooks implements Requests {
    private static final int SIGNATURE = 44;
    private static final String SIGNATURE_PLACE = "=".repeat(SIGNATURE);

    private final List<byte[]> heads = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<int[]> headPlaces = new ArrayList<>();
    private final List<int[]> bodyPlaces = new ArrayList<>();
    private final List<Integer> signatures = new ArrayList<>();
    private final Mac mac;

    /**
     * @param account the shop's domain
     * @param secret that signs
     * @param orders the shop's JSON, with {@link OrderTemplates#PLACE} in each place of the order's number
     */
    Webhooks(String host, String path, String account, String secret, List<String> orders) {
        for (String order : orders) {
            byte[] body = order.getBytes(StandardCharsets.UTF_8);
            String head = "POST " + path + " HTTP/1.1\r\nHost: " + host
                    + "\r\nContent-Type: application/json\r\nX-Shopify-Topic: orders/create\r\nX-Shopify-Shop-Domain: "
                    + account
                    + "\r\nX-Shopify-API-Version: 2026-07\r\nX-Shopify-Webhook-Id: bench-" + OrderTemplates.PLACE
                    + "\r\nX-Shopify-Triggered-At: 2026-11-23T08:00:00Z\r\nX-Shopify-Hmac-Sha256: " + SIGNATURE_PLACE
                    + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            byte[] bytes = head.getBytes(StandardCharsets.US_ASCII);
            heads.add(bytes);
            bodies.add(body);
            headPlaces.add(OrderTemplates.placesIn(bytes, 0));
            bodyPlaces.add(OrderTemplates.placesIn(body, 0));
            signatures.add(head.indexOf(SIGNATURE_PLACE));
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int longest() {
        int longest = 0;
        for (int i = 0; i < heads.size(); i++) {
            longest = Math.max(longest, heads.get(i).length + bodies.get(i).length);
        }
        return longest;
    }

    @Override
    public void write(long number, ByteBuffer to) {
        int which = (int) (number % heads.size());
        int head = to.position();
        to.put(heads.get(which));
        int body = to.position();
        to.put(bodies.get(which));
        for (int place : headPlaces.get(which)) {
            OrderTemplates.digits(number, to, head + place);
        }
        for (int place : bodyPlaces.get(which)) {
            OrderTemplates.digits(number, to, body + place);
        }
        mac.update(to.duplicate().flip().position(body));
        to.put(head + signatures.get(which), Base64.getEncoder().encode(mac.doFinal()));
    }

    @Override
    public boolean taken(int status, byte[] bytes, int body, int end, Identities orders) {
        return status == 200;
    }
}
