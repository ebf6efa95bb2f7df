package org.retailhub.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Asking;
import org.retailhub.channel.domain.Asking.Answer;
import org.retailhub.channel.domain.Asking.Found;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.Fate;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.TryLater;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Finds what webhooks lost: asks each channel that can be asked for what changed since the watermark, page by page, and takes in what is newer
 * than what we know, by the same way as webhooks. Also fetches whole documents of which only a part came. The watermark moves after
 * what it covers is stored; a crash in between asks once more. One question a step, and none inside a transaction.
 */
final class ChannelSweep implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(ChannelSweep.class);
    private static final Duration PERIOD = Duration.ofMinutes(5);
    /** The channel's list may lag behind its own times a little. */
    private static final Duration OVERLAP = Duration.ofMinutes(2);

    private static final Duration CLAIM = Duration.ofMinutes(3);
    private static final Duration IDLE = Duration.ofSeconds(1);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(5);
    private static final int MOST_WANTED = 100;
    private static final int STORE_SECONDS = 60;

    /**
     * A connection in hand.
     *
     * @param question null before the first page
     * @param listFirst after a failure: what is wanted may be what fails
     */
    private record Run(
            Connection connection,
            Asking asking,
            byte[] secret,
            Deque<Sweeps.Wanted> wanted,
            Asking.@Nullable Question question,
            Instant watermark,
            int failures,
            boolean listFirst) {
        Run at(Asking.@Nullable Question next, Instant now) {
            return new Run(connection, asking, secret, wanted, next, now, failures, listFirst);
        }

        Run listed(Instant now) {
            return new Run(connection, asking, secret, wanted, null, now, failures, false);
        }

        /** The document that is asked for next; null if the list is. */
        Sweeps.@Nullable Wanted inHand() {
            return listFirst ? null : wanted.peek();
        }
    }

    private final Sweeps sweeps;
    private final Connections connections;
    private final ConnectionDesk desk;
    private final Documents documents;
    private final Payloads payloads;
    private final Connectors connectors;
    private final PayloadDoor door;
    private final ChannelCalls calls;
    private final Transactions transactions;
    private final Clock clock;
    private @Nullable Run run;

    ChannelSweep(
            Sweeps sweeps,
            Connections connections,
            ConnectionDesk desk,
            Documents documents,
            Payloads payloads,
            Connectors connectors,
            PayloadDoor door,
            ChannelCalls calls,
            Transactions transactions,
            Clock clock) {
        this.sweeps = sweeps;
        this.connections = connections;
        this.desk = desk;
        this.documents = documents;
        this.payloads = payloads;
        this.connectors = connectors;
        this.door = door;
        this.calls = calls;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "channel-sweep";
    }

    @Override
    public Loop.Next step() {
        try {
            if (run == null) {
                run = begin();
                return run == null ? Loop.Next.after(IDLE) : Loop.Next.atOnce();
            }
            run = goOn(run);
            return Loop.Next.atOnce();
        } catch (RetailException e) {
            Run failed = run;
            run = null;
            if (e.kind() == ErrorKind.BUG) {
                throw e;
            }
            if (failed != null && e instanceof TryLater later && e.code() == ChannelError.CHANNEL_DOWN) {
                // Nobody was asked: no failure of this connection.
                rest(failed.connection().code(), Duration.ofSeconds(later.seconds()));
                return Loop.Next.atOnce();
            }
            if (failed == null || e.code() != ChannelError.CHANNEL_DOWN) {
                // Not the channel's fault: the claim runs out by itself.
                LOG.warnf("%s channel-sweep rests: %s", e.code().code(), e.detail());
                return Loop.Next.backOff();
            }
            fail(failed.connection().code(), failed.failures(), e.detail());
            Sweeps.Wanted inHand = failed.inHand();
            if (inHand != null) {
                wantLater(inHand);
            }
            return Loop.Next.atOnce();
        }
    }

    /** One that cannot be fetched holds up neither the others nor the list. */
    private void wantLater(Sweeps.Wanted wanted) {
        Instant now = clock.instant();
        transactions.call(() -> {
            sweeps.wantLater(wanted, now);
            return null;
        });
    }

    private @Nullable Run begin() {
        Instant now = clock.instant();
        Optional<Sweeps.Claim> claim = transactions.call(() -> sweeps.claim(now, now.plus(CLAIM)), Optional::isPresent);
        if (claim.isEmpty()) {
            return null;
        }
        String code = claim.get().connection();
        int failures = claim.get().failures();
        Optional<Connection> connection = connections.byCode(code);
        Optional<Asking> asking =
                connection.flatMap(one -> connectors.ofKind(one.kind())).flatMap(Connector::asking);
        if (asking.isEmpty()) {
            transactions.call(() -> {
                sweeps.busy(code, now.plus(PERIOD));
                return null;
            });
            return null;
        }
        List<byte[]> secrets;
        try {
            secrets = desk.secretsOf(code, Purpose.API);
        } catch (RetailException e) {
            fail(code, failures, e.detail());
            return null;
        }
        if (secrets.isEmpty()) {
            fail(code, failures, "it has an address to be asked at and no api secret");
            return null;
        }
        return new Run(
                connection.get(),
                asking.get(),
                secrets.get(secrets.size() - 1),
                new ArrayDeque<>(sweeps.wanted(code, MOST_WANTED)),
                null,
                claim.get().watermark(),
                failures,
                failures > 0);
    }

    /** @return null when it is at its end */
    private @Nullable Run goOn(Run current) {
        Sweeps.Wanted wanted = current.inHand();
        Asking.Question question = wanted != null
                ? current.asking().one(current.connection(), wanted.document())
                : current.question() != null
                        ? current.question()
                        : current.asking()
                                .changedSince(
                                        current.connection(),
                                        current.watermark().minus(OVERLAP));
        ChannelCalls.Reply reply;
        try {
            reply = calls.get(question, current.secret());
        } catch (ChannelCalls.TooLarge e) {
            Asking.Question smaller = wanted == null ? current.asking().smaller(question) : null;
            if (smaller == null) {
                throw new RetailException(ChannelError.CHANNEL_DOWN, String.valueOf(e.getMessage()));
            }
            return current.at(smaller, current.watermark());
        }
        Answer answer = current.asking().read(current.connection(), reply.status(), reply::header, reply.body());
        String code = current.connection().code();
        if (answer instanceof Answer.Busy busy) {
            rest(code, busy.retryAfter());
            return null;
        }
        if (answer instanceof Answer.Failed failed) {
            throw new RetailException(ChannelError.CHANNEL_DOWN, failed.why());
        }
        if (answer instanceof Answer.Page page) {
            return wanted != null ? fetched(current, wanted, page) : listed(current, page);
        }
        if (wanted == null) {
            throw new RetailException(ChannelError.CHANNEL_DOWN, "its list of documents is not there");
        }
        return gone(current, wanted);
    }

    private Run fetched(Run current, Sweeps.Wanted wanted, Answer.Page page) {
        if (page.found().isEmpty()) {
            throw new RetailException(ChannelError.CHANNEL_DOWN, "its answer has no document in it");
        }
        store(current.connection(), page.found());
        transactions.call(() -> {
            sweeps.noMoreWanted(wanted);
            return null;
        });
        current.wanted().remove();
        return current;
    }

    private Run gone(Run current, Sweeps.Wanted wanted) {
        Instant now = clock.instant();
        transactions.call(() -> {
            sweeps.noMoreWanted(wanted);
            payloads.settle(
                    List.of(new Payloads.Decided(
                            wanted.payloadId(),
                            Fate.NOTED,
                            wanted.document(),
                            null,
                            "came in part, and the channel has it no more")),
                    now);
            return null;
        });
        current.wanted().remove();
        return current;
    }

    private @Nullable Run listed(Run current, Answer.Page page) {
        Map<String, Instant> known = documents.versions(
                current.connection().code(),
                page.found().stream()
                        .map(Found::document)
                        .filter(Objects::nonNull)
                        .toList());
        store(
                current.connection(),
                page.found().stream().filter(found -> isNews(found, known)).toList());
        Instant now = clock.instant();
        Instant seen = seen(current.watermark(), page.found(), now);
        String code = current.connection().code();
        boolean last = page.next() == null;
        boolean goesOn = current.listFirst() && !current.wanted().isEmpty();
        transactions.call(() -> {
            sweeps.advance(code, current.watermark(), seen, now.plus(CLAIM), now);
            if (last && !goesOn) {
                sweeps.rest(code, seen, now.plus(PERIOD), now);
            }
            return null;
        });
        if (last) {
            return goesOn ? current.listed(seen) : null;
        }
        return current.at(page.next(), seen);
    }

    /** A document from the future does not hide what changes until then. */
    private static Instant seen(Instant watermark, List<Found> found, Instant now) {
        Instant newest = found.stream()
                .map(Found::version)
                .filter(Objects::nonNull)
                .filter(version -> !version.isAfter(now))
                .reduce(watermark, (a, b) -> a.isAfter(b) ? a : b);
        return newest.truncatedTo(ChronoUnit.MICROS);
    }

    private static boolean isNews(Found found, Map<String, Instant> known) {
        Instant version = found.document() == null ? null : known.get(found.document());
        return version == null || found.version() == null || found.version().isAfter(version);
    }

    /** Returns when all are committed. */
    private void store(Connection connection, List<Found> found) {
        List<CompletableFuture<Boolean>> stored = new ArrayList<>(found.size());
        found.forEach(one -> stored.add(door.take(connection, one).toCompletableFuture()));
        try {
            CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new)).get(STORE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RetailException retail
                    ? retail
                    : new RetailException(ChannelError.CHANNEL_DOWN, "what it said could not be stored", e);
        } catch (TimeoutException e) {
            throw new RetailException(ChannelError.CHANNEL_DOWN, "what it said could not be stored in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetailException(ChannelError.CHANNEL_DOWN, "interrupted", e);
        }
    }

    private void rest(String code, Duration rest) {
        Instant until = clock.instant().plus(rest);
        transactions.call(() -> {
            sweeps.busy(code, until);
            return null;
        });
    }

    private void fail(String code, int failures, String why) {
        Instant now = clock.instant();
        Duration rest = FIRST_BACK_OFF.multipliedBy(1L << Math.min(failures, 6));
        LOG.warnf("%s %s is asked again in %s: %s", ChannelError.CHANNEL_DOWN.code(), code, rest, why);
        transactions.call(() -> {
            sweeps.failed(code, why, now.plus(rest), now);
            return null;
        });
    }
}
