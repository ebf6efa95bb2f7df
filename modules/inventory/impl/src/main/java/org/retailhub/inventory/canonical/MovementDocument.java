package org.retailhub.inventory.canonical;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.retailhub.inventory.api.MovementKind;
import org.retailhub.inventory.api.RecordMovement;

/**
 * A checked movement.
 *
 * @param quantity with three decimals, its sign fits the kind
 * @param occurredAt to the microsecond
 */
public record MovementDocument(
        String feed,
        @Nullable Long sequence,
        @Nullable String document,
        @Nullable String line,
        MovementKind kind,
        String sku,
        String location,
        BigDecimal quantity,
        String unit,
        Instant occurredAt,
        @Nullable String reference,
        @Nullable String reason,
        @Nullable String channel,
        boolean erpKnows) {

    /** What it is known by in its feed. */
    public String sourceKey() {
        return RecordMovement.sourceKey(sequence, document, line);
    }

    /** The fields in which another one under the same key differs; empty if they say the same. */
    public List<String> differences(MovementDocument other) {
        List<String> fields = new ArrayList<>();
        compare(fields, "sequence", sequence, other.sequence);
        compare(fields, "document", document, other.document);
        compare(fields, "line", line, other.line);
        compare(fields, "kind", kind, other.kind);
        compare(fields, "sku", sku, other.sku);
        compare(fields, "location", location, other.location);
        if (quantity.compareTo(other.quantity) != 0) {
            fields.add("quantity");
        }
        compare(fields, "unit", unit, other.unit);
        compare(fields, "occurredAt", occurredAt, other.occurredAt);
        compare(fields, "reference", reference, other.reference);
        compare(fields, "reason", reason, other.reason);
        compare(fields, "channel", channel, other.channel);
        compare(fields, "erpKnows", erpKnows, other.erpKnows);
        return fields;
    }

    private static void compare(List<String> fields, String name, @Nullable Object one, @Nullable Object other) {
        if (!Objects.equals(one, other)) {
            fields.add(name);
        }
    }
}
