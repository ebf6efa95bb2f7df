package org.retailhub.inventory;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.StockChanged;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.rest.StrictJson;

/** What is told of how positions stand, under their row locks. */
final class StockEvents {
    private final Ulid ids;

    StockEvents(Ulid ids) {
        this.ids = ids;
    }

    /** Takes the next number of each; whoever calls writes it with the row. */
    List<OutboundMessage> changed(List<Position> positions, String causedBy, String traceparent) {
        return positions.stream()
                .map(position -> message(position, causedBy, traceparent))
                .toList();
    }

    private OutboundMessage message(Position position, String causedBy, String traceparent) {
        PositionKey key = position.key();
        return new OutboundMessage(
                InventoryQueues.EVENTS,
                new Envelope(
                        ids.next(),
                        StockChanged.TYPE,
                        key.tenant(),
                        StockChanged.businessKey(key.tenant(), key.sku(), key.location()),
                        position.tell(),
                        traceparent,
                        causedBy,
                        "",
                        json(new StockChanged(
                                key.tenant(),
                                key.sku(),
                                key.location(),
                                position.unit(),
                                position.number(),
                                position.onHand(),
                                position.reserved(),
                                position.safety(),
                                position.recordedAt()))),
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
