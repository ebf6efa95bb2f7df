package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.api.Fulfilment;
import org.retailhub.masterdata.domain.LocationContent;

/** A place as it is sent. Read by hand, so that each of a thousand gets all its faults named. */
@Schema(name = "LocationDocument", description = "A place from which goods are sold or sent")
record LocationDocument(
        @Schema(description = "The seller's own key", maxLength = 64, examples = "STORE-12", required = true)
        String id,

        @Schema(
                enumeration = {"store", "distribution-centre", "third-party", "drop-ship", "supplier"},
                examples = "store",
                required = true)
        String kind,

        @Schema(description = "For people", maxLength = 255, examples = "Kassel, Lindenstrasse", required = true)
        String name,

        @Schema(description = "The ERP's search key of the organisation", maxLength = 40, examples = "HQ") @Nullable
        String legalEntity,

        @Schema(description = "The ERP's search key of the warehouse", maxLength = 40, examples = "WH-12") @Nullable
        String erpWarehouse,

        @Schema(maxLength = 255) @Nullable String line1,
        @Schema(maxLength = 100) @Nullable String city,
        @Schema(maxLength = 20) @Nullable String postalCode,
        @Schema(maxLength = 60) @Nullable String region,
        @Schema(pattern = "[A-Z]{2}") @Nullable String country,

        @Schema(description = "Degrees north, together with longitude", pattern = Fields.DECIMAL, examples = "51.31271")
        @Nullable
        String latitude,

        @Schema(description = "Degrees east, together with latitude", pattern = Fields.DECIMAL, examples = "9.47974")
        @Nullable
        String longitude,

        @Schema(description = "Whether it may be chosen for an order; true if absent", examples = "true") @Nullable
        Boolean active,

        @Schema(description = "How it sends goods; absent: open each day, at once, without limit") @Nullable
        FulfilmentDocument fulfilment) {
    private static final List<String> FIELDS = List.of(
            "active",
            "city",
            "country",
            "erpWarehouse",
            "fulfilment",
            "id",
            "kind",
            "latitude",
            "legalEntity",
            "line1",
            "longitude",
            "name",
            "postalCode",
            "region");
    static final int MAX_ID = 64;

    static Reading<LocationContent> read(JsonNode node, @Nullable String expectedId) {
        Fields fields = new Fields(node, FIELDS);
        String id = fields.key("id", MAX_ID, expectedId);
        String kind = fields.word("kind", LocationContent.KINDS);
        if (!node.has("kind")) {
            fields.fault("kind", "required: one of " + String.join(", ", LocationContent.KINDS));
        }
        String name = fields.text("name", 255);
        String legalEntity = fields.optional("legalEntity", 40);
        String erpWarehouse = fields.optional("erpWarehouse", 40);
        String line1 = fields.optional("line1", 255);
        String city = fields.optional("city", 100);
        String postalCode = fields.optional("postalCode", 20);
        String region = fields.optional("region", 60);
        String country = fields.country("country");
        BigDecimal latitude = fields.decimal("latitude", -90, 90);
        BigDecimal longitude = fields.decimal("longitude", -180, 180);
        if (node.has("latitude") != node.has("longitude")) {
            fields.fault(node.has("latitude") ? "longitude" : "latitude", "goes with the other one");
        }
        boolean active = fields.flag("active", true);
        Fulfilment fulfilment = FulfilmentDocument.read(fields);
        return Reading.of(
                fields,
                () -> new LocationContent(
                        id,
                        kind == null ? "" : kind,
                        name,
                        legalEntity,
                        erpWarehouse,
                        line1,
                        city,
                        postalCode,
                        region,
                        country,
                        latitude,
                        longitude,
                        active,
                        fulfilment));
    }
}
