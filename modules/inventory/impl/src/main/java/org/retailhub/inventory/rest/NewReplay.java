package org.retailhub.inventory.rest;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.Replays.Wanted;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;

/** What is to be sent once more, and to whom. */
@Schema(name = "NewReplay")
record NewReplay(
        @Schema(required = true, maxLength = 128, description = "Your own name for it", examples = "INC-4711") @Nullable
        String reference,

        @Schema(
                required = true,
                maxLength = 128,
                description = "The subscriber's queue",
                examples = "inventory.events.channel")
        @Nullable
        String subscriber,

        @Schema(required = true, description = "Told then or later", examples = "2026-11-23T00:00:00Z") @Nullable
        String from,

        @Schema(required = true, description = "Told before then; not after now", examples = "2026-11-24T00:00:00Z")
        @Nullable
        String to,

        @Schema(maxLength = 64, description = "Only what is about this SKU") @Nullable
        String sku,

        @Schema(description = "Only what is about this location") @Nullable
        String location) {
    static final String EXAMPLE =
            "{\"reference\":\"INC-4711\",\"subscriber\":\"inventory.events.channel\",\"from\":\"2026-11-23T00:00:00Z\","
                    + "\"to\":\"2026-11-24T00:00:00Z\",\"sku\":\"MUG-WHITE\"}";
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    /**
     * @param subscribers those that there are
     * @throws org.retailhub.platform.kernel.RetailException {@link InventoryError#INVALID_REPLAY} with all faults
     */
    Wanted checked(String tenant, List<String> subscribers, Instant now) {
        Faults faults = new Faults();
        String name = faults.key("reference", reference, 128);
        String queue = faults.key("subscriber", subscriber, 128);
        if (queue != null && !subscribers.contains(queue)) {
            faults.add("subscriber", subscribers.isEmpty() ? "nobody subscribes" : "must be one of " + subscribers);
        }
        Instant begin = faults.time("from", from, EARLIEST, now);
        Instant end = faults.time("to", to, EARLIEST, now);
        if (begin != null && end != null && !begin.isBefore(end)) {
            faults.add("to", "must be after from");
        }
        String only = faults.optional("sku", sku, 64);
        String place = location == null || location.isEmpty() ? "" : faults.name("location", location);
        faults.refuse(InventoryError.INVALID_REPLAY);
        return new Wanted(
                tenant,
                Objects.requireNonNull(name, "absence is a fault"),
                Objects.requireNonNull(queue, "absence is a fault"),
                Objects.requireNonNull(begin, "absence is a fault"),
                Objects.requireNonNull(end, "absence is a fault"),
                only == null ? "" : only,
                Objects.requireNonNull(place, "absence is a fault"));
    }
}
