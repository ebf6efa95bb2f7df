package org.retailhub.masterdata.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException.Violation;

/**
 * Reads an object field by field, so that each of a thousand gets all its faults named. A violation says what a field must be, never what
 * was in it: it may be personal.
 */
final class Fields {
    private static final int LONGEST_NAME = 64;
    static final String DATE = "[12][0-9]{3}-[0-9]{2}-[0-9]{2}";
    static final String DECIMAL = "-?[0-9]{1,9}(\\.[0-9]{1,9})?";

    private final JsonNode node;
    private final String path;
    private final List<Violation> violations;
    private final boolean usable;

    /** @param known names of all fields there may be */
    Fields(JsonNode node, List<String> known) {
        this(node, "", known, new ArrayList<>());
    }

    private Fields(JsonNode node, String path, List<String> known, List<Violation> violations) {
        this.node = node;
        this.path = path;
        this.violations = violations;
        this.usable = node.isObject() || node.isMissingNode();
        if (!usable) {
            violations.add(new Violation(path, "must be an object"));
            return;
        }
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                fault(shown(field), "unknown field; known are " + String.join(", ", known));
            }
        });
    }

    /** Those of an object inside; without it, none of them is there. */
    Fields in(String field, List<String> known) {
        return new Fields(node.isObject() ? node.path(field) : MissingNode.getInstance(), field, known, violations);
    }

    List<Violation> violations() {
        return violations;
    }

    /** @param expected what it is if it is given elsewhere, and may be absent here; else null */
    String key(String field, int max, @Nullable String expected) {
        if (has(field) || expected == null) {
            String value = text(field, max);
            if (expected != null && !value.isEmpty() && !expected.equals(value)) {
                fault(field, "differs from the address");
            }
            return value;
        }
        return expected;
    }

    /** Empty, with a violation, where there is none that may be. */
    String text(String field, int max) {
        JsonNode value = node.path(field);
        if (!value.isTextual() || !ProductDocument.isText(value.textValue(), max)) {
            fault(field, "required: 1 to " + max + " printable characters, no blank at either end");
            return "";
        }
        return value.textValue();
    }

    @Nullable
    String optional(String field, int max) {
        return optional(
                field,
                text -> ProductDocument.isText(text, max),
                "1 to " + max + " printable characters, no blank at either end");
    }

    @Nullable
    String optional(String field, Predicate<String> allowed, String rule) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = node.path(field);
        if (!value.isTextual() || !allowed.test(value.textValue())) {
            fault(field, rule);
            return null;
        }
        return value.textValue();
    }

    @Nullable
    String word(String field, Collection<String> words) {
        return optional(field, words::contains, "one of " + String.join(", ", words));
    }

    @Nullable
    String country(String field) {
        return optional(field, text -> text.matches("[A-Z]{2}"), "two capital letters, ISO 3166-1 alpha-2");
    }

    @Nullable
    Integer whole(String field, int least, int most) {
        JsonNode value = node.path(field);
        if (!has(field)) {
            return null;
        }
        if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
            fault(field, "a whole number from " + least + " to " + most);
            return null;
        }
        return value.intValue();
    }

    /** Those that are allowed; empty if absent. */
    Set<String> texts(String field, int most, Predicate<String> allowed, String rule) {
        JsonNode values = node.path(field);
        if (!has(field)) {
            return Set.of();
        }
        if (!values.isArray() || values.size() > most) {
            fault(field, "an array of at most " + most);
            return Set.of();
        }
        Set<String> texts = new TreeSet<>();
        for (int i = 0; i < values.size(); i++) {
            JsonNode value = values.get(i);
            if (value.isTextual() && allowed.test(value.textValue())) {
                texts.add(value.textValue());
            } else {
                fault(field + "[" + i + "]", rule);
            }
        }
        return texts;
    }

    boolean flag(String field, boolean ifAbsent) {
        JsonNode value = node.path(field);
        if (has(field) && !value.isBoolean()) {
            fault(field, "must be true or false");
        }
        return value.asBoolean(ifAbsent);
    }

    /** As text: a JSON number would be read through binary by many. */
    @Nullable
    BigDecimal decimal(String field, int least, int most) {
        String text = optional(
                field,
                each -> each.matches(DECIMAL)
                        && new BigDecimal(each).compareTo(BigDecimal.valueOf(least)) >= 0
                        && new BigDecimal(each).compareTo(BigDecimal.valueOf(most)) <= 0,
                "a decimal from " + least + " to " + most + ", as text");
        return text == null ? null : new BigDecimal(text);
    }

    @Nullable
    LocalDate date(String field) {
        String text = optional(field, each -> each.matches(DATE), "a date such as 2026-11-25");
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            fault(field, "no day of the calendar");
            return null;
        }
    }

    /** What is no object at all has one fault. */
    void fault(String field, String message) {
        if (!usable) {
            return;
        }
        violations.add(new Violation(path.isEmpty() ? field : path + "." + field, message));
    }

    private boolean has(String field) {
        return !node.path(field).isMissingNode();
    }

    /** A stranger's field name, cut to what a problem may carry. */
    private static String shown(String field) {
        return field.length() > LONGEST_NAME ? field.substring(0, LONGEST_NAME) + "…" : field;
    }
}
