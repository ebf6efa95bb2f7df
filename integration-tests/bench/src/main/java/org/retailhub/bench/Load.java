package org.retailhub.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A load generator in one thread over plain sockets, HTTP/1.1 kept alive: a request costs a copy of prepared bytes, an answer a scan.
 * Not Hyperfoil or Gatling: on the two cores that it shares with the server under test its own processor time counts, and every
 * accepted order's id is kept to be counted in the ERP.
 *
 * <p>Two ways: <em>closed</em> (each connection sends as soon as it has its answer; the intended time of a request is the moment
 * the connection became free) and <em>paced</em> (requests are due at fixed times and wait for a free connection; latency counts
 * from the due time, so a stall of the server is seen by every request that was due in it).
 *
 * <p>Every answer must say that something new was taken; anything else is counted by kind and does not count as accepted.
 */
final class Load {
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final int ANSWER_ROOM = 64 * 1024;
    private static final long LAST_ANSWERS_NANOS = 60_000_000_000L;

    /** What came of a run. Latencies of accepted orders only. */
    record Result(
            long sent,
            long accepted,
            Map<String, Long> otherAnswers,
            double seconds,
            Latencies latencies,
            Identities orders) {
        double perSecond() {
            return accepted / seconds;
        }
    }

    private final String host;
    private final int port;
    private final Requests requests;
    private final int connections;
    private final AtomicLong numbers;
    private final Latencies latencies = new Latencies();
    private final Identities orders = new Identities();
    private final Map<String, Long> others = new TreeMap<>();
    private final Deque<Wire> free = new ArrayDeque<>();
    private volatile double rate;
    private volatile long acceptedSoFar;
    private volatile long lateNanos;
    private @Nullable Selector selector;
    private long sent;
    private long accepted;
    private int open;

    /**
     * @param rate requests a second; 0 for closed
     * @param numbers where the channel's order numbers come from: none is used twice
     */
    Load(String host, int port, Requests requests, int connections, double rate, AtomicLong numbers) {
        this.host = host;
        this.port = port;
        this.requests = requests;
        this.connections = connections;
        this.rate = rate;
        this.numbers = numbers;
    }

    /** Changes the pace of a paced run; from any thread. */
    void pace(double perSecond) {
        rate = perSecond;
    }

    /** From any thread. */
    long acceptedSoFar() {
        return acceptedSoFar;
    }

    /** How late a paced run is in sending, because no connection was free; from any thread. */
    Duration late() {
        return Duration.ofNanos(lateNanos);
    }

    /** One connection and its request under way. */
    private static final class Wire {
        private final SocketChannel channel;
        private final ByteBuffer out;
        private final ByteBuffer in = ByteBuffer.allocate(ANSWER_ROOM);
        private final SelectionKey key;
        private long intended;

        private Wire(SocketChannel channel, Selector selector, int room) throws IOException {
            this.channel = channel;
            this.key = channel.register(selector, SelectionKey.OP_READ, this);
            this.out = ByteBuffer.allocateDirect(room);
        }
    }

    /** Sends for this long, then waits for the last answers. */
    Result run(Duration duration) throws IOException {
        return run(duration, Long.MAX_VALUE);
    }

    /** Sends for this long or until so many were sent, then waits for the last answers. */
    Result run(Duration duration, long most) throws IOException {
        try (Selector opened = Selector.open()) {
            selector = opened;
            for (int i = 0; i < connections; i++) {
                connect();
            }
            long begin = System.nanoTime();
            long end = begin + duration.toNanos();
            boolean paced = rate > 0;
            double due = begin;
            long now = begin;
            long last = begin;
            while (now < end && sent < most) {
                if (paced) {
                    while (!free.isEmpty() && due <= now && sent < most) {
                        send(free.poll(), (long) due);
                        due += 1e9 / rate;
                    }
                    lateNanos = (long) Math.max(0, now - due);
                } else {
                    while (!free.isEmpty() && sent < most) {
                        send(free.poll(), now);
                    }
                }
                long wait = paced && !free.isEmpty() ? (long) Math.min(due, end) - now : end - now;
                if (wait < 1_000_000) {
                    opened.selectNow();
                } else {
                    opened.select(Math.max(1, wait / 1_000_000));
                }
                answers();
                now = System.nanoTime();
            }
            if (paced) {
                // What was due and found no free connection was not sent: it counts as sent too late, not as never due.
                for (; due < Math.min(now, end) && sent < most; due += 1e9 / rate) {
                    count("due, but no connection was free");
                }
            }
            last = finish(now);
            return new Result(sent, accepted, Map.copyOf(others), (last - begin) / 1e9, latencies, orders);
        } finally {
            selector = null;
        }
    }

