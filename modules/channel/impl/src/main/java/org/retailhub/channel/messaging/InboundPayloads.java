package org.retailhub.channel.messaging;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.retailhub.channel.Connections;
import org.retailhub.channel.Connectors;
import org.retailhub.channel.Documents;
import org.retailhub.channel.InboundMessage;
import org.retailhub.channel.Payloads;
import org.retailhub.channel.RawPayload;
import org.retailhub.channel.Sweeps;
import org.retailhub.channel.api.ChannelError;
import org.retailhub.channel.domain.Arrival;
import org.retailhub.channel.domain.Connection;
import org.retailhub.channel.domain.Connector;
import org.retailhub.channel.domain.DocumentKey;
import org.retailhub.channel.domain.Fate;
import org.retailhub.channel.domain.Ledger;
import org.retailhub.channel.domain.Outcome;
import org.retailhub.channel.domain.Translation;
import org.retailhub.order.api.CanonicalOrder;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.RuntimeError;
import org.retailhub.platform.runtime.messaging.BatchHandler;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.messaging.Verdict;
import org.retailhub.platform.runtime.rest.StrictJson;
import org.retailhub.platform.runtime.trace.Trace;

/** Translates stored payloads, decides by their versions what is new, and sends commands and events, a batch a transaction. */
public final class InboundPayloads implements BatchHandler<InboundPayloads.Facts, InboundPayloads.Effect> {
    /** @param outcomes by message id */
    public record Facts(Map<String, Outcome> outcomes, Map<String, Arrival> arrivals, Ledger ledger) {}

    /** What one payload leads to. */
    public record Effect(Arrival arrival, Outcome.Settled settled) {}

    private final Payloads payloads;
    private final Connections connections;
    private final Documents documents;
    private final Sweeps sweeps;
    private final Connectors connectors;
    private final MessageSender sender;
    private final Trace trace;
    private final Clock clock;

