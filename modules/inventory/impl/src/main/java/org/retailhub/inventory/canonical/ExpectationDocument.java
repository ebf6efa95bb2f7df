package org.retailhub.inventory.canonical;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A line of what is to come, checked.
 *
 * @param line empty if the document has one
 * @param version counts what the source says of the line, from 1; the highest one holds
 * @param quantity 0 if nothing of it comes any more
 * @param orderDocument of an advice: the purchase order that it is part of
 * @param orderLine null if the advice names no order
 */
public record ExpectationDocument(
        String source,
        Kind kind,
        String document,
        String line,
        long version,
        String sku,
        String location,
        BigDecimal quantity,
        Instant expectedAt,
        @Nullable String orderDocument,
        @Nullable String orderLine) {
    /** What says so. */
    public enum Kind {
        /** It is ordered. */
        PURCHASE_ORDER,
        /** It is on its way. */
        ADVICE;

        public String wire() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws java.util.NoSuchElementException if there is none */
        public static Kind of(String wire) {
            return Arrays.stream(values())
                    .filter(kind -> kind.wire().equals(wire))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** The fields in which another content of the same version differs. */
    public List<String> differences(ExpectationDocument other) {
        List<String> fields = new ArrayList<>();
        check(fields, "kind", kind == other.kind);
        check(fields, "sku", sku.equals(other.sku));
        check(fields, "location", location.equals(other.location));
        check(fields, "quantity", quantity.compareTo(other.quantity) == 0);
        check(fields, "expectedAt", expectedAt.equals(other.expectedAt));
        check(fields, "orderDocument", Objects.equals(orderDocument, other.orderDocument));
        check(fields, "orderLine", Objects.equals(orderLine, other.orderLine));
        return fields;
    }

    private static void check(List<String> fields, String field, boolean same) {
        if (!same) {
            fields.add(field);
        }
    }
}
