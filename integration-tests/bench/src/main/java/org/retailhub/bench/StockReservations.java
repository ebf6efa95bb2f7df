package org.retailhub.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reserves one of the same SKU, each time for another reference: each request wants the same row. */
final class StockReservations implements Requests {
    private static final byte[] FRESH = "\"replayed\":false".getBytes(StandardCharsets.US_ASCII);

    private final OrderTemplates requests;

    /** @param run begins each reference, so that runs do not meet */
    StockReservations(String host, String key, String run, String location, String sku) {
        requests = new OrderTemplates(
                host,
                "/api/inventory/v1/reservations",
                key,
                List.of("{\"reference\":\"" + run + OrderTemplates.PLACE + "\",\"lines\":[{\"lineId\":\"1\",\"sku\":\""
                        + sku + "\",\"location\":\"" + location + "\",\"quantity\":1}]}"));
    }

    @Override
    public int longest() {
        return requests.longest();
    }

    @Override
    public void write(long number, ByteBuffer to) {
        requests.write(number, to);
    }

    @Override
    public boolean taken(int status, byte[] bytes, int body, int end, Identities orders) {
        return status == 201 && Load.indexOf(bytes, FRESH, body, end) >= 0;
    }
}
