package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.retailhub.masterdata.domain.ProductContent;
import org.retailhub.platform.kernel.Gtin;
import org.retailhub.platform.kernel.RetailException.Violation;
import org.retailhub.platform.kernel.Sku;

/** A product as it is sent. Read by hand, so that each of a thousand gets all its faults named. */
@Schema(name = "ProductDocument", description = "What a product is")
record ProductDocument(
        @Schema(
                description = "The seller's own key; may be left out where the address has it",
                maxLength = 64,
                examples = "MUG-BLUE")
        @Nullable
        String sku,

        @Schema(
                description = "GTIN-8, -12, -13 or -14 with a right check digit",
                maxItems = ProductContent.MAX_GTINS,
                examples = "[\"4006381333931\"]")
        @Nullable
        List<String> gtins,

        @Schema(description = "The ERP's search key of the item", maxLength = 40, examples = "1001", required = true)
        String erpItem,

        @Schema(description = "For people", maxLength = 255, examples = "Mug, blue", required = true)
        String name,

        @Schema(description = "Whether it may be sold; true if absent", examples = "true") @Nullable
        Boolean active) {
    private static final List<String> FIELDS = List.of("active", "erpItem", "gtins", "name", "sku");

    /** What was read, or why it cannot be: exactly one of the two is there. */
    record Reading(@Nullable ProductContent content, List<Violation> violations) {
        boolean isValid() {
            return violations.isEmpty();
        }

        /** What was read, of a valid one. */
        ProductContent product() {
            return Objects.requireNonNull(content, "ask whether it is valid first");
        }
    }

    /** @param expectedSku the SKU if it is given elsewhere, and may be absent here; else null */
    static Reading read(JsonNode node, @Nullable String expectedSku) {
        List<Violation> violations = new ArrayList<>();
        if (!node.isObject()) {
            violations.add(new Violation("", "must be an object"));
            return new Reading(null, violations);
        }
        node.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                violations.add(new Violation(shown(field), "unknown field; known are " + String.join(", ", FIELDS)));
            }
        });
        String sku = sku(node, expectedSku, violations);
        List<Gtin> gtins = gtins(node.path("gtins"), violations);
        String erpItem = text(node, "erpItem", ProductContent.MAX_ERP_ITEM, violations);
        String name = text(node, "name", ProductContent.MAX_NAME, violations);
        JsonNode active = node.path("active");
        if (!active.isMissingNode() && !active.isBoolean()) {
            violations.add(new Violation("active", "must be true or false"));
        }
        return violations.isEmpty()
                ? new Reading(new ProductContent(new Sku(sku), gtins, erpItem, name, active.asBoolean(true)), List.of())
                : new Reading(null, violations);
    }

    private static String sku(JsonNode node, @Nullable String expected, List<Violation> violations) {
        JsonNode value = node.path("sku");
        if (value.isMissingNode() && expected != null) {
            return expected;
        }
        if (!value.isTextual() || !Sku.isValid(value.textValue())) {
            violations.add(
                    new Violation("sku", "1 to " + Sku.MAX_LENGTH + " printable characters, no blank at either end"));
        } else if (expected != null && !expected.equals(value.textValue())) {
            violations.add(new Violation("sku", "differs from the address"));
        }
        return value.textValue();
    }

    private static List<Gtin> gtins(JsonNode array, List<Violation> violations) {
        if (array.isMissingNode()) {
            return List.of();
        }
        if (!array.isArray() || array.size() > ProductContent.MAX_GTINS) {
            violations.add(new Violation("gtins", "an array of at most " + ProductContent.MAX_GTINS));
            return List.of();
        }
        List<Gtin> gtins = new ArrayList<>();
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < array.size(); i++) {
            JsonNode value = array.get(i);
            if (!value.isTextual() || !Gtin.isValid(value.textValue())) {
                violations.add(
                        new Violation("gtins[" + i + "]", "a text of 8, 12, 13 or 14 digits with a right check digit"));
                continue;
            }
            Gtin gtin = new Gtin(value.textValue());
            if (seen.add(gtin.normalized())) {
                gtins.add(gtin);
            } else {
                violations.add(new Violation("gtins[" + i + "]", "the same number twice"));
            }
        }
        return gtins;
    }

    /** The text; empty, with a violation, where there is none that may be. */
    private static String text(JsonNode node, String field, int max, List<Violation> violations) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || !isText(value.textValue(), max)) {
            violations.add(
                    new Violation(field, "required: 1 to " + max + " printable characters, no blank at either end"));
            return "";
        }
        return value.textValue();
    }

    /** Whether it is there, short enough for where it goes, and without control characters. */
    static boolean isText(String text, int max) {
        return !text.isEmpty()
                && text.length() <= max
                && text.equals(text.strip())
                && text.chars().noneMatch(Character::isISOControl);
    }

    /** A stranger's field name, cut to what a problem may carry. */
    private static String shown(String field) {
        return field.length() > Sku.MAX_LENGTH ? field.substring(0, Sku.MAX_LENGTH) + "…" : field;
    }
}
