package org.retailhub.platform.kernel;

/**
 * What went wrong, seen from the one who must act next. Each kind has one answer over HTTP and one fate on a message; nothing
 * else in the hub decides either.
 */
public enum ErrorKind {
    /** Not parseable, unknown type or version: the sender must send something else. */
    INVALID(400),
    /** No credential, or one that is unknown, expired or revoked. */
    UNAUTHENTICATED(401),
    /** A known caller who may not do this. */
    FORBIDDEN(403),
    /** Not there, or not there yet. */
    NOT_FOUND(404),
    /** What is there cannot be done so. */
    METHOD_NOT_ALLOWED(405),
    /** What is there cannot be had in the form asked for. */
    NOT_ACCEPTABLE(406),
    /** What is sent does not come fast enough to wait for it. */
    TOO_SLOW(408),
    /** A newer version or another content exists under the same key. */
    CONFLICT(409),
    /** A precondition such as {@code If-Match} does not hold. */
    PRECONDITION_FAILED(412),
    /** Larger than the door lets in. */
    TOO_LARGE(413),
    /** The body is in a form that is not read here. */
    UNSUPPORTED_TYPE(415),
    /** A precondition is required and was not sent. */
    PRECONDITION_REQUIRED(428),
    /** Understood, and a business rule says no. */
    REFUSED(422),
    /** Too many calls: the same one passes after the time that {@code Retry-After} says. */
    QUOTA_EXCEEDED(429),
    /** Something we need does not answer; the same call may succeed later. */
    DEPENDENCY_DOWN(503),
    /** The call may have succeeded: ask by the natural key before any retry. */
    UNKNOWN_OUTCOME(503),
    /** Our fault. */
    BUG(500);

    private final int httpStatus;

    ErrorKind(int httpStatus) {
        this.httpStatus = httpStatus;
    }

    /** The HTTP status of a problem of this kind. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Whether the same request may be sent again unchanged. */
    public boolean retryable() {
        return this == DEPENDENCY_DOWN || this == UNKNOWN_OUTCOME;
    }
}
