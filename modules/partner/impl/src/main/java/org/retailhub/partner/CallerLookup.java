package org.retailhub.partner;

import java.sql.Array;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.retailhub.platform.kernel.CallContext;
import org.retailhub.platform.runtime.sql.Database;

/** The question behind the gate, in SQL: one row by the unique index on the hash. */
public final class CallerLookup {
    private final Database database;
    private final Clock clock;

    public CallerLookup(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A live credential and the caller it stands for, with an empty trace context. */
    public record Found(String credential, CallContext caller) {}

    /** @return the credential unless it is unknown, revoked or past its end */
    public Optional<Found> byKeyHash(byte[] sha256) {
        return database.queryOne(
                "select credential_id, coalesce(partner_id, name), tenant, scopes, channels from credential"
                        + " where key_sha256 = ? and revoked_at is null and (ends_at is null or ends_at > ?)",
                row -> new Found(
                        row.getString(1),
                        new CallContext(
                                row.getString(2),
                                row.getString(3),
                                texts(row.getArray(4)),
                                texts(row.getArray(5)),
                                "")),
                sha256,
                clock.instant());
    }

    /** The tenant of a registered partner. */
    public Optional<String> tenantOf(String partner) {
        return database.queryOne("select tenant from partner where partner_id = ?", row -> row.getString(1), partner);
    }

    private static Set<String> texts(Array array) throws SQLException {
        return Set.copyOf(List.of((String[]) array.getArray()));
    }
}
