package org.retailhub.inventory.canonical;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A small snapshot as a caller writes it, unchecked. */
@Schema(name = "NewSnapshot", description = "What a source has, as of a time")
public record WireSnapshot(
        @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}", examples = "wms-1") @Nullable
        String source,

        @Schema(required = true, maxLength = 128, description = "The source's own id of it", examples = "2026-11-23")
        @Nullable
        String snapshot,

        @Schema(
                required = true,
                enumeration = {"wms", "pos", "3pl", "erp"})
        @Nullable
        String system,

        @Schema(
                required = true,
                description = "As of when it is true; ISO 8601 with offset",
                examples = "2026-11-23T10:00:00+01:00")
        @Nullable
        String takenAt,

        @Schema(required = true, description = "1000 at most: more come as CSV or NDJSON") @Nullable
        List<SnapshotFormat.@Nullable Wire> lines) {
    /** For the API document. */
    public static final String EXAMPLE =
            "{\"source\":\"wms-1\",\"snapshot\":\"2026-11-23\",\"system\":\"wms\",\"takenAt\":\"2026-11-23T10:00:00+01:00\",\"lines\":["
                    + "{\"sku\":\"MUG-WHITE\",\"location\":\"berlin-1\",\"quantity\":40}]}";

    /** The same as lines of their own. */
    public static final String EXAMPLE_LINE = "{\"sku\":\"MUG-WHITE\",\"location\":\"berlin-1\",\"quantity\":40}";

    /** The same as a file. */
    public static final String EXAMPLE_TABLE = "sku,location,quantity\nMUG-WHITE,berlin-1,40\n";
}
