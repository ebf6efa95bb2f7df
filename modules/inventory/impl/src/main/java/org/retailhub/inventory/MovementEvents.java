package org.retailhub.inventory;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.retailhub.inventory.api.InventoryQueues;
import org.retailhub.inventory.api.StockMoved;
import org.retailhub.inventory.domain.Entry;
import org.retailhub.inventory.domain.ErpRelevance;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.platform.kernel.Envelope;
import org.retailhub.platform.kernel.Ulid;
import org.retailhub.platform.runtime.messaging.OutboundMessage;
import org.retailhub.platform.runtime.sql.Database;

/** What the ERP has to be told of rows that were just written to the ledger. */
final class MovementEvents {
    private final ErpMovementKinds.Lookup kinds;
    private final Ulid ids;

    MovementEvents(Database database, Ulid ids) {
        this.kinds = new ErpMovementKinds.Lookup(database);
        this.ids = ids;
    }

    /** One question for all of them, none if all are told by their orders or known. */
    List<OutboundMessage> of(List<LedgerRow> rows, String causedBy) {
        Map<LedgerRow, ErpRelevance> relevant = new HashMap<>();
        Set<String> asked = new HashSet<>();
        for (LedgerRow row : rows) {
            ErpRelevance relevance = ErpRelevance.of(row.entry());
            if (relevance != ErpRelevance.NEVER) {
                relevant.put(row, relevance);
            }
            if (relevance == ErpRelevance.AS_SET) {
                asked.add(row.position().tenant());
            }
        }
        Map<ErpMovementKinds.Place, Set<String>> booked = kinds.of(asked);
        return rows.stream()
                .filter(row -> {
                    ErpRelevance relevance = relevant.get(row);
                    return relevance == ErpRelevance.BY_ORDER
                            || relevance == ErpRelevance.AS_SET && isBooked(row, booked);
                })
                .map(row -> message(ids, row, causedBy))
                .toList();
    }

    private static boolean isBooked(LedgerRow row, Map<ErpMovementKinds.Place, Set<String>> booked) {
        String tenant = row.position().tenant();
        Set<String> own =
                booked.get(new ErpMovementKinds.Place(tenant, row.position().location()));
        Set<String> kinds = own != null ? own : booked.getOrDefault(new ErpMovementKinds.Place(tenant, ""), Set.of());
        return kinds.contains(row.entry().kind().wire());
    }

    static OutboundMessage message(Ulid ids, LedgerRow row, String causedBy) {
        Entry entry = row.entry();
        String tenant = row.position().tenant();
        return new OutboundMessage(
                InventoryQueues.EVENTS,
                new Envelope(
                        ids.next(),
                        StockMoved.TYPE,
                        tenant,
                        StockMoved.businessKey(tenant, entry.feed(), entry.sourceKey()),
                        1,
                        entry.traceparent(),
                        causedBy,
                        entry.channel() == null ? "" : entry.channel(),
                        StockEvents.json(new StockMoved(
                                tenant,
                                entry.feed(),
                                entry.sourceKey(),
                                entry.kind().wire(),
                                row.position().sku(),
                                row.position().location(),
                                entry.onHandChange(),
                                entry.unit(),
                                entry.occurredAt(),
                                row.recordedAt(),
                                entry.reference(),
                                entry.reason()))),
                true);
    }
}
