package org.retailhub.order.sourcing;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

/** How many parcels of a day were decided for each of these places; those without any may be left out. */
@FunctionalInterface
public interface ParcelCounts {
    Map<String, Integer> of(String tenant, LocalDate day, Set<String> locations);
}
