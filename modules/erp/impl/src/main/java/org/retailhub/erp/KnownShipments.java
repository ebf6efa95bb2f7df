package org.retailhub.erp;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.retailhub.platform.runtime.sql.Database;

/** What left for orders, as far as it was told. Joins the caller's transaction, which has the orders' postings locked. */
public final class KnownShipments {
    /** What this ERP makes of shipments: none of the shipped adapters can bring one into its ERP. */
    public static final String NOT_SUPPORTED = "not-supported";

    /** A shipment by its order and number. */
    public record Key(String orderId, String shipmentNumber) {}

    /** A shipment as it came. */
    public record Taken(
            Key key, String tenant, String state, String messageId, long sequence, String document, Instant at) {}

    private final Database database;
    private final String target;

    public KnownShipments(Database database, String target) {
        this.database = database;
        this.target = target;
    }

    /** Those of these that are known. */
    public Set<Key> known(Collection<Key> keys) {
        List<Key> asked = List.copyOf(keys);
        return asked.isEmpty()
                ? Set.of()
                : new HashSet<>(database.query(
                        """
                        select s.business_key, s.shipment_number from unnest(?, ?) as k(business_key, shipment_number)
                          join shipment_posting s using (business_key, shipment_number) where s.target = ?""",
                        row -> new Key(row.getString(1), row.getString(2)),
                        asked.stream().map(Key::orderId).toArray(String[]::new),
                        asked.stream().map(Key::shipmentNumber).toArray(String[]::new),
                        target));
    }

    public void add(List<Taken> taken) {
        if (!taken.isEmpty()) {
            database.update(
                    """
                    insert into shipment_posting
                      (target, business_key, shipment_number, tenant, state, message_id, sequence, document, taken_at)
                    select ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?)""",
                    target,
                    taken.stream().map(each -> each.key().orderId()).toArray(String[]::new),
                    taken.stream().map(each -> each.key().shipmentNumber()).toArray(String[]::new),
                    taken.stream().map(Taken::tenant).toArray(String[]::new),
                    taken.stream().map(Taken::state).toArray(String[]::new),
                    taken.stream().map(Taken::messageId).toArray(String[]::new),
                    taken.stream().map(Taken::sequence).toArray(Long[]::new),
                    taken.stream().map(Taken::document).toArray(String[]::new),
                    taken.stream().map(Taken::at).toArray(Instant[]::new));
        }
    }
}
