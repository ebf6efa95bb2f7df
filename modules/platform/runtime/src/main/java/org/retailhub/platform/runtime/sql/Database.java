package org.retailhub.platform.runtime.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * SQL on one datasource, for hot and batch paths. Joins the caller's transaction if there is one. Arguments may be strings,
 * numbers, booleans, instants, bytes, and arrays of strings, longs, instants, decimals or bytes, which bind as PostgreSQL arrays
 * ({@code unnest(?)} makes rows of them: one round trip for a batch).
 *
 * <p>Each failure becomes a {@link org.retailhub.platform.kernel.RetailException} whose kind says whether a retry makes sense.
 */
public final class Database {
    /** Reads one row. */
    @FunctionalInterface
    public interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    private final DataSource dataSource;

    public Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public <T> List<T> query(String sql, Row<T> row, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(row.read(rows));
                }
                return result;
            }
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    public <T> Optional<T> queryOne(String sql, Row<T> row, @Nullable Object... arguments) {
        return query(sql, row, arguments).stream().findFirst();
    }

    /** @return number of rows changed */
    public int update(String sql, @Nullable Object... arguments) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, arguments);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw SqlFailures.translate(e);
        }
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object... arguments)
            throws SQLException {
        for (int i = 0; i < arguments.length; i++) {
            @Nullable Object argument = arguments[i];
            int position = i + 1;
            if (argument == null) {
                statement.setNull(position, Types.NULL);
            } else if (argument instanceof Instant instant) {
                statement.setObject(position, instant.atOffset(ZoneOffset.UTC));
            } else if (argument instanceof byte[] bytes) {
                statement.setBytes(position, bytes);
            } else if (argument instanceof Object[] array) {
                statement.setArray(position, connection.createArrayOf(elementType(array), wire(array)));
            } else {
                statement.setObject(position, argument);
            }
        }
    }

    private static @Nullable Object[] wire(@Nullable Object[] array) {
        if (!(array instanceof Instant[] instants)) {
            return array;
        }
        @Nullable Object[] texts = new Object[instants.length];
        for (int i = 0; i < instants.length; i++) {
            texts[i] = instants[i] == null ? null : instants[i].toString();
        }
        return texts;
    }

    private static String elementType(@Nullable Object[] array) {
        Class<?> type = array.getClass().getComponentType();
        if (type == Long.class) {
            return "int8";
        }
        if (type == Integer.class) {
            return "int4";
        }
        if (type == Boolean.class) {
            return "bool";
        }
        if (type == java.math.BigDecimal.class) {
            return "numeric";
        }
        if (type == Instant.class) {
            return "timestamptz";
        }
        if (type == byte[].class) {
            return "bytea";
        }
        return "text";
    }
}
