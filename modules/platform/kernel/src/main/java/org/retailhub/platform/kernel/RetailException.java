package org.retailhub.platform.kernel;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one exception that crosses our own boundaries: a technical failure or bad input with a stable code. Refusals by
 * business rules are results, not exceptions, wherever the caller is our own code.
 *
 * <p>Declared as an application exception with rollback in each module's {@code ejb-jar.xml}; otherwise the container would
 * wrap it and discard the bean.
 */
public class RetailException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One fault of an input: where (JSON path such as {@code lines[2].gtin}) and what. */
    public record Violation(String field, String message) implements java.io.Serializable {}

    private final transient ErrorCode code;
    private final transient List<Violation> violations;

    /** @param detail may be another exception's message, so null where that one has none */
    public RetailException(ErrorCode code, @Nullable String detail) {
        this(code, detail, List.of(), null);
    }

    public RetailException(ErrorCode code, @Nullable String detail, @Nullable Throwable cause) {
        this(code, detail, List.of(), cause);
    }

    public RetailException(
            ErrorCode code, @Nullable String detail, List<Violation> violations, @Nullable Throwable cause) {
        super(detail == null ? code.code() : code.code() + " " + detail, cause);
        this.code = Objects.requireNonNull(code);
        this.violations = List.copyOf(violations);
        this.detail = detail == null ? "" : detail;
    }

    private final String detail;

    public ErrorCode code() {
        return code;
    }

    public ErrorKind kind() {
        return code.kind();
    }

    /** What happened in this case, for the reader of the problem; no secrets, no personal data. */
    public String detail() {
        return detail;
    }

    /** The faulty fields, first one first; empty where no field is to blame. */
    public List<Violation> violations() {
        return violations;
    }

    /** The first faulty field, if a field is to blame. */
    public Optional<String> field() {
        return violations.stream().findFirst().map(Violation::field);
    }
}
