package org.retailhub.inventory.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.canonical.NumberText;
import org.retailhub.inventory.canonical.WireMovement;
import org.retailhub.inventory.domain.ChannelRule;

/** A rule as an operator writes it. What is left out keeps nothing back. */
@Schema(name = "NewChannelRule")
record NewRule(
        @Schema(ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
        String buffer,

        @Schema(ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
        String cap,

        @Schema(ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
        String minimumDisplay,

        @Schema(description = "From where the channel sells; none: from everywhere", examples = "[\"berlin-1\"]")
        @Nullable
        List<String> locations) {
    static final String EXAMPLE =
            "{\"buffer\":2,\"cap\":50,\"minimumDisplay\":3,\"locations\":[\"berlin-1\",\"hamburg-2\"]}";
    private static final int MOST_LOCATIONS = 1_000;

    /** @throws org.retailhub.platform.kernel.RetailException {@link InventoryError#INVALID_RULE} with all faults */
    ChannelRule checked(String channel, String sku) {
        Faults faults = new Faults();
        faults.key("channel", channel, 64);
        if (!sku.isEmpty()) {
            faults.key("sku", sku, 64);
        }
        BigDecimal kept = faults.orZero("buffer", buffer);
        BigDecimal most = cap == null ? null : faults.orZero("cap", cap);
        BigDecimal least = faults.orZero("minimumDisplay", minimumDisplay);
        Set<String> pool = new HashSet<>();
        List<String> all = locations == null ? List.of() : locations;
        if (all.size() > MOST_LOCATIONS) {
            faults.add("locations", "has more than " + MOST_LOCATIONS);
        } else {
            for (int i = 0; i < all.size(); i++) {
                String location = faults.name("locations[" + i + "]", all.get(i));
                if (location != null) {
                    pool.add(location);
                }
            }
        }
        faults.refuse(InventoryError.INVALID_RULE);
        return new ChannelRule(
                0,
                Objects.requireNonNull(kept, "absence is a fault"),
                most,
                Objects.requireNonNull(least, "absence is a fault"),
                Set.copyOf(pool));
    }
}
