package org.retailhub.platform.runtime.sql;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.retailhub.platform.kernel.ErrorKind;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Tells a database that is away or busy from a statement that is wrong: the first heals by itself, the second is our bug.
 */
public final class SqlFailures {
    private SqlFailures() {}

    public static RetailException translate(SQLException failure) {
        return new RetailException(
                isTransient(failure) ? RuntimeError.DATABASE_DOWN : RuntimeError.BUG, failure.getMessage(), failure);
    }

    /** Whether the cause, wherever in the chain, is a dependency that does not answer. */
    public static boolean isDependencyDown(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RetailException retail && retail.kind() == ErrorKind.DEPENDENCY_DOWN
                    || cause instanceof SQLException sql && isTransient(sql)
                    || cause instanceof jakarta.resource.ResourceException
                    || cause instanceof jakarta.jms.JMSException
                    || cause instanceof jakarta.jms.JMSRuntimeException
                    || cause instanceof java.net.SocketException) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTransient(SQLException failure) {
        if (failure instanceof SQLTransientException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLNonTransientConnectionException) {
            return true;
        }
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            // The pool wraps its own exceptions; without a connection there was no statement to be wrong.
            if (cause instanceof jakarta.resource.ResourceException) {
                return true;
            }
        }
        String state = failure.getSQLState();
        // 08 connection, 25P02 failed earlier in this transaction, 28 login refused (switched off for maintenance), 40
        // serialization
        // or deadlock, 53 out of resources, 55P03 lock not available, 57 shutdown or cancelled, 58 I/O.
        return state != null
                && (state.startsWith("08")
                        || state.equals("25P02")
                        || state.equals("25006")
                        || state.startsWith("28")
                        || state.startsWith("40")
                        || state.startsWith("53")
                        || state.equals("55P03")
                        || state.startsWith("57")
                        || state.startsWith("58"));
    }
}
