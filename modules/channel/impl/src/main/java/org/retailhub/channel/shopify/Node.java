package org.retailhub.channel.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object of a Shopify document that knows its own path, so that each fault names its field. Ids are text: they are larger than what
 * scripts on their way keep exact, and the {@code admin_graphql_api_id} beside them is right where they disagree.
 */
record Node(JsonNode json, String path) {
    private static final Pattern GID = Pattern.compile("gid://shopify/[A-Za-z]+/(\\d{1,30})");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,30}");
    private static final int MOST_ELEMENTS = 5_000;
    private static final int MOST_DIGITS = 30;
    private static final int MOST_QUANTITY = 100_000_000;

    static Node root(JsonNode json) {
        return new Node(json, "");
    }

    String pathOf(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    boolean has(String field) {
        return json.has(field);
    }

    /** Neither left out nor null. */
    boolean says(String field) {
        return json.hasNonNull(field);
    }

    /** A field that each whole document has, on the document's own level. */
    Node requirePresent(String field) {
        if (!json.has(field)) {
            throw Fault.leftOut(pathOf(field));
        }
        return this;
    }

    /** Null if it is left out or null. */
    @Nullable
    Node object(String field) {
        JsonNode child = json.path(field);
        if (child.isMissingNode() || child.isNull()) {
            return null;
        }
        if (!child.isObject()) {
            throw Fault.wrong(pathOf(field), "must be an object");
        }
        return new Node(child, pathOf(field));
    }

    /** Empty if it is left out or null. */
    List<Node> list(String field) {
        JsonNode child = json.path(field);
        if (child.isMissingNode() || child.isNull()) {
            return List.of();
        }
        if (!child.isArray()) {
            throw Fault.wrong(pathOf(field), "must be an array");
        }
        if (child.size() > MOST_ELEMENTS) {
            throw Fault.wrong(pathOf(field), "has more than " + MOST_ELEMENTS + " elements");
        }
        List<Node> elements = new ArrayList<>(child.size());
        for (int i = 0; i < child.size(); i++) {
            String at = pathOf(field) + "[" + i + "]";
            if (!child.get(i).isObject()) {
                throw Fault.wrong(at, "must be an object");
            }
            elements.add(new Node(child.get(i), at));
        }
        return elements;
    }

    /** Null if it is left out, null or blank; without blanks at its ends. */
    @Nullable
    String text(String field, int longest) {
        String text = anyText(field);
        if (text != null && text.length() > longest) {
            throw Fault.wrong(pathOf(field), "is longer than " + longest + " characters");
        }
        return text;
    }

    /** The same, and cut if it is too long: for what is only for people. */
    @Nullable
    String remark(String field, int longest) {
        String text = anyText(field);
        return text == null ? null : cut(text, longest);
    }

    /** At most so long, and no half of a character at the end. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end).strip();
    }

    private @Nullable String anyText(String field) {
        JsonNode child = json.path(field);
        if (child.isMissingNode() || child.isNull()) {
            return null;
        }
        if (!child.isValueNode()) {
            throw Fault.wrong(pathOf(field), "must be a text");
        }
        String text = child.asText().strip();
        return text.isEmpty() ? null : text;
    }

    String requiredText(String field, int longest) {
        String text = text(field, longest);
        if (text == null) {
            throw Fault.missing(pathOf(field));
        }
        return text;
    }

    boolean flag(String field) {
        JsonNode child = json.path(field);
        if (child.isMissingNode() || child.isNull()) {
            return false;
        }
        if (!child.isBoolean()) {
            throw Fault.wrong(pathOf(field), "must be true or false");
        }
        return child.booleanValue();
    }

    boolean requiredFlag(String field) {
        if (!says(field)) {
            throw Fault.missing(pathOf(field));
        }
        return flag(field);
    }

    /** Of this object itself. */
    String ownId() {
        String gid = gid();
        return gid != null ? gid : requiredId("id");
    }

    @Nullable
    String ownIdOrNull() {
        String gid = gid();
        return gid != null ? gid : id("id");
    }

    private @Nullable String gid() {
        JsonNode given = json.path("admin_graphql_api_id");
        Matcher matcher = GID.matcher(given.isTextual() ? given.textValue() : "");
        return matcher.matches() ? matcher.group(1) : null;
    }

    String requiredId(String field) {
        String id = id(field);
        if (id == null) {
            throw Fault.missing(pathOf(field));
        }
        return id;
    }

    /** Null if it is left out or null. */
    @Nullable
    String id(String field) {
        JsonNode child = json.path(field);
        if (child.isMissingNode() || child.isNull()) {
            return null;
        }
        boolean possible = child.isIntegralNumber() || child.isTextual();
        String text = possible ? child.asText() : "";
        Matcher gid = GID.matcher(text);
        String digits = gid.matches() ? gid.group(1) : text;
        if (!DIGITS.matcher(digits).matches()) {
            throw Fault.wrong(pathOf(field), "must be an id");
        }
        return digits;
    }

    int quantity(String field) {
        JsonNode child = json.path(field);
        if (child.isMissingNode() || child.isNull()) {
            throw Fault.missing(pathOf(field));
        }
        if (!child.isIntegralNumber() || !child.canConvertToInt()) {
            throw Fault.wrong(pathOf(field), "must be a whole number");
        }
        if (child.intValue() < 0 || child.intValue() > MOST_QUANTITY) {
            throw Fault.wrong(pathOf(field), "must lie between 0 and " + MOST_QUANTITY);
        }
        return child.intValue();
    }

    @Nullable
    OffsetDateTime time(String field) {
        String text = text(field, 40);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() < 2000 || time.getYear() > 9000) {
                throw Fault.wrong(pathOf(field), "is no year of ours");
            }
            return time;
        } catch (DateTimeParseException e) {
            throw Fault.wrong(pathOf(field), "must be a time of ISO 8601 with an offset");
        }
    }

    OffsetDateTime requiredTime(String field) {
        OffsetDateTime time = time(field);
        if (time == null) {
            throw Fault.missing(pathOf(field));
        }
        return time;
    }

    /** Written as a text or as a number, never through a binary float; null if it is left out or null. */
    @Nullable
    BigDecimal decimal(String field) {
        JsonNode child = json.path(field);
        if (child.isMissingNode() || child.isNull()) {
            return null;
        }
        BigDecimal value;
        try {
            if (child.isNumber()) {
                value = child.decimalValue();
            } else if (child.isTextual() && child.textValue().length() <= 2 * MOST_DIGITS) {
                value = new BigDecimal(child.textValue());
            } else {
                throw Fault.wrong(pathOf(field), "must be a decimal number");
            }
        } catch (NumberFormatException e) {
            throw Fault.wrong(pathOf(field), "must be a decimal number");
        }
        // Before any arithmetic: a few bytes such as 1e999999999 would cost gigabytes to add to.
        if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS) {
            throw Fault.wrong(pathOf(field), "has too many digits");
        }
        return value;
    }
}
