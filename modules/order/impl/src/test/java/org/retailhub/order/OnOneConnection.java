package org.retailhub.order;

import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import org.retailhub.platform.testkit.OneConnection;

/** The transaction of one connection: what is sent meanwhile stays sent, as no broker takes part. */
final class OnOneConnection implements UserTransaction {
    private final OneConnection connection;
    private boolean open;

    OnOneConnection(OneConnection connection) {
        this.connection = connection;
    }

    @Override
    public void begin() {
        open = true;
    }

    @Override
    public void commit() {
        connection.commit();
        open = false;
    }

    @Override
    public void rollback() {
        connection.rollback();
        open = false;
    }

    @Override
    public void setRollbackOnly() {
        throw new UnsupportedOperationException("nobody asks for it");
    }

    @Override
    public int getStatus() {
        return open ? Status.STATUS_ACTIVE : Status.STATUS_NO_TRANSACTION;
    }

    @Override
    public void setTransactionTimeout(int seconds) {
        // No timer here.
    }
}
