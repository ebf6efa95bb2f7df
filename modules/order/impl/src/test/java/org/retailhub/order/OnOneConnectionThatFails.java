package org.retailhub.order;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import org.retailhub.platform.testkit.OneConnection;

/** Each commit of it ends in a rollback. */
final class OnOneConnectionThatFails implements UserTransaction {
    private final OneConnection connection;

    OnOneConnectionThatFails(OneConnection connection) {
        this.connection = connection;
    }

    @Override
    public void begin() {
        // The connection is in one already.
    }

    @Override
    public void commit() throws RollbackException {
        connection.rollback();
        throw new RollbackException("for a test");
    }

    @Override
    public void rollback() {
        connection.rollback();
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public int getStatus() {
        return Status.STATUS_ACTIVE;
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        // No timer here.
    }
}
