package org.retailhub.masterdata.rest;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.retailhub.platform.kernel.RetailException.Violation;

/** What was read, or why it cannot be: exactly one of the two is there. */
record Reading<T>(@Nullable T content, List<Violation> violations) {
    static <T> Reading<T> of(Fields fields, Supplier<T> content) {
        return fields.violations().isEmpty()
                ? new Reading<>(content.get(), List.of())
                : new Reading<>(null, fields.violations());
    }

    boolean isValid() {
        return violations.isEmpty();
    }

    /** What was read, of a valid one. */
    T valid() {
        return Objects.requireNonNull(content, "ask whether it is valid first");
    }
}
