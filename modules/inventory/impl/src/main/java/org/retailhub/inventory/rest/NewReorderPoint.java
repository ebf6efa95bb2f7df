package org.retailhub.inventory.rest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.math.BigDecimal;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.InventoryError;
import org.retailhub.inventory.canonical.Faults;
import org.retailhub.inventory.canonical.NumberText;
import org.retailhub.inventory.canonical.WireMovement;
import org.retailhub.inventory.domain.PositionKey;
import org.retailhub.inventory.domain.ReorderPoint;

/** When a place is to be filled up again, as an operator writes it. */
@Schema(name = "NewReorderPoint")
record NewReorderPoint(
        @Schema(required = true, maxLength = 64) @Nullable String sku,

        @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}") @Nullable
        String location,

        @Schema(required = true, ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
        String reorderPoint,

        @Schema(required = true, ref = WireMovement.DECIMAL) @JsonDeserialize(using = NumberText.class) @Nullable
        String target) {
    static final String EXAMPLE =
            "{\"sku\":\"MUG-WHITE\",\"location\":\"berlin-1\",\"reorderPoint\":20,\"target\":100}";

    /** A place and its point. */
    record Wanted(PositionKey position, ReorderPoint reorder) {}

    /** @throws org.retailhub.platform.kernel.RetailException {@link InventoryError#INVALID_RULE} with all faults */
    Wanted checked(String tenant) {
        Faults faults = new Faults();
        String article = faults.key("sku", sku, 64);
        String place = faults.name("location", location);
        BigDecimal point = required(faults, "reorderPoint", reorderPoint);
        BigDecimal full = required(faults, "target", target);
        if (point != null && full != null && full.compareTo(point) < 0) {
            faults.add("target", "must not be below reorderPoint");
        }
        faults.refuse(InventoryError.INVALID_RULE);
        return new Wanted(
                new PositionKey(
                        tenant,
                        Objects.requireNonNull(article, "absence is a fault"),
                        Objects.requireNonNull(place, "absence is a fault")),
                new ReorderPoint(
                        Objects.requireNonNull(point, "absence is a fault"),
                        Objects.requireNonNull(full, "absence is a fault")));
    }

    private static @Nullable BigDecimal required(Faults faults, String field, @Nullable String value) {
        if (value == null) {
            faults.add(field, "is required");
            return null;
        }
        return faults.orZero(field, value);
    }
}
