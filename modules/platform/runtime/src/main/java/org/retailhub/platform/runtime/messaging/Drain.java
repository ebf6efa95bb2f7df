package org.retailhub.platform.runtime.messaging;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.hospital.Hospital;
import org.retailhub.platform.runtime.server.ExternalBroker;
import org.retailhub.platform.runtime.server.Lease;
import org.retailhub.platform.runtime.server.Loop;
import org.retailhub.platform.runtime.sql.Database;
import org.retailhub.platform.runtime.sql.SqlFailures;
import org.retailhub.platform.runtime.trace.Trace;
import org.retailhub.platform.runtime.tx.Transactions;

/**
 * The one way to consume a queue. Each step is a JTA transaction over database and broker: take the queue's lease, take what is
 * due in the hospital, receive what waits, handle, commit. One drain per queue works at a time in the whole cluster.
 *
 * <p>Context and consumer are made inside each transaction: kept ones would fall back to a session outside XA and lose messages.
 */
public final class Drain<F, E> implements Loop.Step {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    /** A message ends the wait; what is due in the hospital waits for its end. Each wait is a transaction over database and broker. */
    private static final Duration IDLE_RECEIVE = Duration.ofSeconds(1);
    /** A two-phase commit costs what some dozen messages cost: where several come at a time, the next ones gather meanwhile. */
    private static final Duration GATHERING = Duration.ofMillis(40);

    private final Source source;
    private final BatchHandler<F, E> handler;
    private final Lease lease;
    private final Inbox inbox;
    private final OverdueMessages overdue;
    private final Hospital hospital;
    private final Trace trace;
    private final Transactions transactions;
    private final ConnectionFactory factory;
    private final Clock clock;
    private final int batchSize;
    private int limit;
    private int received;
    private @Nullable RuntimeException suspect;

    /** @throws RetailException {@link RuntimeError#SERVER_NOT_FIT} if a broker elsewhere lacks one of the source's queues */
    public Drain(
            Source source,
            BatchHandler<F, E> handler,
            int batchSize,
            Database database,
            Hospital hospital,
            Trace trace,
            Transactions transactions,
            ConnectionFactory factory,
            Clock clock) {
        this.source = source;
        this.handler = handler;
        this.batchSize = batchSize;
        this.limit = batchSize;
        ExternalBroker.ofThisServer(factory)
                .ifPresent(broker -> broker.require(List.of(source.destination(), source.dead())));
        this.lease = new Lease(database, "drain " + source.name());
        this.inbox = new Inbox(database, clock);
        this.overdue = new OverdueMessages(database, clock);
        this.hospital = hospital;
        this.trace = trace;
        this.transactions = transactions;
        this.factory = factory;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "drain-" + source.name();
    }

    @Override
    public void prepare() {
        lease.register();
    }

    /** What one transaction found. */
    private enum Found {
        NOT_MINE,
        NOTHING,
        WORK
    }

    @Override
    public Loop.Next step() {
        if (!handler.mayReceive()) {
            return Loop.Next.after(Duration.ofMillis(500));
        }
        Found found;
        try {
            found = transactions.call(this::transaction, f -> f == Found.WORK);
        } catch (RuntimeException e) {
            handler.failed(e);
            return failed(e);
        }
        if (found == Found.WORK) {
            handler.committed();
        }
        boolean full = received >= limit;
        suspect = null;
        limit = Math.min(batchSize, limit * 2);
        return switch (found) {
            case NOT_MINE -> Loop.Next.after(Duration.ofSeconds(1));
            case NOTHING -> Loop.Next.atOnce();
            case WORK -> next(received, full);
        };
    }

    /** One alone, as on a quiet day, keeps nobody waiting, and more than fits does not either. */
    static Loop.Next next(int received, boolean full) {
        return received > 1 && !full ? Loop.Next.after(GATHERING) : Loop.Next.atOnce();
    }

