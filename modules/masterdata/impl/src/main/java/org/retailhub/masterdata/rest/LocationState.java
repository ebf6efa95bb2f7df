package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.KnownLocations.Stored;
import org.retailhub.masterdata.domain.LocationContent;

/** A place on the wire. */
@Schema(name = "Location", description = "A place as the hub knows it")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LocationState(
        @Schema(examples = "STORE-12") String id,

        @Schema(
                enumeration = {"store", "distribution-centre", "third-party", "drop-ship", "supplier"},
                examples = "store")
        String kind,

        @Schema(examples = "Kassel, Lindenstrasse") String name,

        @Schema(description = "The ERP's search key of the organisation", examples = "HQ") @Nullable
        String legalEntity,

        @Schema(description = "The ERP's search key of the warehouse", examples = "WH-12") @Nullable
        String erpWarehouse,

        @Nullable String line1,
        @Nullable String city,
        @Nullable String postalCode,
        @Nullable String region,
        @Nullable String country,

        @Schema(description = "Degrees north", examples = "51.31271") @Nullable
        String latitude,

        @Schema(description = "Degrees east", examples = "9.47974") @Nullable
        String longitude,

        @Schema(examples = "true") boolean active,

        @Schema(description = "How it sends goods; absent where nobody said") @Nullable
        FulfilmentDocument fulfilment,

        @Schema(description = "Counts changes, from 1; also the ETag", examples = "1")
        long version,

        @Schema(examples = "2026-11-23T09:00:00Z") Instant updatedAt) {
    static LocationState of(Stored stored) {
        LocationContent content = stored.content();
        return new LocationState(
                content.id(),
                content.kind(),
                content.name(),
                content.legalEntity(),
                content.erpWarehouse(),
                content.line1(),
                content.city(),
                content.postalCode(),
                content.region(),
                content.country(),
                text(content.latitude()),
                text(content.longitude()),
                content.active(),
                FulfilmentDocument.of(content.fulfilment()),
                stored.version(),
                stored.updatedAt());
    }

    private static @Nullable String text(@Nullable BigDecimal degrees) {
        return degrees == null ? null : degrees.toPlainString();
    }

    /** @param next give it as {@code after} for the next page; absent on the last */
    @Schema(name = "LocationPage", description = "Some places, by their keys")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page(
            List<LocationState> items,

            @Schema(description = "For the next page; absent on the last", examples = "STORE-12") @Nullable
            String next) {}
}