    public InboundPayloads(
            Payloads payloads,
            Connections connections,
            Documents documents,
            Sweeps sweeps,
            Connectors connectors,
            MessageSender sender,
            Trace trace,
            Clock clock) {
        this.payloads = payloads;
        this.connections = connections;
        this.documents = documents;
        this.sweeps = sweeps;
        this.connectors = connectors;
        this.sender = sender;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Facts load(List<Envelope> batch) {
        Map<String, Outcome> outcomes = new HashMap<>();
        Map<String, InboundMessage> messages = new HashMap<>();
        for (Envelope message : batch) {
            try {
                messages.put(message.messageId(), read(message));
            } catch (RetailException e) {
                outcomes.put(message.messageId(), new Outcome.Sick(e.code(), e.detail()));
            }
        }
        Map<String, RawPayload> stored = payloads.byIds(
                messages.values().stream().map(InboundMessage::payloadId).toList());
        Map<String, Connection> known = connections.byCodes(
                stored.values().stream().map(RawPayload::connection).toList());
        Map<String, Arrival> arrivals = new HashMap<>();
        messages.forEach((messageId, message) -> {
            RawPayload payload = stored.get(message.payloadId());
            Connection connection = payload == null ? null : known.get(payload.connection());
            if (payload == null || connection == null) {
                outcomes.put(
                        messageId, new Outcome.Sick(ChannelError.PAYLOAD_NOT_FOUND, "'" + message.payloadId() + "'"));
            } else {
                arrivals.put(
                        messageId,
                        new Arrival(
                                payload.payloadId(),
                                connection,
                                payload.isAsked(),
                                payload.traceparent(),
                                translate(connection, payload, message)));
            }
        });
        Ledger ledger = decide(arrivals.values());
        arrivals.forEach((messageId, arrival) -> outcomes.put(messageId, ledger.outcomeOf(arrival.payloadId())));
        return new Facts(outcomes, arrivals, ledger);
    }

    static InboundMessage read(Envelope message) {
        if (!message.type().equals(InboundMessage.TYPE)) {
            throw new RetailException(RuntimeError.UNKNOWN_MESSAGE_TYPE, message.type());
        }
        InboundMessage read = StrictJson.readMessage(message.body(), InboundMessage.class);
        if (read.payloadId() == null) {
            throw new RetailException(RuntimeError.MALFORMED_MESSAGE, "payloadId is required");
        }
        return read;
    }

    private Translation translate(Connection connection, RawPayload payload, InboundMessage message) {
        String account = payload.delivery().account();
        if (account != null && !connection.account().isEmpty() && !account.equalsIgnoreCase(connection.account())) {
            return new Translation.Refused(
                    ChannelError.OTHER_ACCOUNT, "", "'" + account + "' is not '" + connection.account() + "'");
        }
        Optional<Connector> connector = connectors.ofKind(connection.kind());
        if (connector.isEmpty()) {
            return new Translation.Refused(
                    ChannelError.INVALID_CONNECTION, "kind", "there is no connector '" + connection.kind() + "'");
        }
        byte[] body = message.corrected() == null || message.corrected().isNull()
                ? payload.body()
                : message.corrected().toString().getBytes(StandardCharsets.UTF_8);
        return connector.get().translate(connection, payload.delivery().topic(), body);
    }

    private Ledger decide(java.util.Collection<Arrival> arrivals) {
        List<Arrival> sorted = Ledger.inOrder(arrivals.stream()
                .sorted(Comparator.comparing(Arrival::payloadId))
                .toList());
        Set<DocumentKey> keys = new HashSet<>();
        List<Ledger.Refund> refunds = new ArrayList<>();
        for (Arrival arrival : sorted) {
            keys.addAll(Ledger.documentsOf(arrival));
            Ledger.refundsOf(arrival)
                    .forEach(refund ->
                            refunds.add(new Ledger.Refund(arrival.connection().code(), refund.refundId(), "", null)));
        }
        Ledger ledger = new Ledger(documents.lock(keys), documents.refunds(refunds));
        sorted.forEach(ledger::decide);
        return ledger;
    }

    @Override
    public Verdict<Effect> decide(Envelope message, Facts facts) {
        Outcome outcome = facts.outcomes().get(message.messageId());
        if (outcome instanceof Outcome.Sick sick) {
            return Verdict.park(sick.code(), sick.detail());
        }
        Arrival arrival = facts.arrivals().get(message.messageId());
        if (arrival == null || !(outcome instanceof Outcome.Settled settled)) {
            throw new IllegalStateException("not loaded: " + message.messageId());
        }
        return Verdict.handle(new Effect(arrival, settled));
    }

    @Override
    public boolean traces(Envelope message) {
        return true;
    }

    @Override
    public void write(List<Decided<Effect>> good, Facts facts) {
        Instant now = clock.instant();
        documents.store(facts.ledger().changed(), facts.ledger().newRefunds(), now);
        List<Payloads.Decided> decided = new ArrayList<>(good.size());
        List<Sweeps.Wanted> wanted = new ArrayList<>();
        List<OutboundMessage> tellings = new ArrayList<>();
        List<Trace.Hop> hops = new ArrayList<>();
        for (Decided<Effect> one : good) {
            Arrival arrival = one.effect().arrival();
            Outcome.Settled settled = one.effect().settled();
            decided.add(new Payloads.Decided(
                    arrival.payloadId(), settled.fate(), settled.document(), settled.version(), settled.detail()));
            hops.add(new Trace.Hop(
                    arrival.payloadId(),
                    arrival.connection().tenant(),
                    settled.fate().wire(),
                    one.message().messageId(),
                    (settled.document() + " " + settled.detail()).strip()));
            if (settled.fate() == Fate.ASKED_FOR) {
                wanted.add(new Sweeps.Wanted(arrival.connection().code(), settled.document(), arrival.payloadId()));
            }
            for (Outcome.Telling telling : settled.tellings()) {
                OutboundMessage message = message(arrival, telling);
                tellings.add(message);
                hops.add(new Trace.Hop(
                        message.envelope().businessKey(),
                        message.envelope().tenant(),
                        "told",
                        message.envelope().messageId(),
                        telling.type() + " #" + telling.sequence() + " from " + arrival.payloadId()));
            }
        }
        // In the order of their numbers, key by key: the queue keeps it.
        tellings.sort(
                Comparator.comparing((OutboundMessage each) -> each.envelope().businessKey())
                        .thenComparing(each -> each.envelope().sequence()));
        payloads.settle(decided, now);
        sweeps.want(wanted, now);
        sender.send(tellings);
        trace.record(hops);
    }

    /** The id belongs to what is told: told again after a restore, it is the same message. */
    private static OutboundMessage message(Arrival arrival, Outcome.Telling telling) {
        Connection connection = arrival.connection();
        String key = CanonicalOrder.businessKey(connection.tenant(), connection.channel(), telling.orderId());
        return new OutboundMessage(
                telling.destination(),
                new Envelope(
                        Ulid.beside(
                                arrival.payloadId(),
                                telling.destination() + '\n' + key + '\n' + telling.sequence() + '\n' + telling.body()),
                        telling.type(),
                        connection.tenant(),
                        key,
                        telling.sequence(),
                        arrival.traceparent(),
                        arrival.payloadId(),
                        connection.channel(),
                        telling.body()),
                true);
    }
}
