package org.retailhub.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** Asks what can be sold of one SKU after the other; an answer counts if it is about that SKU and says what is there. */
final class StockLookups implements Requests {
    private final List<byte[]> requests;
    private final byte[] there;

    /** @param onHand of each SKU: all answers must say so */
    StockLookups(String host, String key, String location, List<String> skus, int onHand) {
        this.requests = skus.stream()
                .map(sku -> ("GET /api/inventory/v1/availability?sku=" + sku + "&location=" + location
                                + " HTTP/1.1\r\nHost: " + host + "\r\nX-API-Key: " + key
                                + "\r\nAccept: application/json\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII))
                .toList();
        // As Load looks for it: without regard to the case of the answer.
        this.there = ("\"onHand\":\"" + onHand + "\"").toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public int longest() {
        return requests.stream().mapToInt(request -> request.length).max().orElseThrow();
    }

    @Override
    public void write(long number, ByteBuffer to) {
        to.put(requests.get((int) (number % requests.size())));
    }

    @Override
    public boolean taken(int status, byte[] bytes, int body, int end, Identities orders) {
        return status == 200 && Load.indexOf(bytes, there, body, end) >= 0;
    }
}
