package org.retailhub.erp.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.retailhub.erp.api.ErpQueues;
import org.retailhub.erp.api.PostingEvent;
import org.retailhub.erp.api.SalesShipment;
import org.retailhub.erp.domain.Posting;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

/** Tells what became of postings, in the caller's transaction and under the postings' row locks. */
public final class PostingEvents {
    /**
     * An event to tell.
     *
     * @param posting with the event's number, as {@link Posting#telling} gives it
     * @param body {@link PostingEvent} or {@link SalesShipment.Taken}
     * @param causedBy the message that led to it
     */
    public record Telling(Posting posting, String type, Object body, String causedBy, String traceparent) {}

    private final MessageSender sender;
    private final Ulid ids;

    public PostingEvents(MessageSender sender, Ulid ids) {
        this.sender = sender;
        this.ids = ids;
    }

    public void tell(List<Telling> tellings) {
        sender.send(tellings.stream().map(this::message).toList());
    }

    private OutboundMessage message(Telling telling) {
        Posting posting = telling.posting();
        return new OutboundMessage(
                ErpQueues.EVENTS,
                new Envelope(
                        ids.next(),
                        telling.type(),
                        posting.tenant(),
                        posting.orderId(),
                        posting.eventSequence(),
                        telling.traceparent(),
                        telling.causedBy(),
                        posting.channel(),
                        json(telling.body())),
                true);
    }

    static String json(Object event) {
        try {
            return StrictJson.mapper().writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event of ours cannot be written", e);
        }
    }
}