    /** @return when the last answer came */
    private long finish(long since) throws IOException {
        long last = since;
        while (free.size() < open && System.nanoTime() - since < LAST_ANSWERS_NANOS) {
            selector().select(100);
            int before = free.size();
            answers();
            if (free.size() > before) {
                last = System.nanoTime();
            }
        }
        for (int i = free.size(); i < open; i++) {
            count("no answer");
        }
        for (SelectionKey key : selector().keys()) {
            key.channel().close();
        }
        free.clear();
        open = 0;
        return last;
    }

    private Selector selector() {
        return Objects.requireNonNull(selector, "open while a run lasts");
    }

    private void connect() throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(host, port));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        free.add(new Wire(channel, selector(), requests.longest()));
        open++;
    }

    private void send(Wire wire, long intended) throws IOException {
        wire.intended = intended;
        wire.out.clear();
        requests.write(numbers.getAndIncrement(), wire.out);
        wire.out.flip();
        sent++;
        write(wire);
    }

    private void write(Wire wire) throws IOException {
        try {
            wire.channel.write(wire.out);
        } catch (IOException e) {
            lost(wire, e);
            return;
        }
        int wanted = wire.out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
        if (wire.key.interestOps() != wanted) {
            wire.key.interestOps(wanted);
        }
    }

    private void answers() throws IOException {
        for (SelectionKey key : selector().selectedKeys()) {
            Wire wire = (Wire) key.attachment();
            if (key.isValid() && key.isWritable()) {
                write(wire);
            }
            if (key.isValid() && key.isReadable()) {
                read(wire);
            }
        }
        selector().selectedKeys().clear();
        acceptedSoFar = accepted;
    }

    private void read(Wire wire) throws IOException {
        try {
            if (wire.channel.read(wire.in) < 0) {
                lost(wire, null);
                return;
            }
        } catch (IOException e) {
            lost(wire, e);
            return;
        }
        byte[] bytes = wire.in.array();
        int length = wire.in.position();
        int head = indexOf(bytes, HEAD_END, 0, length);
        if (head < 0) {
            return;
        }
        int body = head + HEAD_END.length;
        int end = end(bytes, head, body, length);
        if (end < 0) {
            if (!wire.in.hasRemaining()) {
                throw new IOException("an answer of more than " + ANSWER_ROOM + " bytes");
            }
            return;
        }
        judge(wire, bytes, body, end);
        wire.in.clear();
        free.add(wire);
    }

    /** The end of the answer, or -1 if it has not come yet. */
    private static int end(byte[] bytes, int head, int body, int length) {
        int field = indexOf(bytes, CONTENT_LENGTH, 0, head);
        if (field >= 0) {
            int size = 0;
            for (int i = field + CONTENT_LENGTH.length; bytes[i] != '\r'; i++) {
                if (bytes[i] != ' ') {
                    size = size * 10 + bytes[i] - '0';
                }
            }
            return body + size <= length ? body + size : -1;
        }
        if (indexOf(bytes, CHUNKED, 0, head) >= 0) {
            return length >= body + 5
                            && bytes[length - 5] == '0'
                            && bytes[length - 4] == '\r'
                            && bytes[length - 2] == '\r'
                            && bytes[length - 1] == '\n'
                    ? length
                    : -1;
        }
        return body;
    }

    private void judge(Wire wire, byte[] bytes, int body, int end) {
        long now = System.nanoTime();
        int status = (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
        if (requests.taken(status, bytes, body, end, orders)) {
            latencies.add(now - wire.intended);
            accepted++;
            return;
        }
        count(status + " " + excerpt(bytes, body, end));
    }

    /** So that a thousand answers of one kind are one entry: without digits. */
    private static String excerpt(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, Math.min(to - from, 400), StandardCharsets.UTF_8);
        int code = text.indexOf("\"code\":\"");
        return code >= 0 ? text.substring(code + 8, text.indexOf('"', code + 8)) : text.replaceAll("[0-9]+", "n");
    }

    private void count(String kind) {
        if (others.size() < 100 || others.containsKey(kind)) {
            others.merge(kind, 1L, Long::sum);
        }
    }

    private void lost(Wire wire, @Nullable IOException why) throws IOException {
        count("connection lost" + (why == null ? "" : ": " + why.getMessage()));
        wire.key.cancel();
        wire.channel.close();
        open--;
        connect();
    }

    /** Without regard to the case of ASCII letters in {@code bytes}; {@code wanted} is in lower case where it matters. */
    static int indexOf(byte[] bytes, byte[] wanted, int from, int to) {
        outer:
        for (int i = from; i <= to - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                int character = bytes[i + j];
                if (character >= 'A' && character <= 'Z') {
                    character += 'a' - 'A';
                }
                if (character != wanted[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}
