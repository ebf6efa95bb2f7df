package org.retailhub.platform.runtime.rest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/** A time as callers write it: ISO 8601 with zone, of an age that a database can hold. */
public final class WireTime {
    private static final int FIRST_YEAR = 1900;
    private static final int LAST_YEAR = 9999;

    private WireTime() {}

    /** @throws RetailException {@link RuntimeError#INVALID_PARAMETER} naming the field */
    public static Instant instant(String field, @Nullable String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text == null ? "" : text);
            if (time.getYear() >= FIRST_YEAR && time.getYear() <= LAST_YEAR) {
                return time.toInstant();
            }
            throw invalid(field, null);
        } catch (DateTimeException e) {
            throw invalid(field, e);
        }
    }

    private static RetailException invalid(String field, @Nullable Exception cause) {
        String message = "a time such as 2026-11-23T10:00:00Z";
        return new RetailException(
                RuntimeError.INVALID_PARAMETER,
                field + ": " + message,
                List.of(new RetailException.Violation(field, message)),
                cause);
    }
}