    private Loop.Next failed(RuntimeException failure) {
        boolean outcomeUnknown =
                failure instanceof RetailException retail && retail.kind() == ErrorKind.UNKNOWN_OUTCOME;
        if (SqlFailures.isDependencyDown(failure) || outcomeUnknown) {
            LOG.warnf("RUN-3001 %s backs off: %s", name(), failure.getMessage());
            return Loop.Next.backOff();
        }
        if (limit > 1) {
            LOG.errorf(failure, "RUN-9999 %s: a batch of up to %d failed, trying half of it", name(), limit);
            limit = limit / 2;
            return Loop.Next.atOnce();
        }
        if (suspect == null) {
            suspect = failure;
            return Loop.Next.atOnce();
        }
        LOG.errorf(failure, "RUN-9999 %s: a message could not even be parked", name());
        return buryOne();
    }

    private Found transaction() {
        received = 0;
        if (!lease.take()) {
            return Found.NOT_MINE;
        }
        // Half of the room at most, so that many due cases do not keep the queue waiting.
        List<String> dueKeys = hospital.dueKeys(source.name(), Math.max(1, limit / 2));
        // A suspect is looked at alone: the next one in line, wherever it lies.
        int room = suspect != null ? (dueKeys.isEmpty() ? 1 : 0) : limit - dueKeys.size();
        Delivery delivery = room > 0 ? receive(room, dueKeys.isEmpty()) : Delivery.NOTHING;
        received = dueKeys.size() + delivery.messages().size();
        if (dueKeys.isEmpty() && delivery.isEmpty()) {
            return Found.NOTHING;
        }
        List<String> taken = suspect != null && !dueKeys.isEmpty() ? dueKeys.subList(0, 1) : dueKeys;
        new DrainBatch<>(source.name(), handler, inbox, hospital, trace, clock)
                .run(taken, delivery.messages(), limit, suspect);
        overdue.compare(source.name(), delivery.censuses(), handler::awaited);
        return Found.WORK;
    }

    /** What one transaction took off the queue. */
    private record Delivery(List<Received> messages, List<String> censuses) {
        static final Delivery NOTHING = new Delivery(List.of(), List.of());

        boolean isEmpty() {
            return messages.isEmpty() && censuses.isEmpty();
        }
    }

    private Delivery receive(int most, boolean wait) {
        List<Received> messages = new ArrayList<>();
        List<String> censuses = new ArrayList<>();
        try (JMSContext context = factory.createContext();
                JMSConsumer consumer = source.consumer(context)) {
            Message message = wait ? consumer.receive(IDLE_RECEIVE.toMillis()) : consumer.receiveNoWait();
            while (message != null) {
                if (Census.TYPE.equals(message.getJMSType()) && message instanceof TextMessage census) {
                    censuses.add(census.getText());
                } else {
                    messages.add(Received.of(message));
                }
                message = messages.size() + censuses.size() < most ? consumer.receiveNoWait() : null;
            }
        } catch (JMSException e) {
            throw new RetailException(RuntimeError.BROKER_DOWN, e.getMessage(), e);
        }
        return new Delivery(messages, censuses);
    }

    /** Last resort: the broker alone moves the bytes aside, so that one message cannot stop its queue. */
    private Loop.Next buryOne() {
        try {
            transactions.call(() -> {
                try (JMSContext context = factory.createContext();
                        JMSConsumer consumer = source.consumer(context)) {
                    Message message = consumer.receiveNoWait();
                    if (message != null) {
                        context.createProducer().send(source.dead(), message);
                        LOG.errorf(
                                "RUN-4001 %s: moved message %s to %s.dead: somebody must look",
                                name(), message.getJMSMessageID(), source.name());
                    }
                } catch (JMSException e) {
                    throw new RetailException(RuntimeError.BROKER_DOWN, e.getMessage(), e);
                }
                return null;
            });
        } catch (RuntimeException e) {
            LOG.errorf(e, "RUN-4001 %s: could not move a message aside", name());
        }
        suspect = null;
        return Loop.Next.backOff();
    }
}
