package org.retailhub.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.retailhub.channel.api.ChannelQueues;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.intake.Intake;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.trace.Trace;

/**
 * What the door does with a batch of payloads: raw rows, log rows and messages in one transaction; or, where the broker does not answer,
 * raw rows alone, to be announced later. The answer says whether it is new.
 */
final class PayloadIntake implements Intake<RawPayload, Boolean, Boolean> {
    private final Payloads payloads;
    private final MessageSender sender;
    private final Trace trace;
    private final boolean announces;

    private PayloadIntake(Payloads payloads, MessageSender sender, Trace trace, boolean announces) {
        this.payloads = payloads;
        this.sender = sender;
        this.trace = trace;
        this.announces = announces;
    }

    static PayloadIntake announcing(Payloads payloads, MessageSender sender, Trace trace) {
        return new PayloadIntake(payloads, sender, trace, true);
    }

    static PayloadIntake withoutBroker(Payloads payloads, MessageSender sender, Trace trace) {
        return new PayloadIntake(payloads, sender, trace, false);
    }

    @Override
    public String key(RawPayload request) {
        return Payloads.key(request);
    }

    /** Nothing to ask anybody: a payload is stored whatever else is down. */
    @Override
    public Boolean load(List<RawPayload> batch) {
        return Boolean.TRUE;
    }

    @Override
    public List<Boolean> write(List<RawPayload> batch, Boolean none) {
        Set<String> inDoubt = payloads.inDoubt(batch);
        Set<String> fresh = payloads.store(batch.stream()
                .filter(payload -> !inDoubt.contains(payload.payloadId()))
                .toList());
        List<Boolean> answers = new ArrayList<>(batch.size());
        List<OutboundMessage> messages = new ArrayList<>(batch.size());
        List<Trace.Hop> hops = new ArrayList<>(batch.size());
        for (RawPayload payload : batch) {
            boolean isNew = fresh.contains(payload.payloadId());
            answers.add(inDoubt.contains(payload.payloadId()) ? null : (Boolean) isNew);
            if (isNew) {
                messages.add(message(payload));
                hops.add(new Trace.Hop(
                        payload.payloadId(),
                        payload.tenant(),
                        "received",
                        "",
                        payload.connection() + " " + payload.delivery().topic() + " "
                                + payload.delivery().id()));
            }
        }
        if (announces) {
            sender.send(messages);
        } else {
            payloads.leaveUnannounced(fresh);
        }
        trace.record(hops);
        return answers;
    }

    static OutboundMessage message(RawPayload payload) {
        String body = InboundMessage.body(payload.payloadId());
        return new OutboundMessage(
                ChannelQueues.INBOUND,
                new Envelope(
                        Ulid.beside(payload.payloadId(), ChannelQueues.INBOUND + '\n' + payload.payloadId()),
                        InboundMessage.TYPE,
                        payload.tenant(),
                        payload.payloadId(),
                        1,
                        payload.traceparent(),
                        Objects.requireNonNull(payload.delivery().id(), "the door gives one to each"),
                        payload.connection(),
                        body),
                true);
    }
}
