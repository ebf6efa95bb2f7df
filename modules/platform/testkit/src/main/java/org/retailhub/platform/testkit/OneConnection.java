package org.retailhub.platform.testkit;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A datasource of one connection: all statements run in one transaction, which the test ends; of a {@link #committing} one, each in its
 * own. It can be broken off and come back, as a database does that is away for a while.
 */
public final class OneConnection implements DataSource, AutoCloseable {
    /** Something of JDBC that the test does not expect to fail. */
    private interface Jdbc<T> {
        T call() throws SQLException;
    }

    private final Jdbc<Connection> source;
    private final boolean autoCommit;
    private Connection physical;
    private int statements;

    /** @param url with the role and its password */
    public OneConnection(String url) {
        this(() -> DriverManager.getConnection(url), false);
    }

    public OneConnection(DataSource source) {
        this(source::getConnection, false);
    }

    private OneConnection(Jdbc<Connection> source, boolean autoCommit) {
        this.source = source;
        this.autoCommit = autoCommit;
        this.physical = opened(source, autoCommit);
    }

    /** Kept open as a pool does it, for one thread at a time, outside of transactions. */
    public static OneConnection committing(String url) {
        return new OneConnection(() -> DriverManager.getConnection(url), true);
    }

    public void breakOff() {
        close();
    }

    public void comeBack() {
        physical = opened(source, autoCommit);
    }

    private static Connection opened(Jdbc<Connection> source, boolean autoCommit) {
        Connection connection = must(source);
        must(() -> {
            connection.setAutoCommit(autoCommit);
            return connection;
        });
        return connection;
    }

    public void commit() {
        must(() -> {
            physical.commit();
            return physical;
        });
    }

    public void rollback() {
        must(() -> {
            if (!physical.isClosed() && !autoCommit) {
                physical.rollback();
            }
            return physical;
        });
    }

    /** How many statements were prepared so far. */
    public int statements() {
        return statements;
    }

    @Override
    public Connection getConnection() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    if (method.getName().equals("prepareStatement")) {
                        statements++;
                    }
                    try {
                        return method.invoke(physical, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() {
        rollback();
        must(() -> {
            physical.close();
            return physical;
        });
    }

    private static <T> T must(Jdbc<T> call) {
        try {
            return call.call();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Connection getConnection(String username, String password) {
        return getConnection();
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {
        throw new UnsupportedOperationException("nothing is logged here");
    }

    @Override
    public void setLoginTimeout(int seconds) {
        throw new UnsupportedOperationException("the URL says it");
    }

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("not a wrapper");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
