package org.retailhub.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the parts about stock send, and which answers count. */
class StockLoadTest {
    private static final String HELD = "{\"reservationId\":\"01J\",\"state\":\"held\",\"replayed\":false}";

    @Test
    void asksForOneSkuAfterTheOtherAndBelievesNoOtherStock() {
        StockLookups lookups = new StockLookups("hub", "key", "bench-1", List.of("A", "B"), 1_000);
        assertTrue(sent(lookups, 4).startsWith("GET /api/inventory/v1/availability?sku=A&location=bench-1 HTTP/1.1"));
        assertTrue(sent(lookups, 5).contains("?sku=B&"));
        assertTrue(taken(lookups, 200, "{\"items\":[{\"sku\":\"A\",\"onHand\":\"1000\"}]}"));
        assertEquals(false, taken(lookups, 200, "{\"items\":[{\"sku\":\"A\",\"onHand\":\"999\"}]}"));
        assertEquals(false, taken(lookups, 200, "{\"items\":[{\"sku\":\"A\",\"available\":\"0\"}]}"));
        assertEquals(false, taken(lookups, 503, "{\"onHand\":\"1000\"}"));
    }

    @Test
    void reservesOneForAReferenceOfItsOwnAndCountsWhatIsHeldAnew() {
        StockReservations reservations = new StockReservations("hub", "key", "R-", "bench-1", "HOT");
        String request = sent(reservations, 7);
        assertTrue(request.contains("\"reference\":\"R-0000000007\""), request);
        assertTrue(request.contains("\"sku\":\"HOT\",\"location\":\"bench-1\",\"quantity\":1"), request);
        assertTrue(taken(reservations, 201, HELD));
        assertEquals(false, taken(reservations, 200, HELD.replace("false", "true")));
        assertEquals(false, taken(reservations, 409, "{\"code\":\"INV-2003\"}"));
    }

    private static String sent(Requests requests, long number) {
        ByteBuffer buffer = ByteBuffer.allocate(requests.longest());
        requests.write(number, buffer);
        return new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
    }

    private static boolean taken(Requests requests, int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return requests.taken(status, bytes, 0, bytes.length, new Identities());
    }
}
