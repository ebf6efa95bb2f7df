package org.retailhub.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.domain.LedgerRow;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.platform.runtime.sql.Database;

/**
 * What the ERP knows of the ledger: each movement once, under its position's lock. What was sold without its knowledge falls by what was
 * sold. Nobody is told of it: on hand does not change. Joins the caller's transaction.
 */
public final class ErpKnowledge {
    private final Database database;
    private final Ledger ledger;

    ErpKnowledge(Database database) {
        this.database = database;
        this.ledger = new Ledger(database);
    }

    /** The ERP has the movement that a feed calls so. */
    public record Telling(
            String tenant,
            String feed,
            String sourceKey,
            String target,
            @Nullable String document) {
        private Ledger.SourceKey source() {
            return new Ledger.SourceKey(tenant, feed, sourceKey);
        }
    }

    /** What becomes of it. */
    public enum Outcome {
        DONE,
        /** Somebody has the position in hand whose outcome is open. */
        IN_DOUBT,
        /** The ledger has no such movement. */
        UNKNOWN
    }

    private record Change(Telling telling, LedgerRow row) {}

    /** Movements that a transaction is told of, and what is to be written. */
    public static final class Facts {
        private final Map<Ledger.SourceKey, LedgerRow> rows;
        private final Set<Ledger.SourceKey> known = new HashSet<>();
        private final List<Change> changes = new ArrayList<>();

        private Facts(Map<Ledger.SourceKey, LedgerRow> rows) {
            this.rows = rows;
        }

        /** What is to be taken in hand. */
        public List<PositionKey> positions() {
            return rows.values().stream().map(LedgerRow::position).toList();
        }
    }

    /** The movements are never changed: nothing is locked for them. */
    public Facts load(Collection<Telling> batch) {
        return new Facts(ledger.known(batch.stream().map(Telling::source).toList()));
    }

    /** When the positions are in hand: what is known already. */
    public void locked(Facts facts) {
        if (!facts.rows.isEmpty()) {
            List<Ledger.SourceKey> keys = List.copyOf(facts.rows.keySet());
            database.query(
                    "select k.tenant, k.feed, k.source_key from unnest(?, ?, ?) as k(tenant, feed, source_key)"
                            + " join known_to_erp using (tenant, feed, source_key)",
                    row -> facts.known.add(new Ledger.SourceKey(row.getString(1), row.getString(2), row.getString(3))),
                    keys.stream().map(Ledger.SourceKey::tenant).toArray(String[]::new),
                    keys.stream().map(Ledger.SourceKey::feed).toArray(String[]::new),
                    keys.stream().map(Ledger.SourceKey::key).toArray(String[]::new));
        }
    }

    /** Pure but for what {@link #write} is left to do. */
    public Outcome decide(Telling telling, Facts facts, Stock.Hand hand) {
        LedgerRow row = facts.rows.get(telling.source());
        if (row == null) {
            return Outcome.UNKNOWN;
        }
        if (hand.at(row.position()) == null) {
            return Outcome.IN_DOUBT;
        }
        if (facts.known.add(telling.source())) {
            facts.changes.add(new Change(telling, row));
        }
        return Outcome.DONE;
    }

    public void write(Facts facts, Instant now) {
        List<Change> changes = facts.changes;
        if (changes.isEmpty()) {
            return;
        }
        String[] tenants = texts(changes, c -> c.row().position().tenant());
        String[] skus = texts(changes, c -> c.row().position().sku());
        String[] locations = texts(changes, c -> c.row().position().location());
        BigDecimal[] quantities =
                changes.stream().map(c -> c.row().entry().unknownToErp()).toArray(BigDecimal[]::new);
        database.update(
                """
                insert into known_to_erp (known_at, tenant, feed, source_key, sku, location, quantity, target, document)
                select ?, * from unnest(?, ?, ?, ?, ?, ?, ?, ?)""",
                now,
                tenants,
                texts(changes, c -> c.telling().feed()),
                texts(changes, c -> c.telling().sourceKey()),
                skus,
                locations,
                quantities,
                texts(changes, c -> c.telling().target()),
                texts(changes, c -> c.telling().document()));
        database.update("""
                update position p set unknown_to_erp = p.unknown_to_erp - d.quantity
                from (select tenant, sku, location, sum(quantity) as quantity
                  from unnest(?, ?, ?, ?) as k(tenant, sku, location, quantity) group by 1, 2, 3 having sum(quantity) <> 0) d
                where p.tenant = d.tenant and p.sku = d.sku and p.location = d.location""", tenants, skus, locations, quantities);
    }

    private static @Nullable String[] texts(
            List<Change> changes, java.util.function.Function<Change, @Nullable String> value) {
        return changes.stream().map(value).toArray(String[]::new);
    }
}
