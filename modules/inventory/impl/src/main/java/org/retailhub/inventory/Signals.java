package org.retailhub.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.ReplenishmentNeeded;
import org.retailhub.inventory.domain.Position;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.ReorderPoint;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;

/** Tells once that a position has fallen to its reorder point, under its row lock. What is to come is asked for only then. */
final class Signals {
    private final ExpectedReceipts expected;
    private final Ulid ids;

    Signals(ExpectedReceipts expected, Ulid ids) {
        this.expected = expected;
        this.ids = ids;
    }

    /** Those of these that have just fallen take their next number; whoever calls writes it with the row. */
    List<OutboundMessage> of(List<Position> positions, Instant now, String causedBy, String traceparent) {
        List<Position> fallen = positions.stream().filter(Position::falls).toList();
        if (fallen.isEmpty()) {
            return List.of();
        }
        Map<PositionKey, List<ExpectedReceipts.Open>> open =
                expected.open(fallen.stream().map(Position::key).toList());
        List<OutboundMessage> messages = new ArrayList<>();
        for (Position position : fallen) {
            ReorderPoint reorder = position.reorder();
            if (reorder != null) {
                BigDecimal toCome = open.getOrDefault(position.key(), List.of()).stream()
                        .map(ExpectedReceipts.Open::quantity)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
                messages.add(message(ids, position, reorder, toCome, now, causedBy, traceparent));
            }
        }
        return messages;
    }

    static OutboundMessage message(
            Ulid ids,
            Position position,
            ReorderPoint reorder,
            BigDecimal toCome,
            Instant now,
            String causedBy,
            String traceparent) {
        PositionKey key = position.key();
        return new OutboundMessage(
                InventoryQueues.EVENTS,
                new Envelope(
                        ids.next(),
                        ReplenishmentNeeded.TYPE,
                        key.tenant(),
                        ReplenishmentNeeded.businessKey(key.tenant(), key.sku(), key.location()),
                        position.signal(),
                        traceparent,
                        causedBy,
                        "",
                        StockEvents.json(new ReplenishmentNeeded(
                                key.tenant(),
                                key.sku(),
                                key.location(),
                                position.unit(),
                                position.onHand(),
                                position.reserved(),
                                position.safety(),
                                position.availableToSell(),
                                toCome,
                                reorder.point(),
                                reorder.target(),
                                reorder.suggested(position.availableToSell(), toCome),
                                now))),
                true);
    }
}
