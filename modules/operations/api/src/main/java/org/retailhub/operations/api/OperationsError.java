package org.retailhub.operations.api;

import org.retailhub.platform.kernel.ErrorCode;
import org.retailhub.platform.kernel.ErrorKind;

/** The errors of the operations module. Stable: a code is never reused. */
public enum OperationsError implements ErrorCode {
    NO_TRACE("OPS-1001", ErrorKind.NOT_FOUND, "Nothing is known under this name"),
    OPERATORS_ONLY("OPS-1002", ErrorKind.FORBIDDEN, "Only operators' credentials may do this");

    private final String code;
    private final ErrorKind kind;
    private final String title;

    OperationsError(String code, ErrorKind kind, String title) {
        this.code = code;
        this.kind = kind;
        this.title = title;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ErrorKind kind() {
        return kind;
    }

    @Override
    public String title() {
        return title;
    }
}
