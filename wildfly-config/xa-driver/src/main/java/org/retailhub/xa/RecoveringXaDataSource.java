package org.retailhub.xa;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.postgresql.core.BaseConnection;
import org.postgresql.xa.PGXAConnection;
import org.postgresql.xa.PGXADataSource;

/**
 * The driver's XA datasource, but for one answer. When the server cuts a connection off between prepare and commit (SQL state
 * 57P01 and its like), the driver reports an error of the resource manager (XAER_RMERR): a transaction manager takes that for a
 * rollback, notes a heuristic outcome and never touches the branch again, which stays prepared with its locks (pgjdbc#4438). It is
 * a lost connection (XAER_RMFAIL): recovery finishes the branch over another one.
 */
public class RecoveringXaDataSource extends PGXADataSource {
    private static final long serialVersionUID = 1L;

    @Override
    public XAConnection getXAConnection(String user, String password) throws SQLException {
        Connection connection = getConnection(user, password);
        return new Branches((BaseConnection) connection);
    }

    @Override
    public XAConnection getXAConnection() throws SQLException {
        return getXAConnection(getUser(), getPassword());
    }

    private static final class Branches extends PGXAConnection {
        Branches(BaseConnection connection) throws SQLException {
            super(connection);
        }

        @Override
        public void commit(Xid xid, boolean onePhase) throws XAException {
            try {
                super.commit(xid, onePhase);
            } catch (XAException e) {
                // In one phase there is no prepared branch to come back to.
                throw onePhase ? e : lostConnection(e);
            }
        }

        @Override
        public void rollback(Xid xid) throws XAException {
            try {
                super.rollback(xid);
            } catch (XAException e) {
                throw lostConnection(e);
            }
        }

        private static XAException lostConnection(XAException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException sql && isCutOff(sql.getSQLState())) {
                    XAException lost = new XAException(XAException.XAER_RMFAIL);
                    lost.initCause(e);
                    return lost;
                }
            }
            return e;
        }

        /** 08: connection exception. 57P: ended by an administrator, a crash, a shutdown or a time limit. */
        private static boolean isCutOff(String state) {
            return state != null && (state.startsWith("08") || state.startsWith("57P"));
        }
    }
}
