package org.retailhub.channel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Asking.Question;
import org.retailhub.channel.domain.StockTelling.Call;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.TryLater;
import org.retailhub.platform.runtime.outside.CircuitBreaker;
import org.retailhub.platform.runtime.outside.RetryBudget;

/**
 * Asks channels over HTTP; never inside a transaction. Follows no redirect (the secret goes with each question), and an answer may neither
 * be endless nor take for ever. A host that does not answer is not asked for a while, whichever connection wants to.
 */
final class ChannelCalls {
    private static final Logger LOG = Logger.getLogger(ChannelCalls.class);
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 20_000;
    private static final long WHOLE_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int MOST_BYTES = 32 << 20;

    private static final RetryBudget.Terms RETRIES = new RetryBudget.Terms(0.1, Duration.ofSeconds(5), 5);
    private static final int MOST_HOSTS = 10_000;
    private static final byte[] NOTHING = {};

    private final Clock clock;
    private final int mostBytes;
    private final Map<String, CircuitBreaker> circuits = new ConcurrentHashMap<>();

    ChannelCalls(Clock clock) {
        this(clock, MOST_BYTES);
    }

    ChannelCalls(Clock clock, int mostBytes) {
        this.clock = clock;
        this.mostBytes = mostBytes;
    }

    /** It answered, and with more than we take at once: less may be asked for. */
    static final class TooLarge extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLarge(int mostBytes) {
            super("its answer is larger than " + mostBytes + " bytes", null, false, false);
        }
    }

    /** The cause where no connection came about: nothing was sent. */
    static final class NotReached extends IOException {
        private static final long serialVersionUID = 1L;

        NotReached(IOException cause) {
            super(cause);
        }
    }

    /** What came back. */
    record Reply(int status, HttpURLConnection call, byte[] body) {
        @Nullable
        String header(String name) {
            return call.getHeaderField(name);
        }
    }

    /**
     * @throws TooLarge if the answer is
     * @throws RetailException {@link ChannelError#CHANNEL_DOWN}; a {@link TryLater} if it was not even asked
     */
    Reply get(Question question, byte[] secret) {
        return call(new Call(question.uri(), question.secretHeader(), NOTHING), secret);
    }

    /**
     * A POST, made once whatever happens.
     *
     * @throws RetailException {@link ChannelError#CHANNEL_DOWN}: it may have been taken; caused by {@link NotReached} if it surely was not; a
     *     {@link TryLater} if nobody was even asked
     * @throws TooLarge if the answer is: it was taken, or refused
     */
    Reply post(Call call, byte[] secret) {
        return call(call, secret);
    }

    private Reply call(Call question, byte[] secret) {
        String host = String.valueOf(question.uri().getAuthority());
        CircuitBreaker circuit = circuitOf(host);
        if (!circuit.mayPass()) {
            throw new TryLater(
                    ChannelError.CHANNEL_DOWN,
                    host + " is left alone for a while: " + circuit.state().reason(),
                    Duration.between(clock.instant(), circuit.mayPassAt()));
        }
        try {
            Reply reply = ask(question, secret);
            if (reply.status() >= 500) {
                failed(host, circuit, new IOException("answered " + reply.status()));
            } else {
                circuit.succeeded();
            }
            return reply;
        } catch (TooLarge e) {
            circuit.succeeded();
            throw e;
        } catch (RetailException e) {
            failed(host, circuit, e);
            throw e;
        }
    }

    private static void failed(String host, CircuitBreaker circuit, Exception failure) {
        boolean wasClosed = circuit.isClosed();
        circuit.failed(failure);
        if (wasClosed && !circuit.isClosed()) {
            LOG.warnf(
                    "%s %s: the circuit opens: %s",
                    ChannelError.CHANNEL_DOWN.code(), host, circuit.state().reason());
        }
    }

    /** One for all connections to a host. */
    private CircuitBreaker circuitOf(String host) {
        if (circuits.size() > MOST_HOSTS) {
            circuits.clear();
        }
        return circuits.computeIfAbsent(host, any -> CircuitBreaker.byTrial(RETRIES, clock));
    }

    private Reply ask(Call question, byte[] secret) {
        HttpURLConnection call = null;
        boolean reached = question.body().length == 0;
        try {
            call = (HttpURLConnection) question.uri().toURL().openConnection();
            call.setInstanceFollowRedirects(false);
            call.setUseCaches(false);
            call.setConnectTimeout(CONNECT_MILLIS);
            call.setReadTimeout(READ_MILLIS);
            call.setRequestProperty("Accept", "application/json");
            call.setRequestProperty(question.secretHeader(), new String(secret, StandardCharsets.US_ASCII));
            if (question.body().length > 0) {
                call.setRequestMethod("POST");
                call.setDoOutput(true);
                call.setRequestProperty("Content-Type", "application/json");
                // Also keeps the JDK from sending it once more by itself when a kept connection breaks.
                call.setFixedLengthStreamingMode(question.body().length);
                call.connect();
                reached = true;
                call.getOutputStream().write(question.body());
            }
            int status = call.getResponseCode();
            try (InputStream in = status < 400 ? call.getInputStream() : call.getErrorStream()) {
                return new Reply(status, call, in == null ? new byte[0] : read(in));
            }
        } catch (IOException e) {
            String why = question.uri().getHost() + ": " + e.getClass().getSimpleName() + " " + e.getMessage();
            throw new RetailException(ChannelError.CHANNEL_DOWN, why, reached ? e : new NotReached(e));
        } finally {
            if (call != null) {
                call.disconnect();
            }
        }
    }

    private byte[] read(InputStream in) throws IOException {
        long end = System.nanoTime() + WHOLE_NANOS;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] part = new byte[64 << 10];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            all.write(part, 0, n);
            if (all.size() > mostBytes) {
                throw new TooLarge(mostBytes);
            }
            if (System.nanoTime() - end >= 0) {
                throw new IOException("the answer takes longer than a minute");
            }
        }
        return all.toByteArray();
    }
}
