package org.retailhub.partner;

import java.sql.Array;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.sql.Database;

/** The question behind the gate, in SQL: one row by the unique index on the hash. */
public final class CallerLookup {
    private final Database database;

    public CallerLookup(Database database) {
        this.database = database;
    }

    /** @return the live credential's caller, with an empty trace context */
    public Optional<CallContext> byKeyHash(byte[] sha256) {
        return database.queryOne(
                "select coalesce(partner_id, name), tenant, scopes, channels from credential"
                        + " where key_sha256 = ? and revoked_at is null",
                row -> new CallContext(
                        row.getString(1), row.getString(2), texts(row.getArray(3)), texts(row.getArray(4)), ""),
                sha256);
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.copyOf(List.of((String[]) array.getArray()));
    }
}
