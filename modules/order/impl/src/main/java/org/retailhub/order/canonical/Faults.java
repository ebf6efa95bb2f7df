package org.retailhub.order.canonical;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException.Violation;

/**
 * Reads single values and gathers what is wrong with them; a faulty value is null. Paths are put together only for faults.
 */
final class Faults {
    private static final int MOST = 100;
    private static final int MOST_INTEGER_DIGITS = 12;

    private final List<Violation> violations = new ArrayList<>();

    List<Violation> violations() {
        return violations;
    }

    boolean none() {
        return violations.isEmpty();
    }

    void add(String parent, String field, String message) {
        if (violations.size() < MOST) {
            violations.add(new Violation(parent + field, message));
        }
    }

    /** Present and a key: no blank at its ends, no control characters. */
    @Nullable
    String key(String parent, String field, @Nullable String value, int longest) {
        String text = required(parent, field, value, longest);
        if (text == null) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                add(parent, field, "must not contain control characters");
                return null;
            }
        }
        if (Character.isWhitespace(text.charAt(0)) || Character.isWhitespace(text.charAt(text.length() - 1))) {
            add(parent, field, "must not begin or end with a blank");
            return null;
        }
        return text;
    }

    @Nullable
    String required(String parent, String field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            add(parent, field, "is required");
            return null;
        }
        return optional(parent, field, value, longest);
    }

    /** Empty text counts as absent. */
    @Nullable
    String optional(String parent, String field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > longest) {
            add(parent, field, "is longer than " + longest + " characters");
            return null;
        }
        return value;
    }

    @Nullable
    BigDecimal required(String parent, String field, @Nullable String value, int decimals, boolean mayBeNegative) {
        if (value == null) {
            add(parent, field, "is required");
            return null;
        }
        return number(parent, field, value, decimals, mayBeNegative);
    }

    @Nullable
    BigDecimal orZero(String parent, String field, @Nullable String value, int decimals, boolean mayBeNegative) {
        return value == null
                ? BigDecimal.ZERO.setScale(decimals)
                : number(parent, field, value, decimals, mayBeNegative);
    }

    private @Nullable BigDecimal number(
            String parent, String field, String value, int decimals, boolean mayBeNegative) {
        if (!isPlainNumber(value)) {
            add(parent, field, "must be a plain decimal number such as 12.30");
            return null;
        }
        BigDecimal number = new BigDecimal(value);
        if (number.signum() == 0) {
            return BigDecimal.ZERO.setScale(decimals);
        }
        if (number.precision() - number.scale() > MOST_INTEGER_DIGITS) {
            add(parent, field, "has more than " + MOST_INTEGER_DIGITS + " digits before the point");
            return null;
        }
        if (number.signum() < 0 && !mayBeNegative) {
            add(parent, field, "must not be negative");
            return null;
        }
        if (number.scale() > decimals) {
            if (number.stripTrailingZeros().scale() > decimals) {
                add(parent, field, decimals == 0 ? "must have no decimals" : "has more than " + decimals + " decimals");
                return null;
            }
        }
        return number.setScale(decimals, java.math.RoundingMode.UNNECESSARY);
    }

    /** No exponent, no sign but minus, at most 40 characters: nothing that could grow when written out. */
    private static boolean isPlainNumber(String value) {
        int length = value.length();
        int start = length > 0 && value.charAt(0) == '-' ? 1 : 0;
        int point = -1;
        if (length == start || length > 40) {
            return false;
        }
        for (int i = start; i < length; i++) {
            char c = value.charAt(i);
            if (c == '.' && point < 0 && i > start && i < length - 1) {
                point = i;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return true;
    }
}
