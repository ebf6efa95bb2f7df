package org.retailhub.inventory.rest;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;

/** How a replay is to run. */
@Schema(name = "ReplayStart")
record ReplayStart(
        @Schema(minimum = "1", description = "Pauses after so many, for somebody to look", examples = "10") @Nullable
        Long canary,

        @Schema(
                minimum = "1",
                description = "Sends no more than so many, counted from its first start",
                examples = "5000")
        @Nullable
        Long limit,

        @Schema(minimum = "1", maximum = "1000", description = "Messages a second; 100 if left out", examples = "100")
        @Nullable
        Integer rate) {
    static final String EXAMPLE = "{\"canary\":10,\"limit\":5000,\"rate\":100}";
    private static final int RATE = 100;
    private static final int MOST_RATE = 1_000;
    private static final long MOST = 1_000_000_000L;

    /** @throws org.retailhub.platform.kernel.RetailException {@link InventoryError#INVALID_REPLAY} with all faults */
    ReplayStart checked() {
        Faults faults = new Faults();
        within(faults, "canary", canary, MOST);
        within(faults, "limit", limit, MOST);
        within(faults, "rate", rate == null ? null : rate.longValue(), MOST_RATE);
        faults.refuse(InventoryError.INVALID_REPLAY);
        return this;
    }

    private static void within(Faults faults, String field, @Nullable Long value, long most) {
        if (value != null && (value < 1 || value > most)) {
            faults.add(field, "must be between 1 and " + most);
        }
    }

    int perSecond() {
        return rate == null ? RATE : rate;
    }
}
