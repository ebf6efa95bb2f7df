package org.retailhub.channel;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.Connections.Purpose;
import org.retailhub.channel.ShipmentTellings.InHand;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.CallBudget;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.ShipmentTelling;
import org.retailhub.channel.domain.ShipmentTelling.Answer;
import org.retailhub.channel.domain.ShipmentTelling.Next;
import org.retailhub.channel.domain.StockTelling;
import org.retailhub.order.api.OrderQueues;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.TryLater;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * Tells channels what has left. A step takes a connection for itself and one shipment in hand, asks what the channel knows of it, tells what it lacks,
 * and notes what came of it: each in a transaction of its own, and no call inside one. What has no answer is asked for again after a rest, and only what
 * is not there is told once more. Several may run, on any number of nodes: a connection is one's at a time.
 */
final class ShipmentDelivery implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(ShipmentDelivery.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 6;

    /** A connection in hand, with one shipment of its orders. */
    private final class Run {
        private final Deliveries.Claim claim;
        private final ShipmentTelling telling;
        private final byte[] secret;
        private final InHand inHand;
        private CallBudget budget;

        Run(Deliveries.Claim claim, ShipmentTelling telling, byte[] secret, InHand inHand, CallBudget budget) {
            this.claim = claim;
            this.telling = telling;
            this.secret = secret;
            this.inHand = inHand;
            this.budget = budget;
        }

        /** What it takes is taken from the budget before: one talk may overdraw it, and the next one waits. */
        boolean spend() {
            Instant now = clock.instant();
            budget = budget.refilled(telling.terms(), now).less(1);
            return within(() -> deliveries.spend(claim, budget, leaseEnd(now)));
        }

        /** Does this if the connection is still ours. */
        boolean note(Runnable work) {
            return within(() -> {
                boolean ours = deliveries.goOn(claim, leaseEnd(clock.instant()));
                if (ours) {
                    work.run();
                }
                return ours;
            });
        }
    }

    private final Connections connections;
    private final ConnectionDesk desk;
    private final Connectors connectors;
    private final ShipmentTellings tellings;
    private final Deliveries deliveries;
    private final ChannelCalls calls;
    private final Hospital hospital;
    private final Trace trace;
    private final Transactions transactions;
    private final Ulid ids;
    private final Clock clock;
    private final StockDelivery.Settings settings;

    ShipmentDelivery(
            Connections connections,
            ConnectionDesk desk,
            Connectors connectors,
            ShipmentTellings tellings,
            Deliveries deliveries,
            ChannelCalls calls,
            Hospital hospital,
            Trace trace,
            Transactions transactions,
            Ulid ids,
            Clock clock,
            StockDelivery.Settings settings) {
        this.connections = connections;
        this.desk = desk;
        this.connectors = connectors;
        this.tellings = tellings;
        this.deliveries = deliveries;
        this.calls = calls;
        this.hospital = hospital;
        this.trace = trace;
        this.transactions = transactions;
        this.ids = ids;
        this.clock = clock;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "shipment-delivery";
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
            begin(claim.get());
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

    private void begin(Deliveries.Claim claim) {
        Instant now = clock.instant();
        Connection connection = connections.byCode(claim.connection()).orElseThrow();
        ShipmentTelling telling = connectors
                .ofKind(connection.kind())
                .flatMap(Connector::shipments)
                .orElseThrow();
        List<byte[]> secrets = desk.secretsOf(connection.code(), Purpose.API);
        if (secrets.isEmpty()) {
            fail(claim, "it has no api secret");
            return;
        }
        CallBudget budget = claim.budget().refilled(telling.terms(), now);
        if (budget.calls() == 0) {
            rest(claim, budget, now.plus(budget.untilNext(telling.terms())));
            return;
        }
        Optional<InHand> taken = within(() -> {
            tellings.recover(connection.code(), now.plus(settings.settling()));
            return tellings.take(connection.code(), now);
        });
        if (taken.isEmpty()) {
            rest(claim, budget, now);
            return;
        }
        InHand inHand = taken.get();
        Run run = new Run(claim, telling, secrets.get(secrets.size() - 1), inHand, budget);
        talk(run, telling.begin(connection, inHand.shipment(), inHand.others()));
    }

    private void talk(Run run, Next begin) {
        @Nullable Next next = begin;
        while (next != null) {
            next = follow(run, next);
        }
    }

    /** @return how it goes on; null at the end, and if another has the connection meanwhile: he asks anew */
    private @Nullable Next follow(Run run, Next next) {
        if (next instanceof Next.Ask ask) {
            return run.spend() ? answered(run, ask.call(), ask.then(), false) : null;
        }
        if (next instanceof Next.Tell tell) {
            return run.spend() ? answered(run, tell.call(), tell.then(), true) : null;
        }
        if (next instanceof Next.Told told) {
            return run.note(() -> tellings.toldAs(run.inHand.key(), told.name())) ? told.then() : null;
        }
        Instant now = clock.instant();
        if (next instanceof Next.Done done) {
            run.note(() -> tellings.told(run.inHand.key(), done.names(), now)
                    .ifPresent(names -> hop(
                            run,
                            "channel-told",
                            "shipment " + number(run)
                                    + (names.isEmpty()
                                            ? ": nothing of it is fulfilled there"
                                            : " as " + String.join(", ", names)))));
            rest(run.claim, run.budget, now);
        } else if (next instanceof Next.Refused refused) {
            run.note(() -> refuse(run, refused));
            rest(run.claim, run.budget, now);
        } else if (next instanceof Next.Busy busy) {
            run.note(() -> tellings.later(run.inHand.key(), false, null, now.plus(busy.retryAfter())));
            rest(run.claim, run.budget.atMost(0), now.plus(busy.retryAfter()));
        } else if (next instanceof Next.Failed failed) {
            // Later than others': it may be this one that cannot be told.
            Instant dueAt = now.plus(backOff(run.inHand.attempts()));
            run.note(() -> tellings.later(run.inHand.key(), false, failed.why(), dueAt));
            fail(run.claim, failed.why());
        } else if (next instanceof Next.Unclear unclear) {
            run.note(() -> {
                tellings.later(run.inHand.key(), true, unclear.why(), now.plus(settings.settling()));
                hop(run, "channel-did-not-answer", "shipment " + number(run) + ": " + unclear.why());
            });
            rest(run.claim, run.budget, now);
        }
        return null;
    }

    private Next answered(Run run, StockTelling.Call call, Function<Answer, Next> then, boolean changes) {
        try {
            ChannelCalls.Reply reply = calls.post(call, run.secret);
            Answer answer = new Answer(reply.status(), reply::header, reply.body());
            run.telling.callsLeft(answer).ifPresent(left -> run.budget = run.budget.atMost(left));
            return then.apply(answer);
        } catch (TryLater e) {
            return new Next.Busy(Duration.ofSeconds(e.seconds()));
        } catch (ChannelCalls.TooLarge e) {
            return unanswered(changes, String.valueOf(e.getMessage()));
        } catch (RetailException e) {
            return unanswered(changes && !(e.getCause() instanceof ChannelCalls.NotReached), e.detail());
        }
    }

    private static Next unanswered(boolean maybeDone, String why) {
        return maybeDone ? new Next.Unclear(why) : new Next.Failed(why);
    }

    /** Somebody has to act: the order's later shipments wait for that. */
    private void refuse(Run run, Next.Refused refused) {
        ShipmentTellings.Key key = run.inHand.key();
        if (!tellings.refused(key, refused.why())) {
            return;
        }
        Envelope event = run.inHand.message();
        hospital.open(
                OrderQueues.EVENTS_FOR_CHANNEL,
                new Envelope(
                        event.messageId(),
                        event.type(),
                        event.tenant(),
                        ShipmentTellings.caseKey(key),
                        run.inHand.refusals() + 1L,
                        event.traceparent(),
                        event.causedBy(),
                        event.channel(),
                        event.body()),
                refused.code(),
                "shipment '" + key.shipmentNumber() + "': " + refused.why());
        hop(
                run,
                "channel-refused",
                "shipment " + number(run) + ": " + refused.code().code() + " " + refused.why());
        LOG.warnf(
                "%s %s refuses shipment %s of %s: %s",
                refused.code().code(), run.claim.connection(), key.shipmentNumber(), key.orderId(), refused.why());
    }

    private static String number(Run run) {
        return run.inHand.shipment().shipmentNumber();
    }

    private void hop(Run run, String hop, String detail) {
        Envelope event = run.inHand.message();
        trace.record(List.of(new Trace.Hop(event.businessKey(), event.tenant(), hop, event.messageId(), detail)));
    }

    private void rest(Deliveries.Claim claim, CallBudget left, Instant until) {
        within(() -> {
            deliveries.rest(claim, left, until);
            return null;
        });
    }

    private void fail(Deliveries.Claim claim, String why) {
        Duration rest = backOff(claim.failures() + 1);
        LOG.warnf(
                "%s %s is told of shipments again in %s: %s",
                ChannelError.CHANNEL_DOWN.code(), claim.connection(), rest, why);
        Instant until = clock.instant().plus(rest);
        within(() -> {
            deliveries.fail(claim, why, until);
            return null;
        });
    }

    private static Duration backOff(int attempts) {
        return FIRST_BACK_OFF.multipliedBy(1L << Math.min(attempts - 1, MOST_DOUBLINGS));
    }

    private <T> T within(Supplier<T> work) {
        return transactions.call(work);
    }
}
