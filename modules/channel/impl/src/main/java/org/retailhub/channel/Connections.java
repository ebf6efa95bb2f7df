package org.retailhub.channel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.retailhub.channel.domain.Connection;
import org.retailhub.platform.runtime.sql.Database;

/** Connections and their secrets. Joins the caller's transaction if there is one. */
public final class Connections {
    /** What a secret is for. */
    public enum Purpose {
        /** Checks what the channel sends. */
        SIGNATURE("signature"),
        /** Asks the channel. */
        API("api");

        private final String stored;

        Purpose(String stored) {
            this.stored = stored;
        }

        public String stored() {
            return stored;
        }

        static Purpose of(String stored) {
            return stored.equals("api") ? API : SIGNATURE;
        }
    }

    /** A secret without what it is. */
    public record SecretEntry(
            String secretId,
            Purpose purpose,
            Instant createdAt,
            @Nullable Instant retiredAt) {}

    /** A live secret as it lies in the database. */
    record Sealed(String secretId, Purpose purpose, byte[] sealed) {}

    static final String COLUMNS = "code, tenant, kind, channel, account, api_url, active";

    private final Database database;

    Connections(Database database) {
        this.database = database;
    }

    public Optional<Connection> byCode(String code) {
        return database.queryOne(
                "select " + COLUMNS + " from connection where code = ?", Connections::connection, code);
    }

    public Map<String, Connection> byCodes(Collection<String> codes) {
        Map<String, Connection> found = new HashMap<>();
        database.query(
                "select " + COLUMNS + " from connection where code = any(?)",
                row -> found.put(row.getString(1), connection(row)),
                (Object) codes.toArray(String[]::new));
        return found;
    }

    /** In the order of their codes. */
    public List<Connection> page(String after, int limit) {
        return database.query(
                "select " + COLUMNS + " from connection where code > ? order by code limit ?",
                Connections::connection,
                after,
                limit);
    }

    /** @return whether it is new; false if its code or its channel is taken */
    boolean add(Connection connection, Instant now) {
        return database.update(
                        "insert into connection (" + COLUMNS + """
                                , version, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, 1, ?, ?)
                                on conflict do nothing""",
                        connection.code(),
                        connection.tenant(),
                        connection.kind(),
                        connection.channel(),
                        connection.account(),
                        connection.apiUrl(),
                        connection.active(),
                        now,
                        now)
                == 1;
    }

    /** @return whether there is one */
    boolean lock(String code) {
        return database.queryOne("select 1 from connection where code = ? for update", row -> 1, code)
                .isPresent();
    }

    void setActive(String code, boolean active, Instant now) {
        database.update(
                "update connection set active = ?, version = version + 1, updated_at = ? where code = ?",
                active,
                now,
                code);
    }

    void addSecret(String code, String secretId, Purpose purpose, byte[] sealed, Instant now) {
        database.update(
                "insert into connection_secret (secret_id, connection, purpose, sealed, created_at) values (?, ?, ?, ?, ?)",
                secretId,
                code,
                purpose.stored(),
                sealed,
                now);
    }

    /** @return whether there is such a secret, live or not */
    boolean retireSecret(String code, String secretId, Instant now) {
        return database.update("""
                        update connection_secret set retired_at = coalesce(retired_at, ?), sealed = ''
                        where connection = ? and secret_id = ?""", now, code, secretId) == 1;
    }

    /** Oldest first. */
    public List<SecretEntry> secrets(String code) {
        return database.query(
                """
                select secret_id, purpose, created_at, retired_at from connection_secret where connection = ?
                order by created_at, secret_id""",
                row -> new SecretEntry(
                        row.getString(1),
                        Purpose.of(row.getString(2)),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        instant(row, 4)),
                code);
    }

    List<Sealed> liveSecrets(String code) {
        return database.query(
                """
                select secret_id, purpose, sealed from connection_secret where connection = ? and retired_at is null
                order by created_at, secret_id""", row -> new Sealed(row.getString(1), Purpose.of(row.getString(2)), row.getBytes(3)), code);
    }

    static Connection connection(ResultSet row) throws SQLException {
        return new Connection(
                row.getString("code"),
                row.getString("tenant"),
                row.getString("kind"),
                row.getString("channel"),
                row.getString("account"),
                row.getString("api_url"),
                row.getBoolean("active"));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
