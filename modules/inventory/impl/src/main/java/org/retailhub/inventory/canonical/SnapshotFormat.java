package org.retailhub.inventory.canonical;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.rest.StrictJson;

/** How the lines of a snapshot are written. Total: whatever the bytes are, a line is a count or says what is wrong with it. */
public interface SnapshotFormat {
    /** A line longer than this is a fault. */
    int MOST_LINE_BYTES = 4 << 10;

    /** @param number in the file, from 1. @return null for a line that says nothing: a blank one, or the head */
    @Nullable
    SnapshotLine read(long number, byte[] line);

    /** @param columns the first line of a CSV file; empty for JSON */
    static SnapshotFormat of(String columns) {
        return columns.isEmpty() ? SnapshotFormat::json : SnapshotTable.of(columns);
    }

    /** A count as a caller writes it, unchecked. */
    @Schema(name = "SnapshotCount", description = "What there is of a SKU at a location")
    record Wire(
            @Schema(required = true, maxLength = 64, examples = "MUG-WHITE") @Nullable
            String sku,

            @Schema(required = true, pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}", examples = "berlin-1") @Nullable
            String location,

            @Schema(
                    required = true,
                    ref = WireMovement.DECIMAL,
                    description = "What is on hand, what is held for somebody counted")
            @JsonDeserialize(using = NumberText.class)
            @Nullable
            String quantity,

            @Schema(maxLength = 16, description = "The one that the stock is counted in if left out", examples = "EA")
            @Nullable
            String unit,

            @Schema(maxLength = 40, description = "The SKU's class, by which tolerances may differ", examples = "A")
            @Nullable
            String skuClass) {}

    private static @Nullable SnapshotLine json(long number, byte[] line) {
        if (isBlank(line)) {
            return null;
        }
        if (line.length > MOST_LINE_BYTES) {
            return tooLong(number);
        }
        try {
            return check(number, StrictJson.read(line, Wire.class));
        } catch (RetailException e) {
            return SnapshotLine.faulty(
                    number,
                    e.violations().isEmpty()
                            ? List.of(new RetailException.Violation(
                                    "line", e.detail().replace("line 1, column", "column")))
                            : e.violations());
        }
    }

    static SnapshotLine check(long number, Wire wire) {
        Faults faults = new Faults();
        String sku = MovementCheck.sku(faults, "sku", wire.sku());
        String location = faults.name("location", wire.location());
        var counted = faults.count("quantity", wire.quantity());
        String unit = faults.optional("unit", wire.unit(), 16);
        String skuClass = faults.optional("skuClass", wire.skuClass(), 40);
        if (!faults.none()) {
            return SnapshotLine.faulty(number, faults.all());
        }
        return SnapshotLine.of(
                number,
                new SnapshotLine.Count(
                        MovementCheck.there(sku),
                        MovementCheck.there(location),
                        MovementCheck.there(counted),
                        unit,
                        Objects.requireNonNullElse(skuClass, "")));
    }

    static SnapshotLine tooLong(long number) {
        return SnapshotLine.faulty(number, "line", "is longer than " + MOST_LINE_BYTES + " bytes");
    }

    static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }
}
