package org.retailhub.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Whole requests made beforehand, that differ in the channel's order number only: its digits are written over in place, so that a
 * request costs the generator one copy.
 */
final class OrderTemplates implements Requests {
    /** Digits of a running number. */
    static final int DIGITS = 10;

    /** Stands for the number in the text of a template; as long as the number. */
    static final String PLACE = "#".repeat(DIGITS);

    /** Stands for the time of sending, in UTC; as long as the time. */
    static final String TIME = "~".repeat("2026-11-23T10:00:00.000Z".length());

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final byte[] ORDER_ID = "\"orderid\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FRESH = "\"replayed\":false".getBytes(StandardCharsets.US_ASCII);

    private final List<byte[]> requests = new ArrayList<>();
    private final List<int[]> places = new ArrayList<>();
    private final List<Integer> times = new ArrayList<>();
    private long millis;
    private byte[] time = new byte[0];

    /**
     * @param bodies with {@link #PLACE} wherever the number belongs, and {@link #TIME} where the time of sending does, if at all
     * @param key the API key to send
     */
    OrderTemplates(String host, String path, String key, List<String> bodies) {
        for (String body : bodies) {
            byte[] content = body.getBytes(StandardCharsets.UTF_8);
            byte[] head = ("POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nX-API-Key: " + key
                            + "\r\nAccept: application/json\r\nContent-Type: application/json\r\nContent-Length: "
                            + content.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            byte[] request = new byte[head.length + content.length];
            System.arraycopy(head, 0, request, 0, head.length);
            System.arraycopy(content, 0, request, head.length, content.length);
            requests.add(request);
            places.add(placesIn(request, head.length));
            int at = body.indexOf(TIME);
            times.add(at < 0 ? -1 : head.length + body.substring(0, at).getBytes(StandardCharsets.UTF_8).length);
        }
    }

    /** Where in a text the number belongs. */
    static int[] placesIn(byte[] request, int from) {
        List<Integer> found = new ArrayList<>();
        for (int i = from; i + DIGITS <= request.length; i++) {
            int length = 0;
            while (length < DIGITS && request[i + length] == '#') {
                length++;
            }
            if (length == DIGITS) {
                found.add(i);
                i += DIGITS - 1;
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no place for the number");
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public int longest() {
        return requests.stream().mapToInt(request -> request.length).max().orElseThrow();
    }

    @Override
    public void write(long number, ByteBuffer to) {
        int which = (int) (number % requests.size());
        byte[] request = requests.get(which);
        int start = to.position();
        to.put(request);
        if (times.get(which) >= 0) {
            to.put(start + times.get(which), now());
        }
        for (int place : places.get(which)) {
            digits(number, to, start + place);
        }
    }

    static void digits(long number, ByteBuffer to, int at) {
        long rest = number;
        for (int i = DIGITS - 1; i >= 0; i--) {
            to.put(at + i, (byte) ('0' + rest % 10));
            rest /= 10;
        }
    }

    /** 202 with the id of a new order. */
    @Override
    public boolean taken(int status, byte[] bytes, int body, int end, Identities orders) {
        if (status != 202) {
            return false;
        }
        int id = Load.indexOf(bytes, ORDER_ID, body, end);
        return id >= 0
                && id + ORDER_ID.length + Identities.LENGTH < end
                && Load.indexOf(bytes, FRESH, body, end) >= 0
                && orders.add(bytes, id + ORDER_ID.length);
    }

    private byte[] now() {
        long now = System.currentTimeMillis();
        if (now != millis) {
            millis = now;
            time = MILLIS.format(Instant.ofEpochMilli(now)).getBytes(StandardCharsets.US_ASCII);
        }
        return time;
    }
}
