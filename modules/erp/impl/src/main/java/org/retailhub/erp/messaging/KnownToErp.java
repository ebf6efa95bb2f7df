package org.retailhub.erp.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import org.retailhub.erp.domain.StockPosting;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.MarkKnownToErp;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.MessageSender;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

/** Tells inventory what the ERP has in its books: each movement once, in the caller's transaction and under the postings' row locks. */
final class KnownToErp {
    private final MessageSender sender;
    private final String target;

    KnownToErp(MessageSender sender, String target) {
        this.sender = sender;
        this.target = target;
    }

    /** @param postings booked, and not told before */
    void tell(List<StockPosting> postings) {
        sender.send(postings.stream().map(this::message).toList());
    }

    private OutboundMessage message(StockPosting posting) {
        String key = MarkKnownToErp.businessKey(posting.tenant(), posting.feed(), posting.sourceKey());
        // The same whenever it is told again, after a restore as well.
        Instant time = Ulid.isValid(posting.messageId()) ? Ulid.timeOf(posting.messageId()) : Instant.EPOCH;
        return new OutboundMessage(
                InventoryQueues.COMMANDS,
                new Envelope(
                        Ulid.of(time, target + "\n" + key),
                        MarkKnownToErp.TYPE,
                        posting.tenant(),
                        key,
                        1,
                        posting.traceparent(),
                        posting.messageId(),
                        "",
                        json(new MarkKnownToErp(posting.feed(), posting.sourceKey(), target, posting.documentId()))),
                true);
    }

    static String json(MarkKnownToErp command) {
        try {
            return StrictJson.mapper().writeValueAsString(command);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a command of ours cannot be written", e);
        }
    }
}
