package org.retailhub.inventory.canonical;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.platform.kernel.RetailException;

/**
 * Whose count it is, and as of when. Its key is the source with the source's own id.
 *
 * @param system one of {@link #SYSTEMS}
 * @param takenAt to the microsecond
 */
public record SnapshotHeader(String source, String key, String system, Instant takenAt) {
    /** What can count. */
    public static final Set<String> SYSTEMS = Set.of("wms", "pos", "3pl", "erp");

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** @throws RetailException {@link InventoryError#INVALID_SNAPSHOT} with all faults */
    public static SnapshotHeader check(
            @Nullable String source,
            @Nullable String key,
            @Nullable String system,
            @Nullable String takenAt,
            Instant now) {
        Faults faults = new Faults();
        String whose = faults.name("source", source);
        String own = faults.key("snapshot", key, 128);
        if (system == null || !SYSTEMS.contains(system)) {
            faults.add(
                    "system",
                    system == null ? "is required" : "must be one of " + String.join(", ", new TreeSet<>(SYSTEMS)));
        }
        // In an address an unencoded plus is read as a blank.
        Instant then = faults.time(
                "takenAt",
                takenAt == null ? null : takenAt.replace(' ', '+'),
                MovementCheck.EARLIEST,
                now.plus(CLOCK_SKEW));
        faults.refuse(InventoryError.INVALID_SNAPSHOT);
        return new SnapshotHeader(
                MovementCheck.there(whose),
                MovementCheck.there(own),
                MovementCheck.there(system),
                MovementCheck.there(then));
    }
}
