package org.retailhub.inventory.canonical;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.kernel.RetailException.Violation;

/** Reads single values and gathers what is wrong with them; a faulty value is null. */
public final class Faults {
    private static final int MOST = 100;
    private static final int MOST_INTEGER_DIGITS = 9;
    private static final int DECIMALS = 3;
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d{1,20})?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final List<Violation> violations = new ArrayList<>();

    public void add(String field, String message) {
        if (violations.size() < MOST) {
            violations.add(new Violation(field, message));
        }
    }

    public boolean none() {
        return violations.isEmpty();
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }

    /** @throws RetailException with all of them, if there are any */
    public void refuse(ErrorCode code) {
        if (!violations.isEmpty()) {
            Violation first = violations.get(0);
            throw new RetailException(
                    code,
                    first.field() + " " + first.message()
                            + (violations.size() > 1 ? " (and " + (violations.size() - 1) + " more)" : ""),
                    violations,
                    null);
        }
    }

    /** A feed, a location: letters, digits, dot, underscore, hyphen. */
    public @Nullable String name(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            add(field, "is required");
            return null;
        }
        if (!NAME.matcher(value).matches()) {
            add(field, "must be 1 to 64 letters, digits, '.', '_' or '-', a letter or digit first");
            return null;
        }
        return value;
    }

    /** Present; no blank at its ends, no control characters. */
    public @Nullable String key(String field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            add(field, "is required");
            return null;
        }
        return optional(field, value, longest);
    }

    /** Empty text counts as absent. */
    public @Nullable String optional(String field, @Nullable String value, int longest) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > longest) {
            add(field, "is longer than " + longest + " characters");
            return null;
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            add(field, "must not contain control characters");
            return null;
        }
        if (!value.equals(value.strip())) {
            add(field, "must not begin or end with a blank");
            return null;
        }
        return value;
    }

    /** With three decimals; not 0. */
    public @Nullable BigDecimal quantity(String field, @Nullable String value) {
        BigDecimal number = count(field, value);
        if (number != null && number.signum() == 0) {
            add(field, "must not be 0");
            return null;
        }
        return number;
    }

    /** With three decimals; what is on hand, so 0 and below 0 too. */
    public @Nullable BigDecimal count(String field, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            add(field, "is required");
            return null;
        }
        if (!NUMBER.matcher(value).matches()) {
            add(field, "must be a plain decimal number such as 2 or 0.250");
            return null;
        }
        BigDecimal number = new BigDecimal(value).stripTrailingZeros();
        if (number.precision() - number.scale() > MOST_INTEGER_DIGITS) {
            add(field, "has more than " + MOST_INTEGER_DIGITS + " digits before the point");
            return null;
        }
        if (number.scale() > DECIMALS) {
            add(field, "has more than " + DECIMALS + " decimals");
            return null;
        }
        return number.setScale(DECIMALS, RoundingMode.UNNECESSARY);
    }

    public @Nullable BigDecimal positive(String field, @Nullable String value) {
        BigDecimal number = quantity(field, value);
        if (number != null && number.signum() < 0) {
            add(field, "must be above 0");
            return null;
        }
        return number;
    }

    /** 0 or more; 0 if absent. */
    public @Nullable BigDecimal orZero(String field, @Nullable String value) {
        BigDecimal zero = BigDecimal.ZERO.setScale(DECIMALS);
        if (value == null || NUMBER.matcher(value).matches() && new BigDecimal(value).signum() == 0) {
            return zero;
        }
        return positive(field, value);
    }

    /** ISO 8601 with offset, to the microsecond. */
    public @Nullable Instant time(String field, @Nullable String value, Instant earliest, Instant latest) {
        if (value == null) {
            add(field, "is required");
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (time.isBefore(earliest) || time.isAfter(latest)) {
                add(field, "must be between " + earliest + " and " + latest.truncatedTo(ChronoUnit.SECONDS));
                return null;
            }
            return time;
        } catch (DateTimeException e) {
            add(field, "must be a time with offset such as 2026-11-23T10:00:00+01:00");
            return null;
        }
    }
}
