package org.retailhub.inventory;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.platform.runtime.sql.Database;

/**
 * Which kinds of movement a tenant has its ERP book, as a whole and for single locations. Nothing is booked before somebody says so. In the
 * caller's transaction; changes are audited, the same again changes nothing.
 */
public final class ErpMovementKinds {
    /** Those that can be told to the ERP: as on the wire. */
    public static final Set<String> ALL = Arrays.stream(MovementKind.values())
            .filter(MovementKind::isTold)
            .map(MovementKind::wire)
            .collect(Collectors.toUnmodifiableSet());

    /** A tenant's location; empty for the tenant as a whole. */
    record Place(String tenant, String location) {}

    /** What is set for a location; it is empty for the tenant as a whole. */
    public record Known(String location, List<String> kinds, Instant setAt) {}

    /** What is asked with each batch of movements. */
    static final class Lookup {
        private final Database database;

        Lookup(Database database) {
            this.database = database;
        }

        Map<Place, Set<String>> of(Collection<String> tenants) {
            Map<Place, Set<String>> kinds = new HashMap<>();
            if (!tenants.isEmpty()) {
                database.query(
                        "select tenant, location, kinds from erp_movement_kinds where tenant = any(?)",
                        row -> kinds.put(new Place(row.getString(1), row.getString(2)), Set.of((String[])
                                row.getArray(3).getArray())),
                        (Object) tenants.toArray(String[]::new));
            }
            return kinds;
        }
    }

    private final Database database;
    private final Stock stock;
    private final Rules rules;

    ErpMovementKinds(Database database, Stock stock, Rules rules) {
        this.database = database;
        this.stock = stock;
        this.rules = rules;
    }

    /** In order of the locations, the tenant as a whole first; 1000 at most. */
    public List<Known> of(String tenant) {
        return database.query(
                "select location, kinds, set_at from erp_movement_kinds where tenant = ? order by location limit 1000",
                row -> new Known(
                        row.getString(1),
                        List.of((String[]) row.getArray(2).getArray()),
                        row.getObject(3, OffsetDateTime.class).toInstant()),
                tenant);
    }

    /** For what is recorded from then on. @param location empty for the tenant as a whole */
    public void set(String actor, String tenant, String location, Collection<String> kinds) {
        SortedSet<String> sorted = new TreeSet<>(kinds);
        int changed = database.update("""
                insert into erp_movement_kinds as k (tenant, location, kinds, set_at) values (?, ?, ?, ?)
                on conflict (tenant, location) do update set kinds = excluded.kinds, set_at = excluded.set_at
                where k.kinds <> excluded.kinds""", tenant, location, sorted.toArray(String[]::new), stock.now());
        if (changed > 0) {
            rules.audit(
                    actor,
                    "erp-movements-set",
                    tenant,
                    location.isEmpty() ? "all" : location,
                    sorted.isEmpty() ? "none" : String.join(" ", sorted));
        }
    }
}
