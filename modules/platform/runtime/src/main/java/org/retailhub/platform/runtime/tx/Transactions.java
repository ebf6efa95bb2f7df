package org.retailhub.platform.runtime.tx;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.retailhub.platform.kernel.RetailException;
import org.retailhub.platform.runtime.RuntimeError;

/**
 * Opens a JTA transaction at a door that the container does not open for us: batcher, drain, periodic work.
 *
 * <p>Touch the module's datasource first inside: resources prepare and commit in the order of their enlistment, and the database has
 * to be before the broker.
 */
public final class Transactions {
    private static final Logger LOG = Logger.getLogger(Transactions.class);

    private final UserTransaction transaction;
    private final int timeoutSeconds;

    public Transactions(UserTransaction transaction, int timeoutSeconds) {
        this.transaction = transaction;
        this.timeoutSeconds = timeoutSeconds;
    }

    /**
     * Runs the work and commits. Work that throws is rolled back and its exception rethrown.
     *
     * @throws RetailException {@link RuntimeError#ROLLED_BACK} if the commit ended in a rollback,
     *     {@link RuntimeError#OUTCOME_UNKNOWN} if it cannot be told
     */
    public <T> T call(Supplier<T> work) {
        return call(work, result -> true);
    }

    /**
     * Like {@link #call(Supplier)}, but rolls back where the result says that nothing was done: an idle loop shall not pay for two
     * prepares and three syncs each time it looks.
     */
    public <T> T call(Supplier<T> work, Predicate<T> worthCommitting) {
        begin();
        T result;
        try {
            result = work.get();
        } catch (RuntimeException | Error e) {
            rollback();
            throw e;
        }
        if (worthCommitting.test(result)) {
            commit();
        } else {
            rollback();
        }
        return result;
    }

    private void begin() {
        try {
            transaction.setTransactionTimeout(timeoutSeconds);
            transaction.begin();
        } catch (NotSupportedException | SystemException e) {
            throw new RetailException(RuntimeError.ROLLED_BACK, "no transaction could be started", e);
        }
    }

    private void commit() {
        try {
            transaction.commit();
        } catch (RollbackException | HeuristicRollbackException e) {
            throw new RetailException(RuntimeError.ROLLED_BACK, "commit ended in a rollback", e);
        } catch (HeuristicMixedException | SystemException | RuntimeException e) {
            throw new RetailException(RuntimeError.OUTCOME_UNKNOWN, "commit gave no clear answer", e);
        }
    }

    private void rollback() {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | IllegalStateException e) {
            // The work's own exception is on its way to the caller; the transaction ends by its timeout at the latest.
            LOG.warnf(e, "RUN-3003 rollback failed");
        }
    }
}
