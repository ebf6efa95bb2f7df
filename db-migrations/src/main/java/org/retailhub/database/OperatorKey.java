package org.retailhub.database;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The first credential of an installation, with which all others are made: {@code rh_} and 256 random bits. The key stays in
 * the secrets file; the database learns its SHA-256 only.
 */
final class OperatorKey {
    private static final String INSERT = """
            insert into partner.credential (credential_id, key_sha256, tenant, scopes, channels, name, created_at)
            values ('operator', ?, '*', array['customers:read', 'customers:write', 'hub:operate', 'inventory:read', 'inventory:reserve',
              'inventory:write', 'masterdata:read', 'masterdata:write', 'orders:read', 'orders:write', 'personal:read', 'postings:read', 'shipments:write',
              'trace:read'], array['*'],
                'bootstrap operator', now())
            on conflict (credential_id) do update
            set key_sha256 = excluded.key_sha256, scopes = excluded.scopes, tenant = excluded.tenant
            where credential.key_sha256 <> excluded.key_sha256 or credential.scopes <> excluded.scopes
            or credential.tenant <> excluded.tenant""";

    private final Settings settings;

    OperatorKey(Settings settings) {
        this.settings = settings;
    }

    /** Makes the key once and enters it once; says which. Replacing the line in the secrets file and running again rotates it. */
    String install() {
        String key = settings.secrets().get("RETAIL_OPERATOR_KEY", "rh_");
        String role = "partner_owner";
        try (Connection connection = DriverManager.getConnection(
                        settings.url(Settings.HUB), role, settings.secrets().passwordOf(role));
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setBytes(1, MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII)));
            return insert.executeUpdate() == 0 ? "the operator's key is in place" : "the operator's key was entered";
        } catch (SQLException e) {
            throw new DatabaseException("Cannot enter the operator's key", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
