package org.retailhub.channel;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.StockPublications.InHand;
import org.retailhub.channel.StockPublications.Key;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.CallBudget;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.Publication;
import org.retailhub.channel.domain.Publication.State;
import org.retailhub.channel.domain.StockTelling;
import org.retailhub.channel.domain.StockTelling.Shown;
import org.retailhub.channel.domain.StockTelling.Told;
import org.retailhub.inventory.api.Availability;
import org.retailhub.inventory.api.Availability.Place;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.TryLater;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Tells channels what they may show. A step takes a connection for itself, takes what is due there as far as the channel's limit of calls goes, asks
 * inventory for the newest, notes each value before it is sent, and notes what came of it: each in a transaction of its own, and no call
 * inside one. Several may run, on any number of nodes: a connection is one's at a time.
 */
final class StockDelivery implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(StockDelivery.class);

    /**
     * @param lease how long a connection is one's without a sign of life: longer than the longest call
     * @param settling how long after a call without an answer the channel is asked what it shows: what is on its way has come by then
     */
    record Settings(Duration lease, Duration settling, Duration idle) {
        static final Settings USUAL =
                new Settings(Duration.ofSeconds(150), Duration.ofSeconds(30), Duration.ofMillis(500));
    }

    /** A call takes no longer, whatever the channel does. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(85);

    /** So that what is sent last is not much older than what is sent first. */
    private static final int MOST_IN_HAND = 10;

    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 6;

    /** A connection in hand. */
    private record Run(Deliveries.Claim claim, Connection connection, StockTelling telling, byte[] secret) {}

    /** Ends a run; what is left in hand was not sent. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Duration rest;

        /** @param rest null after a failure that somebody may have to mend */
        Stop(String why, @Nullable Duration rest) {
            super(why, null, false, false);
            this.rest = rest;
        }
    }

    private final Connections connections;
    private final ConnectionDesk desk;
    private final Connectors connectors;
    private final StockPublications publications;
    private final Deliveries deliveries;
    private final Availability availability;
    private final ChannelCalls calls;
    private final Transactions transactions;
    private final Ulid ids;
    private final Clock clock;
    private final Settings settings;

    StockDelivery(
            Connections connections,
            ConnectionDesk desk,
            Connectors connectors,
            StockPublications publications,
            Deliveries deliveries,
            Availability availability,
            ChannelCalls calls,
            Transactions transactions,
            Ulid ids,
            Clock clock,
            Settings settings) {
        this.connections = connections;
        this.desk = desk;
        this.connectors = connectors;
        this.publications = publications;
        this.deliveries = deliveries;
        this.availability = availability;
        this.calls = calls;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "stock-delivery";
    }

    @Override
    public Loop.Next step() {
        Instant now = clock.instant();
        Optional<Deliveries.Claim> claim =
                transactions.call(() -> deliveries.claim(ids.next(), now, leaseEnd(now)), Optional::isPresent);
        if (claim.isEmpty()) {
            return Loop.Next.after(settings.idle());
        }
        try {
            tell(claim.get());
        } catch (RetailException e) {
            if (e.kind() == ErrorKind.BUG) {
                throw e;
            }
            fail(claim.get(), e.detail());
        }
        return Loop.Next.atOnce();
    }

    private Instant leaseEnd(Instant now) {
        return now.plus(settings.lease());
    }

    private void tell(Deliveries.Claim claim) {
        Instant now = clock.instant();
        Connection connection = connections.byCode(claim.connection()).orElseThrow();
        StockTelling telling =
                connectors.ofKind(connection.kind()).flatMap(Connector::stock).orElseThrow();
        List<byte[]> secrets = desk.secretsOf(connection.code(), Purpose.API);
        if (secrets.isEmpty()) {
            fail(claim, "it has no api secret");
            return;
        }
        Run run = new Run(claim, connection, telling, secrets.get(secrets.size() - 1));
        CallBudget budget = claim.budget().refilled(telling.terms(), now);
        if (budget.calls() == 0) {
            rest(run, budget, now.plus(budget.untilNext(telling.terms())));
            return;
        }
        List<InHand> unknown = within(() -> {
            publications.recover(connection.code(), now.plus(settings.settling()));
            List<InHand> asked = publications.unknown(connection.code(), now, telling.mostLevels());
            if (!asked.isEmpty()) {
                deliveries.spend(claim, budget.less(1), leaseEnd(now));
            }
            return asked;
        });
        if (!unknown.isEmpty()) {
            ask(run, budget.less(1), unknown);
            return;
        }
        int most = Math.min(MOST_IN_HAND, budget.calls());
        CallBudget[] left = {budget};
        List<InHand> taken = within(() -> {
            List<InHand> due = publications.take(connection.code(), now, most);
            left[0] = budget.less(due.size());
            deliveries.spend(claim, left[0], leaseEnd(now));
            return due;
        });
        send(run, left[0], taken);
    }

    /** What the channel shows of those whose outcome nobody knows. */
    private void ask(Run run, CallBudget budget, List<InHand> unknown) {
        Shown shown;
        CallBudget left = budget;
        try {
            ChannelCalls.Reply reply = calls.get(
                    run.telling()
                            .levels(
                                    run.connection(),
                                    unknown.stream().map(InHand::level).toList()),
                    run.secret());
            shown = run.telling().readLevels(reply.status(), reply::header, reply.body());
            left = corrected(run, budget, reply);
        } catch (TryLater e) {
            rest(run, budget, clock.instant().plusSeconds(e.seconds()));
            return;
        } catch (ChannelCalls.TooLarge e) {
            shown = new Shown.Failed(String.valueOf(e.getMessage()));
        }
        Instant now = clock.instant();
        if (shown instanceof Shown.Busy busy) {
            rest(run, budget.atMost(0), now.plus(busy.retryAfter()));
            return;
        }
        if (shown instanceof Shown.Failed failed) {
            fail(run.claim(), failed.why());
            return;
        }
        Map<StockTelling.Level, BigDecimal> levels = ((Shown.Levels) shown).levels();
        for (InHand each : unknown) {
            settle(run, each.key(), State.UNKNOWN, publication -> {
                BigDecimal there = levels.get(each.level());
                BigDecimal value = publication.value();
                return there != null && value != null && there.compareTo(value) == 0
                        ? publication.confirmed(now)
                        : publication.notTaken(now);
            });
        }
        rest(run, left, now);
    }

    private void send(Run run, CallBudget budget, List<InHand> taken) {
        CallBudget left = budget;
        Set<Key> inHand = new HashSet<>();
        taken.forEach(each -> inHand.add(each.key()));
        try {
            Map<Key, BigDecimal> values = values(run, taken);
            for (InHand each : taken) {
                BigDecimal value = values.get(each.key());
                inHand.remove(each.key());
                if (value != null) {
                    left = sendOne(run, left, each, value);
                }
            }
            rest(run, left, clock.instant());
        } catch (Stop e) {
            giveBack(run, inHand);
            if (e.rest == null) {
                fail(run.claim(), String.valueOf(e.getMessage()));
            } else {
                rest(run, left, clock.instant().plus(e.rest));
            }
        } catch (RetailException e) {
            giveBack(run, inHand);
            throw e;
        }
    }

    /** The newest of each, noted before any of it is sent; those that inventory does not know are not in it. */
    private Map<Key, BigDecimal> values(Run run, List<InHand> taken) {
        Set<Place> places = new HashSet<>();
        taken.forEach(each -> places.add(new Place(each.key().sku(), each.key().location())));
        Map<Place, Availability.Shown> shown = availability.forChannel(
                run.connection().tenant(), run.connection().channel(), places);
        Map<Key, BigDecimal> values = new HashMap<>();
        Instant now = clock.instant();
        within(() -> {
            for (InHand each : taken) {
                Availability.Shown known =
                        shown.get(new Place(each.key().sku(), each.key().location()));
                if (known == null) {
                    publications.settle(each.key(), publication -> publication.notTaken(now));
                    publications.waitForStock(each.key());
                } else {
                    BigDecimal value = run.telling().showable(known.available());
                    values.put(each.key(), value);
                    publications.settle(each.key(), publication -> publication.sending(value));
                }
            }
            return null;
        });
        return values;
    }

    private CallBudget sendOne(Run run, CallBudget budget, InHand each, BigDecimal value) {
        Instant begun = clock.instant();
        if (!within(() -> deliveries.goOn(run.claim(), leaseEnd(begun)))) {
            throw new Stop("another has this connection", Duration.ZERO);
        }
        CallBudget left = budget;
        Told told;
        try {
            ChannelCalls.Reply reply =
                    calls.post(run.telling().set(run.connection(), each.level(), value), run.secret());
            told = run.telling().read(each.level(), value, reply.status(), reply::header, reply.body());
            left = corrected(run, budget, reply);
        } catch (TryLater e) {
            told = new Told.Busy(Duration.ofSeconds(e.seconds()));
        } catch (ChannelCalls.TooLarge e) {
            told = new Told.Unclear(String.valueOf(e.getMessage()));
        } catch (RetailException e) {
            told = e.getCause() instanceof ChannelCalls.NotReached
                    ? new Told.Failed(e.detail())
                    : new Told.Unclear(e.detail());
        }
        Instant now = clock.instant();
        Told outcome = told;
        if (!settle(run, each.key(), State.SENDING, publication -> after(publication, outcome, now))
                || Duration.between(begun, now).compareTo(LONGEST_CALL) > 0) {
            // It may have overtaken another's: the newest once more.
            within(() -> {
                publications.settle(each.key(), publication -> publication.heard(now));
                return null;
            });
            throw new Stop("another has this connection", Duration.ZERO);
        }
        if (told instanceof Told.Taken) {
            return left;
        }
        if (told instanceof Told.Busy busy) {
            throw new Stop("busy", busy.retryAfter());
        }
        if (told instanceof Told.Failed failed) {
            throw new Stop(failed.why(), null);
        }
        return left;
    }

    private Publication after(Publication publication, Told told, Instant now) {
        if (told instanceof Told.Taken) {
            return publication.confirmed(now);
        }
        if (told instanceof Told.Refused refused) {
            return publication.refused(refused.why(), now);
        }
        if (told instanceof Told.Unclear unclear) {
            return publication.unclear(unclear.why(), now.plus(settings.settling()));
        }
        return publication.notTaken(now);
    }

    /** @return whether the connection is still ours and the row still in hand */
    private boolean settle(Run run, Key key, State state, Function<Publication, Publication> change) {
        return within(() -> {
            boolean[] settled = {false};
            if (deliveries.goOn(run.claim(), leaseEnd(clock.instant()))) {
                publications.settle(key, publication -> {
                    settled[0] = publication.state() == state;
                    return settled[0] ? change.apply(publication) : null;
                });
            }
            return settled[0];
        });
    }

    /** What was taken in hand and not sent. */
    private void giveBack(Run run, Set<Key> inHand) {
        Instant now = clock.instant();
        inHand.forEach(key -> settle(run, key, State.SENDING, publication -> publication.notTaken(now)));
    }

    private static CallBudget corrected(Run run, CallBudget budget, ChannelCalls.Reply reply) {
        var left = run.telling().callsLeft(reply::header);
        return left.isPresent() ? budget.atMost(left.getAsInt()) : budget;
    }

    private void rest(Run run, CallBudget left, Instant until) {
        within(() -> {
            deliveries.rest(run.claim(), left, until);
            return null;
        });
    }

    private void fail(Deliveries.Claim claim, String why) {
        Duration rest = FIRST_BACK_OFF.multipliedBy(1L << Math.min(claim.failures(), MOST_DOUBLINGS));
        LOG.warnf(
                "%s %s is told of stock again in %s: %s",
                ChannelError.CHANNEL_DOWN.code(), claim.connection(), rest, why);
        Instant until = clock.instant().plus(rest);
        within(() -> {
            deliveries.fail(claim, why, until);
            return null;
        });
    }

    private <T> T within(java.util.function.Supplier<T> work) {
        return transactions.call(work);
    }
}
