package org.retailhub.platform.kernel;

/**
 * A stable, documented error of one module, such as {@code ORD-1007}. Implemented by one enum per module; a code is never
 * reused. The code is also what operators search the log for.
 */
public interface ErrorCode {
    /** For example {@code ORD-1007}. */
    String code();

    ErrorKind kind();

    /** One line for people, without data of the case at hand. */
    String title();
}
